import { useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { today } from '../../words/format.ts'
import { lampOfTask } from '../../words/lamps.ts'
import { WorkLine } from './work-line.tsx'

/** Tasks of the yearly plan that are not done. */
export function TaskLine() {
  const own = useRights().scope('plan.read') === 'body'
  const reading = useRead('/api/office/tasks', { query: { limit: 200 } })
  const body = reading.data?.body
  const open = body?.items.filter(({ state }) => state !== 'completed')
  const late = open?.filter((task) => lampOfTask(task, today()) === 'overdue').length ?? 0
  return (
    <WorkLine
      title={own ? '本单位未完成的任务' : '年度计划未完成的任务'}
      to="/tasks"
      search={late > 0 ? { overdue: 'true' } : {}}
      unit="项"
      nothing="没有未完成的任务。"
      reading={reading}
      tally={
        open === undefined
          ? undefined
          : {
              total: open.length,
              more: (body?.nextCursor ?? null) !== null,
              late,
              due: open.filter((task) => lampOfTask(task, today()) === 'due-soon').length,
            }
      }
    />
  )
}
