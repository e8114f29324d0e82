import { chinaDate } from '@dulian/calendar'
import { dated, defineHistory } from '@dulian/history'
import { inbox } from '../../integration/consume.ts'
import { planEvents } from '../../plan/events.ts'
import { taskEvents } from '../../task/events.ts'
import { TASKS, tasksProjection } from '../tasks/projection.ts'

/** 任务 on any past day [N10]. */
export const tasksHistory = defineHistory({
  name: 'tasks-history',
  revision: 1,
  of: tasksProjection,
  collections: { [TASKS]: { counters: ['evidence', 'linkedVisits', 'linkedProblems', 'openProblems'] } },
  dated: [
    dated(taskEvents, {
      TaskAssigned: { title: '分解任务' },
      TaskReassigned: { title: '调整责任单位或时限' },
      ProgressReported: { title: '填报进展' },
      EvidenceAttached: { title: '上传印证材料' },
      TaskCompleted: { title: '办结' },
      TaskReopened: { title: '退回重办' },
    }),
    dated(planEvents, { ItemCorrected: { title: '更正条目' } }),
    // What happens elsewhere counts for the task from its own day, however late this service hears of it.
    dated(inbox, {
      VisitRecorded: { title: '关联督查', from: ({ visitedOn }) => visitedOn },
      ProblemOpened: { title: '关联问题', from: ({ openedOn }) => openedOn },
      ProblemCancelled: { title: '关联问题销号', from: ({ cancelledAt }) => chinaDate(cancelledAt) },
      ProblemRebounded: { title: '关联问题反弹', from: ({ reboundedOn }) => reboundedOn },
    }),
  ],
})
