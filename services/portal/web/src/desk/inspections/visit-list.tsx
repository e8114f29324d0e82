import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Visit } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day, month as monthText, percent } from '../../words/format.ts'
import { optionsOf, visitStates } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import { usePeriod } from '../frame/period.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { searchOf, useLookBack } from '../kit/past/use-look-back.ts'
import { SupervisorPick, ZonePick } from '../kit/pick/picks.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import type { PickProps } from '../kit/table/list-definition.ts'
import { TileRow } from '../kit/tile-row.tsx'
import { useSearchState } from '../kit/use-search-state.ts'

export const visitLamps: Record<Visit['state'], LampKind> = {
  scheduled: 'information',
  started: 'due-soon',
  recorded: 'on-time',
  cancelled: 'closed',
  missed: 'overdue',
}

/** The visits of a month, with how much of the office they cover. */
export function VisitList() {
  const rights = useRights()
  const period = usePeriod()
  const [search] = useSearchState()
  const past = useLookBack()
  const usual = past?.day.slice(0, 7) ?? period.month
  const month = search.month ?? usual
  const schedule = rights.can('visit.schedule') ? (
    <Link to="/visits/new">
      <Button type="primary">安排督查</Button>
    </Link>
  ) : undefined
  const wide = rights.scope('visit.read') === 'office'
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }]} title="进校督查" actions={schedule} />
      <DataTable
        name="visits"
        past="visits"
        path="/api/inspections/visits"
        caption="进校督查"
        defaults={{ month: usual }}
        rowKey={(visit) => visit.visitId}
        rowTo={(visit) => `/visits/${visit.visitId}`}
        beside={
          rights.scope('visit.read') === 'school' || month === 'all' ? undefined : <CoverageTiles month={month} />
        }
        filters={[
          { kind: 'month', key: 'month', label: '月份' },
          { kind: 'select', key: 'state', label: '状态', options: optionsOf(visitStates) },
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
          <EmptyState title="这个月还没有督查记录" action={schedule}>
            可以在这里预先安排，也可以由责任督学到校后在手机上直接填写提交。
          </EmptyState>
        }
        columns={[
          { key: 'school', title: '学校', render: (visit) => visit.schoolName, isTitle: true },
          { key: 'supervisor', title: '督学', render: (visit) => visit.supervisorName, width: 120 },
          { key: 'zone', title: '责任区', render: (visit) => visit.zoneName ?? '—', width: 140 },
          { key: 'scheduledFor', title: '安排日期', render: (visit) => day(visit.scheduledFor), width: 150 },
          { key: 'visitedOn', title: '到校日期', render: (visit) => day(visit.visitedOn), width: 150 },
          {
            key: 'state',
            title: '状态',
            width: 130,
            text: (visit) => visitStates[visit.state],
            render: (visit) => <StateLamp kind={visitLamps[visit.state]}>{visitStates[visit.state]}</StateLamp>,
          },
          {
            key: 'items',
            title: '条目',
            render: (visit) => count(visit.items),
            width: 80,
            align: 'right',
            optional: true,
          },
          {
            key: 'negatives',
            title: '答“否”',
            render: (visit) => (visit.state === 'recorded' ? count(visit.negatives) : '—'),
            width: 90,
            align: 'right',
          },
          {
            key: 'findings',
            title: '发现',
            render: (visit) => (visit.state === 'recorded' ? count(visit.findings) : '—'),
            width: 80,
            align: 'right',
          },
        ]}
      />
    </>
  )
}

function CoverageTiles({ month }: { month: string }) {
  const past = useLookBack()
  const coverage = useRead('/api/inspections/coverage', { query: { month, ...past?.query } })
  const totals = coverage.data?.body.totals
  return (
    <TileRow
      tiles={[
        {
          label: `${monthText(month)}已走访`,
          value: totals?.covered,
          unit: totals === undefined ? '' : `/ ${totals.schools} 所`,
          to: '/coverage',
          search: { month, ...searchOf(past) },
          lamp: 'on-time',
          ...(totals === undefined || totals.schools === 0
            ? {}
            : { note: `覆盖 ${percent(totals.covered / totals.schools)}` }),
        },
        {
          label: '未走访',
          value: totals === undefined ? undefined : totals.schools - totals.covered,
          unit: '所',
          to: '/coverage/schools',
          search: { month, unvisited: 'true', ...searchOf(past) },
          lamp: 'due-soon',
        },
        {
          label: '督查次数',
          value: totals?.visits,
          unit: '次',
          to: '/visits',
          search: { month, state: 'recorded', ...searchOf(past) },
        },
      ]}
    />
  )
}
