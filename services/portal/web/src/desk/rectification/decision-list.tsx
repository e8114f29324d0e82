import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useRights } from '../../app/app-context.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day } from '../../words/format.ts'
import { decisionForms } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

/** Every decision that demanded something. */
export function DecisionList() {
  const rights = useRights()
  const issue = rights.can('problem.decide') ? (
    <Link to="/decisions/new">
      <Button type="primary">下达整改决定</Button>
    </Link>
  ) : undefined
  return (
    <>
      <PageHead crumbs={[{ title: '整改问责' }]} title="整改决定" actions={issue} />
      <DataTable
        name="decisions"
        past="decisions"
        path="/api/rectification/decisions"
        caption="整改决定"
        rowKey={(decision) => decision.decisionId}
        rowTo={(decision) => `/decisions/${decision.decisionId}`}
        empty={
          <EmptyState title="这里将列出整改决定" action={issue}>
            督导室对已立案的问题逐项写明要求和期限，下达后取得文号。
          </EmptyState>
        }
        columns={[
          { key: 'number', title: '文号', render: (decision) => decision.documentNumber, isTitle: true, width: 180 },
          {
            key: 'titles',
            title: '问题',
            render: (decision) => decision.problems.map((problem) => problem.title).join('；'),
          },
          {
            key: 'schools',
            title: '学校',
            width: 220,
            render: (decision) => [...new Set(decision.problems.map((problem) => problem.schoolName))].join('、'),
          },
          { key: 'form', title: '形式', render: (decision) => decisionForms[decision.form], width: 120 },
          {
            key: 'problems',
            title: '数量',
            width: 80,
            align: 'right',
            render: (decision) => `${count(decision.problems.length)} 个`,
          },
          {
            key: 'issuedOn',
            title: '下达日期',
            render: (decision) => day(decision.issuedOn),
            width: 170,
          },
        ]}
      />
    </>
  )
}
