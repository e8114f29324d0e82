import { useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { count, moment } from '../../words/format.ts'
import { useOpenProblems } from './use-open-problems.ts'

/** How far the numbers of the 工作台 lie behind, and which service did not answer; the oldest of them counts for all. */
export function HomeFreshness() {
  const rights = useRights()
  const problems = useOpenProblems(rights.can('problem.read')).reading
  const tasks = useRead('/api/office/tasks', { query: { limit: 200 } }, { enabled: rights.can('plan.read') })
  const visits = useRead(
    '/api/inspections/bulletins',
    { query: { limit: 3, state: 'issued' } },
    { enabled: rights.can('visit.read') },
  )
  const parts = [
    { name: '整改问责', query: problems },
    { name: '计划任务', query: tasks },
    { name: '督导检查', query: visits },
  ]
  const missing = parts.filter(({ query }) => query.isError).map(({ name }) => name)
  const views = parts.flatMap(({ query }) => (query.data?.view === undefined ? [] : [query.data.view]))
  const oldest = views.map(({ time }) => time).sort()[0]
  const lag = views.reduce((sum, view) => sum + view.lag, 0)
  if (oldest === undefined && missing.length === 0) return null
  return (
    <p className="as-of-line quiet tabular" role="status">
      {oldest !== undefined && `数据更新于 ${moment(oldest)}`}
      {oldest !== undefined && (lag > 0 ? ` · 落后 ${count(lag)} 条，正在更新` : ' · 已是最新')}
      {missing.length > 0 && ` · 缺：${missing.join('、')}，合计不完整`}
    </p>
  )
}
