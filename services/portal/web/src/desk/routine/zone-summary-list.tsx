import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day, month as monthText } from '../../words/format.ts'
import { zoneSummaryStates } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

const states = [
  { value: 'submitted', label: '已提交' },
  { value: 'returned', label: '已退回' },
]

/** 责任区汇总 by month. */
export function ZoneSummaryList() {
  const rights = useRights()
  const write = rights.can('zone-summary.submit') ? (
    <Link to="/zone-summaries/new">
      <Button type="primary">填写责任区汇总</Button>
    </Link>
  ) : undefined
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }]} title="责任区汇总" actions={write} />
      <DataTable
        name="zone-summaries"
        past="zone-summaries"
        path="/api/inspections/zone-summaries"
        caption="责任区汇总"
        rowKey={(summary) => summary.summaryId}
        rowTo={(summary) => `/zone-summaries/${summary.summaryId}`}
        filters={[
          { kind: 'month', key: 'period', label: '月份' },
          { kind: 'select', key: 'state', label: '状态', options: states },
        ]}
        empty={
          <EmptyState title="这里将列出责任区汇总" action={write}>
            责任区组长每月汇总本责任区的自查、督查和问题，提交后由督导室写入通报。
          </EmptyState>
        }
        columns={[
          {
            key: 'title',
            title: '汇总',
            render: (summary) => `${summary.zoneName} · ${monthText(summary.period)}`,
            isTitle: true,
          },
          {
            key: 'selfChecks',
            title: '自查',
            render: ({ counts }) => `${counts.selfChecks} / ${counts.schools}`,
            width: 110,
          },
          {
            key: 'visited',
            title: '进校督查',
            render: ({ counts }) => `${counts.visited} / ${counts.toVisit}`,
            width: 110,
          },
          { key: 'findings', title: '发现问题', render: ({ counts }) => count(counts.findings), width: 100 },
          { key: 'gaps', title: '未完成', render: ({ gaps }) => `${gaps.length} 项`, width: 100 },
          { key: 'submittedOn', title: '提交日期', render: (summary) => day(summary.submittedOn), width: 150 },
          { key: 'submittedBy', title: '提交人', render: (summary) => summary.submittedBy, width: 150 },
          {
            key: 'state',
            title: '状态',
            width: 120,
            text: (summary) => zoneSummaryStates[summary.state],
            render: (summary) => (
              <StateLamp kind={summary.state === 'submitted' ? 'on-time' : 'overdue'}>
                {zoneSummaryStates[summary.state]}
              </StateLamp>
            ),
          },
        ]}
      />
    </>
  )
}
