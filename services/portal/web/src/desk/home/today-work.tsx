import { useRights } from '../../app/app-context.tsx'
import { InspectionLines } from './inspection-lines.tsx'
import { ProblemLines } from './problem-lines.tsx'
import { RegistryLines } from './registry-lines.tsx'
import { SystemLines } from './system-lines.tsx'
import { TaskLine } from './task-line.tsx'

/** 今日工作: every kind of work the person's rights make theirs, with what is late, due and new. */
export function TodayWork() {
  const rights = useRights()
  return (
    <section className="panel today-work" aria-labelledby="today-work">
      <div className="panel-title">
        <h2 id="today-work">今日工作</h2>
      </div>
      <table className="today-table">
        <thead>
          <tr>
            <th scope="col">事项</th>
            <th scope="col">数量</th>
            <th scope="col">逾期</th>
            <th scope="col">临期</th>
            <th scope="col">近三天新增</th>
          </tr>
        </thead>
        <tbody>
          {rights.can('problem.read') && <ProblemLines />}
          {rights.can('visit.read') && <InspectionLines />}
          {rights.can('plan.read') && <TaskLine />}
          <RegistryLines />
          {rights.can('system.read') && <SystemLines />}
        </tbody>
      </table>
    </section>
  )
}
