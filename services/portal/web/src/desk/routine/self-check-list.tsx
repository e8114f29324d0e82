import { useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day, month as monthText } from '../../words/format.ts'
import { optionsOf, schoolKinds, selfCheckStates, word } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import { usePeriod } from '../frame/period.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { ZonePick } from '../kit/pick/picks.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import type { PickProps } from '../kit/table/list-definition.ts'

export const selfCheckLamps: Record<string, LampKind> = {
  opened: 'due-soon',
  submitted: 'on-time',
  returned: 'overdue',
}

/** 学校自查 by month: who has handed in, and with how many 否. */
export function SelfCheckList() {
  const rights = useRights()
  const period = usePeriod()
  const past = useLookBack()
  const school = rights.scope('visit.read') === 'school'
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }]} title="学校自查" />
      <DataTable
        name="self-checks"
        past="self-checks"
        path="/api/inspections/self-checks"
        caption="学校自查"
        defaults={school ? {} : { period: past?.day.slice(0, 7) ?? period.month }}
        rowKey={(check) => check.selfCheckId}
        rowTo={(check) => `/self-checks/${check.selfCheckId}`}
        filters={[
          { kind: 'month', key: 'period', label: '月份' },
          { kind: 'select', key: 'state', label: '状态', options: optionsOf(selfCheckStates) },
          ...(rights.scope('visit.read') === 'office'
            ? [
                {
                  kind: 'pick',
                  key: 'zoneId',
                  label: '责任区',
                  render: (props: PickProps) => <ZonePick {...props} width={150} />,
                } as const,
              ]
            : []),
        ]}
        empty={
          <EmptyState title="这里将列出学校自查">
            每月初系统向全部学校、幼儿园和校外培训机构开启自查，由校长（负责人）对照清单填写。
          </EmptyState>
        }
        columns={[
          { key: 'school', title: '学校', render: (check) => check.schoolName, isTitle: true },
          { key: 'period', title: '月份', render: (check) => monthText(check.period), width: 110 },
          { key: 'kind', title: '类别', render: (check) => word(schoolKinds, check.kind), width: 120 },
          { key: 'zone', title: '责任区', render: (check) => check.zoneName ?? '—', width: 140 },
          { key: 'dueOn', title: '截止日期', render: (check) => day(check.dueOn), width: 150 },
          {
            key: 'state',
            title: '状态',
            width: 130,
            text: (check) => selfCheckStates[check.state],
            render: (check) => (
              <StateLamp kind={selfCheckLamps[check.state] ?? 'information'}>{selfCheckStates[check.state]}</StateLamp>
            ),
          },
          {
            key: 'submittedOn',
            title: '提交日期',
            width: 170,
            render: (check) =>
              check.submittedOn === null ? '—' : `${day(check.submittedOn)}${check.late ? '（逾期）' : ''}`,
          },
          {
            key: 'negatives',
            title: '答“否”',
            render: (check) => (check.submittedOn === null ? '—' : count(check.negatives)),
            width: 90,
            align: 'right',
          },
        ]}
      />
    </>
  )
}
