import { Link } from '@tanstack/react-router'
import { Progress } from 'antd'
import { useRead } from '../../app/use-read.ts'
import { count } from '../../words/format.ts'
import { planStates } from '../../words/labels.ts'
import { usePeriod } from '../frame/period.tsx'
import { WorkList } from './work-list.tsx'

/** How far the year's plans are. */
export function PlanWork() {
  const { year } = usePeriod()
  const list = useRead('/api/office/plans', { query: { year: Number(year), limit: 5 } })
  const plans = list.data?.body.items
  if (plans === undefined || plans.length === 0) {
    return (
      <WorkList
        title={`${year}年计划进度`}
        to="/plans"
        nothing="今年的工作要点还没有导入。到“年度计划”中导入印发的文件即可。"
        rows={plans === undefined ? undefined : []}
        more={false}
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    )
  }
  return (
    <section className="panel work-list">
      <div className="panel-title">
        <h2>{year}年计划进度</h2>
        <Link to="/plans">打开列表</Link>
      </div>
      <ul>
        {plans.map((plan) => (
          <li key={plan.planId}>
            <Link to={`/plans/${plan.planId}`} className="work-row">
              <span className="work-row-words">
                <span className="work-row-title">{plan.title}</span>
                <span className="work-row-note">
                  {planStates[plan.state]} · 已完成 {count(plan.done)} / {count(plan.tasks)} 项任务
                </span>
              </span>
              <Progress
                percent={plan.tasks === 0 ? 0 : Math.round((plan.done / plan.tasks) * 100)}
                size="small"
                style={{ width: 140 }}
                aria-label="任务完成比例"
              />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
