import { campaignClosed, problemCancelled, problemOpened, problemRebounded, visitRecorded } from '@dulian/contracts'
import { EventLog } from '@dulian/event-sourcing/testing'
import { inbox } from '../src/integration/consume.ts'
import { adoptPlan, importPlan } from '../src/plan/decide.ts'
import { type AdoptedTask, planEvents } from '../src/plan/events.ts'
import { evolvePlan, initialPlan } from '../src/plan/state.ts'
import { taskEvents } from '../src/task/events.ts'
import { planId, written } from './written-plan.ts'

const imported = importPlan(written())
const state = imported.reduce(evolvePlan, initialPlan)
const adopted = adoptPlan({ planId }, state)
const [adoption] = adopted
if (adoption?.type !== 'PlanAdopted') throw new TypeError('the plan of the tests is not adopted')

/** Title of the plan as adopted, and its tasks in order. */
export const { planTitle, tasks } = adoption.data
export const first = taskAt(0)
export const second = taskAt(1)

export const otherOffice = 'qijiang'

/** A plan from its import to its end, with tasks worked on and linked work, and a stranger's visit that names a task. */
export function officeStory(): EventLog {
  const plan = `plan-yongchuan-${planId}`
  const task = (taskId: string) => `task-yongchuan-${taskId}`
  const from = (id: string) => `inbox-yongchuan-${id}`
  const story = new EventLog().add(planEvents, plan, ...imported).add(planEvents, plan, ...adopted)
  for (const { taskId, ...data } of tasks) {
    story.add(taskEvents, task(taskId), { type: 'TaskAssigned', data: { planId, planTitle, ...data } })
  }
  const evidence = {
    hash: 'c'.repeat(64),
    name: '方案.pdf',
    mediaType: 'application/pdf',
    size: 1024,
    service: 'office',
  }
  const visit = { ...visitRecorded.example, taskId: first.taskId }
  const problem = { ...problemOpened.example, taskId: first.taskId }
  return story
    .add(
      taskEvents,
      task(first.taskId),
      { type: 'ProgressReported', data: { percent: 40, note: '已完成方案' } },
      { type: 'EvidenceAttached', data: { evidence, note: null } },
    )
    .add(inbox, from('visit-1'), { type: 'VisitRecorded', data: visit })
    .add(inbox, from('visit-1'), { type: 'VisitRecorded', data: visit })
    .add(inbox, from('visit-2'), { type: 'VisitRecorded', data: { ...visit, office: otherOffice } })
    .add(inbox, from('visit-3'), { type: 'VisitRecorded', data: { ...visit, taskId: null } })
    .add(inbox, from('campaign-1'), {
      type: 'CampaignClosed',
      data: { ...campaignClosed.example, type: 'comprehensive', taskId: first.taskId },
    })
    .add(inbox, from('problem-1'), { type: 'ProblemOpened', data: problem })
    .add(inbox, from('problem-2'), {
      type: 'ProblemOpened',
      data: { ...problem, problemId: '0197a000-0000-7000-8000-000000000a02' },
    })
    .add(inbox, from('problem-1'), {
      type: 'ProblemCancelled',
      data: { ...problemCancelled.example, taskId: first.taskId },
    })
    .add(inbox, from('problem-1'), {
      type: 'ProblemRebounded',
      data: { ...problemRebounded.example, taskId: second.taskId },
    })
    .add(inbox, from('problem-1'), {
      type: 'ProblemCancelled',
      data: { ...problemCancelled.example, taskId: first.taskId, cancelledAt: '2027-03-20T03:00:00.000Z' },
    })
    .add(taskEvents, task(first.taskId), { type: 'TaskCompleted', data: { note: '已完成' } })
    .add(taskEvents, task(second.taskId), { type: 'TaskCompleted', data: { note: '已完成' } })
    .add(taskEvents, task(second.taskId), { type: 'TaskReopened', data: { reason: '缺少通报' } })
    .add(taskEvents, task(second.taskId), {
      type: 'TaskReassigned',
      data: {
        planId,
        planTitle,
        itemPath: second.itemPath,
        title: second.title,
        bodies: [{ name: '区体育局', role: 'lead' }],
        lead: { name: '区体育局', assumed: false },
        dueOn: '2026-11-30',
      },
    })
    .add(planEvents, plan, {
      type: 'ItemCorrected',
      data: { itemId: second.itemId, changes: { comprehensiveInspection: true }, note: null },
    })
    .add(planEvents, plan, {
      type: 'PlanIssued',
      data: { documentNumber: '示例教督〔2026〕1号', issuedOn: '2026-01-15', recipients: ['各学校'] },
    })
}

function taskAt(place: number): AdoptedTask {
  const task = tasks[place]
  if (task === undefined) throw new TypeError('the plan of the tests has too few tasks')
  return task
}
