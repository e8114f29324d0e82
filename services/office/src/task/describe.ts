import type { Decoded } from '@dulian/event-sourcing'
import type { HistoryLine } from '@dulian/http-kit'
import type { TaskEvent } from './events.ts'

/** A task's event in the words of its timeline. */
export function describeTaskEvent(event: Decoded<TaskEvent>): HistoryLine {
  switch (event.type) {
    case 'TaskAssigned':
      return { title: '分解任务', note: `${event.data.lead.name}牵头，${event.data.dueOn} 前完成` }
    case 'TaskReassigned':
      return { title: '调整责任单位和期限', note: `${event.data.lead.name}牵头，${event.data.dueOn} 前完成` }
    case 'ProgressReported':
      return { title: `填报进展 ${event.data.percent}%`, note: event.data.note }
    case 'EvidenceAttached':
      return { title: '上传印证材料', note: event.data.note ?? event.data.evidence.name }
    case 'TaskCompleted':
      return { title: '确认完成', note: event.data.note }
    case 'TaskReopened':
      return { title: '退回重办', note: event.data.reason }
    default:
      event satisfies never
      return { title: '', note: null }
  }
}
