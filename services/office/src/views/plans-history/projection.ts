import { dated, defineHistory } from '@dulian/history'
import { planEvents } from '../../plan/events.ts'
import { taskEvents } from '../../task/events.ts'
import { PLANS, plansProjection } from '../plans/projection.ts'

/** 年度计划 on any past day [N10]. */
export const plansHistory = defineHistory({
  name: 'plans-history',
  revision: 1,
  of: plansProjection,
  collections: { [PLANS]: { counters: ['done'] } },
  dated: [
    dated(planEvents, {
      PlanImported: { title: '导入计划' },
      ItemCorrected: { title: '更正条目' },
      PlanAdopted: { title: '采纳计划' },
      // Issued by its number and date, entered when somebody gets to it.
      PlanIssued: { title: '印发', from: ({ issuedOn }) => issuedOn },
      PlanClosed: { title: '计划办结' },
    }),
    dated(taskEvents, {
      TaskReassigned: { title: '调整责任单位或时限' },
      TaskCompleted: { title: '任务办结' },
      TaskReopened: { title: '任务退回重办' },
    }),
  ],
})
