import { useMe, useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { day, today } from '../../words/format.ts'
import { taskStates } from '../../words/labels.ts'
import { lampOfTask } from '../../words/lamps.ts'
import { FieldHead } from '../kit/field-head.tsx'
import { KeptNote } from '../kit/kept-note.tsx'
import { SelfCheckTasks } from '../self-check/self-check-tasks.tsx'
import { useFieldRead } from '../store/use-field-read.ts'
import { StartScheduledVisit } from '../visit/start-visit.tsx'
import { useScheduledVisits } from '../visit/use-scheduled-visits.ts'

/** What is to be done: visits that the office scheduled, and the plan's open tasks. */
export function FieldTasks() {
  const rights = useRights()
  return (
    <>
      <FieldHead title="任务" />
      <main className="field-content">
        {rights.can('self-check.submit') && <SelfCheckTasks />}
        {rights.can('visit.record') && <ScheduledVisits />}
        {rights.can('plan.read') && <PlanTasks />}
      </main>
    </>
  )
}

function ScheduledVisits() {
  const { read, visits } = useScheduledVisits()
  return (
    <>
      <h2 className="field-group">安排给我的督查（{visits.length}）</h2>
      <KeptNote keptAt={read.data?.keptAt} />
      {read.isPending && <SkeletonLines lines={3} />}
      {read.isError && <ErrorState error={read.error} onRetry={() => void read.refetch()} />}
      {read.isSuccess && visits.length === 0 && (
        <p className="field-card quiet">没有安排给您的督查。也可以在“学校”中直接开始。</p>
      )}
      <ul className="field-list">
        {visits.map((visit) => (
          <li key={visit.visitId} className="school-row">
            <span className="school-row-words">
              <strong>{visit.schoolName}</strong>
              <span>
                {day(visit.scheduledFor)} · {visit.checklistTitle}
              </span>
            </span>
            <StartScheduledVisit visit={visit} />
          </li>
        ))}
      </ul>
    </>
  )
}

function PlanTasks() {
  const me = useMe()
  const tasks = useFieldRead(me.subject, '/api/office/tasks', { query: { limit: 100 } })
  const items = (tasks.data?.body.items ?? []).filter((task) => task.state !== 'completed')
  return (
    <>
      <h2 className="field-group">计划任务（{items.length}）</h2>
      {tasks.isPending && <SkeletonLines lines={4} />}
      {tasks.isError && <ErrorState error={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.isSuccess && items.length === 0 && (
        <EmptyState title="没有未完成的任务">年度计划分解的任务会列在这里。</EmptyState>
      )}
      <ul className="field-list">
        {items.map((task) => (
          <li key={task.taskId}>
            <details className="task-row">
              <summary>
                <strong>{task.title}</strong>
                <StateLamp
                  kind={lampOfTask(task, today())}
                >{`${day(task.dueOn)} · ${taskStates[task.state]} ${task.progressPercent}%`}</StateLamp>
              </summary>
              <p>{task.text}</p>
              <p className="quiet">
                牵头：{task.lead} · {task.planTitle}
              </p>
            </details>
          </li>
        ))}
      </ul>
    </>
  )
}
