import { Button } from 'antd-mobile'
import { useMe, useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { day, today } from '../../words/format.ts'
import { taskStates } from '../../words/labels.ts'
import { lampOfTask } from '../../words/lamps.ts'
import { FieldHead } from '../kit/field-head.tsx'
import { KeptNote } from '../kit/kept-note.tsx'
import { useFieldRead } from '../store/use-field-read.ts'
import { useStartVisit } from '../visit/use-start-visit.ts'

/** What is to be done: visits that the office scheduled, and the plan's open tasks. */
export function FieldTasks() {
  const rights = useRights()
  return (
    <>
      <FieldHead title="任务" />
      <main className="field-content">
        {rights.can('visit.record') && <ScheduledVisits />}
        {rights.can('plan.read') && <PlanTasks />}
      </main>
    </>
  )
}

function ScheduledVisits() {
  const me = useMe()
  const start = useStartVisit()
  const supervisor = me.supervisor === undefined ? {} : { supervisorId: me.supervisor }
  const visits = useFieldRead(me.subject, '/api/inspections/visits', {
    query: { state: 'scheduled', limit: 50, ...supervisor },
  })
  const items = visits.data?.body.items ?? []
  return (
    <>
      <h2 className="field-group">安排给我的督查（{items.length}）</h2>
      <KeptNote keptAt={visits.data?.keptAt} />
      {visits.isPending && <SkeletonLines lines={3} />}
      {visits.isError && <ErrorState error={visits.error} onRetry={() => void visits.refetch()} />}
      {visits.isSuccess && items.length === 0 && (
        <p className="field-card quiet">没有安排给您的督查。也可以在“学校”中直接开始。</p>
      )}
      <ul className="field-list">
        {items.map((visit) => (
          <li key={visit.visitId} className="school-row">
            <span className="school-row-words">
              <strong>{visit.schoolName}</strong>
              <span>
                {day(visit.scheduledFor)} · {visit.checklistTitle}
              </span>
            </span>
            <Button
              color="primary"
              disabled={!start.ready}
              onClick={() =>
                start.begin({
                  schoolId: visit.schoolId,
                  schoolName: visit.schoolName,
                  scheduled: { visitId: visit.visitId, checklistId: visit.checklistId, taskId: visit.taskId },
                })
              }
            >
              督查
            </Button>
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
