import { Link } from '@tanstack/react-router'
import { useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day } from '../../words/format.ts'
import { dutyStates, optionsOf, schoolKinds } from '../../words/labels.ts'
import { dutyLamps } from '../../words/lamps.ts'
import { usePeriod } from '../frame/period.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { SupervisorPick, ZonePick } from '../kit/pick/picks.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import type { PickProps } from '../kit/table/list-definition.ts'

/** 每月进校任务: every school of a month by name and supervisor, with whether somebody was there. */
export function DutyList() {
  const rights = useRights()
  const period = usePeriod()
  const past = useLookBack()
  const wide = rights.scope('visit.read') === 'office'
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }, { title: '月度覆盖', to: '/coverage' }]} title="每月进校任务" />
      <DataTable
        name="monthly-duties"
        past="coverage"
        path="/api/inspections/monthly-duties"
        caption="每月进校任务"
        defaults={{ month: past?.day.slice(0, 7) ?? period.month }}
        rowKey={(duty) => duty.dutyId}
        filters={[
          { kind: 'month', key: 'month', label: '月份' },
          { kind: 'toggle', key: 'unvisited', label: '只看没有走访的' },
          { kind: 'select', key: 'state', label: '状态', options: optionsOf(dutyStates), more: true },
          ...(wide
            ? [
                {
                  kind: 'pick',
                  key: 'supervisorId',
                  label: '督学',
                  render: (props: PickProps) => <SupervisorPick {...props} width={160} />,
                } as const,
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
          <EmptyState title="没有符合条件的任务">
            每月一日，系统为每所中小学、幼儿园列出一项进校任务，由挂牌督学完成。
          </EmptyState>
        }
        columns={[
          {
            key: 'school',
            title: '学校',
            text: (duty) => duty.schoolName,
            render: (duty) => <Link to={`/schools/${duty.schoolId}`}>{duty.schoolName}</Link>,
          },
          { key: 'kind', title: '类别', render: (duty) => schoolKinds[duty.kind], width: 120, optional: true },
          { key: 'zone', title: '责任区', render: (duty) => duty.zoneName ?? '未划责任区', width: 150 },
          { key: 'supervisor', title: '督学', render: (duty) => duty.supervisorName ?? '未挂牌', width: 130 },
          { key: 'dueOn', title: '截止', render: (duty) => day(duty.dueOn), width: 150 },
          {
            key: 'visits',
            title: '走访次数',
            render: (duty) => `${count(duty.visits)} / ${count(duty.required)}`,
            width: 100,
            align: 'right',
          },
          { key: 'last', title: '最近走访', render: (duty) => day(duty.lastVisitOn), width: 150 },
          {
            key: 'state',
            title: '状态',
            width: 120,
            text: (duty) => dutyStates[duty.state],
            render: (duty) => <StateLamp kind={dutyLamps[duty.state]}>{dutyStates[duty.state]}</StateLamp>,
          },
        ]}
      />
    </>
  )
}
