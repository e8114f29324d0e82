import { useMe } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { day, month as monthText, today } from '../../words/format.ts'
import { severities } from '../../words/labels.ts'
import { lampOfTask } from '../../words/lamps.ts'
import { usePeriod } from '../frame/period.tsx'
import { WorkList } from './work-list.tsx'

/** Findings that somebody must accept or not. */
export function FindingWork() {
  const list = useRead('/api/inspections/findings', { query: { limit: 6, state: 'proposed' } })
  return (
    <WorkList
      title="待确认的发现"
      to="/findings"
      nothing="没有待确认的发现。督学提交督查记录后，答“否”的条目会列在这里。"
      error={list.error}
      onRetry={() => void list.refetch()}
      more={(list.data?.body.nextCursor ?? null) !== null}
      rows={list.data?.body.items.map((finding) => ({
        key: finding.findingId,
        to: finding.visitId === undefined ? '/findings' : `/visits/${finding.visitId}`,
        title: finding.itemTitle,
        note: `${finding.schoolName ?? ''} · ${day(finding.foundOn)}`,
        mark: <span className="quiet">{severities[finding.severity]}</span>,
      }))}
    />
  )
}

/** Tasks that are late or near their date. */
export function TaskWork() {
  const me = useMe()
  const list = useRead('/api/office/tasks', { query: { limit: 200 } })
  const open = list.data?.body.items
    .filter((task) => task.state !== 'completed')
    .sort((one, other) => one.dueOn.localeCompare(other.dueOn))
  return (
    <WorkList
      title={me.permissions['plan.read'] === 'body' ? '本单位的任务' : '临近期限的任务'}
      to="/tasks"
      nothing="没有未完成的任务。采纳年度计划后，任务会自动分解到这里。"
      error={list.error}
      onRetry={() => void list.refetch()}
      more={(open?.length ?? 0) > 6}
      rows={open?.slice(0, 6).map((task) => ({
        key: task.taskId,
        to: `/tasks/${task.taskId}`,
        title: task.title,
        note: `${task.itemPath} · ${task.lead} · ${task.progressPercent}%`,
        mark: <StateLamp kind={lampOfTask(task, today())}>{day(task.dueOn)}</StateLamp>,
      }))}
    />
  )
}

/** Schools nobody has been to this month. */
export function CoverageWork() {
  const { month } = usePeriod()
  const coverage = useRead('/api/inspections/coverage', { query: { month } })
  const missing = coverage.data?.body.items.filter((row) => !row.covered)
  return (
    <WorkList
      title={`${monthText(month)}未走访的学校`}
      to="/coverage/schools"
      search={{ month, unvisited: 'true' }}
      nothing="本月每所学校都已走访。"
      error={coverage.error}
      onRetry={() => void coverage.refetch()}
      more={(missing?.length ?? 0) > 6}
      rows={missing?.slice(0, 6).map((row) => ({
        key: row.schoolId,
        to: `/schools/${row.schoolId}`,
        title: row.name,
        note: `${row.zoneName ?? '未划责任区'} · ${row.supervisorName ?? '未挂牌'}`,
        mark: row.lastVisitOn === null ? undefined : <span className="quiet">上次 {day(row.lastVisitOn)}</span>,
      }))}
    />
  )
}
