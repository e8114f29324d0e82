import { Link } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import { useRights } from '../../app/app-context.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, moment } from '../../words/format.ts'
import { optionsOf, planStates } from '../../words/labels.ts'
import { usePeriod } from '../frame/period.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

/** The years' plans. */
export function PlanList() {
  const rights = useRights()
  const { year } = usePeriod()
  const years = [0, 1, 2, 3, 4, 5].map((back) => String(Number(year) + 1 - back))
  const importButton = rights.can('plan.manage') ? (
    <Link to="/plans/import">
      <Button type="primary">导入计划</Button>
    </Link>
  ) : undefined
  return (
    <>
      <PageHead crumbs={[{ title: '计划任务' }]} title="年度计划" actions={importButton} />
      <DataTable
        name="plans"
        past="plans"
        path="/api/office/plans"
        caption="年度计划"
        rowKey={(plan) => plan.planId}
        rowTo={(plan) => `/plans/${plan.planId}`}
        filters={[
          {
            kind: 'select',
            key: 'year',
            label: '年度',
            options: years.map((one) => ({ value: one, label: `${one}年` })),
          },
          { kind: 'select', key: 'state', label: '状态', options: optionsOf(planStates) },
        ]}
        empty={
          <EmptyState title="这里将列出工作要点和工作方案" action={importButton}>
            由督导室把印发的文件原样导入，系统识别出条目、责任单位和时限，校对采纳后逐条成为任务。
          </EmptyState>
        }
        columns={[
          { key: 'title', title: '名称', render: (plan) => plan.title, isTitle: true },
          { key: 'year', title: '年度', render: (plan) => `${plan.year}年`, width: 90 },
          { key: 'number', title: '发文字号', render: (plan) => plan.documentNumber ?? '—', width: 190 },
          { key: 'state', title: '状态', render: (plan) => planStates[plan.state], width: 100 },
          { key: 'items', title: '条目', render: (plan) => count(plan.items), width: 80, align: 'right' },
          {
            key: 'progress',
            title: '任务完成',
            width: 200,
            text: (plan) => `${plan.done}/${plan.tasks}`,
            render: (plan) =>
              plan.tasks === 0 ? (
                <span className="quiet">采纳后分解</span>
              ) : (
                <Progress
                  percent={Math.round((plan.done / plan.tasks) * 100)}
                  size="small"
                  format={() => `${plan.done}/${plan.tasks}`}
                  aria-label="任务完成比例"
                />
              ),
          },
          {
            key: 'importedAt',
            title: '导入时间',
            render: (plan) => moment(plan.importedAt),
            width: 180,
            optional: true,
          },
        ]}
      />
    </>
  )
}
