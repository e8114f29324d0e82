import { problemCancelled, problemOpened, visitRecorded } from '@dulian/contracts'
import { inbox } from '../src/integration/consume.ts'
import { adoptPlan, importPlan } from '../src/plan/decide.ts'
import { type AdoptedTask, planEvents } from '../src/plan/events.ts'
import { evolvePlan, initialPlan } from '../src/plan/state.ts'
import { taskEvents } from '../src/task/events.ts'
import { Story } from './project-events.ts'
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
export function officeStory(): Story {
  const plan = `plan-yongchuan-${planId}`
  const task = (taskId: string) => `task-yongchuan-${taskId}`
  const from = (id: string) => `inbox-yongchuan-${id}`
  const story = new Story().tell(planEvents, plan, ...imported).tell(planEvents, plan, ...adopted)
  for (const { taskId, ...data } of tasks) {
    story.tell(taskEvents, task(taskId), { type: 'TaskAssigned', data: { planId, planTitle, ...data } })
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
    .tell(
      taskEvents,
      task(first.taskId),
      { type: 'ProgressReported', data: { percent: 40, note: '已完成方案' } },
      { type: 'EvidenceAttached', data: { evidence, note: null } },
    )
    .tell(inbox, from('visit-1'), { type: 'VisitRecorded', data: visit })
    .tell(inbox, from('visit-1'), { type: 'VisitRecorded', data: visit })
    .tell(inbox, from('visit-2'), { type: 'VisitRecorded', data: { ...visit, office: otherOffice } })
    .tell(inbox, from('visit-3'), { type: 'VisitRecorded', data: { ...visit, taskId: null } })
    .tell(inbox, from('problem-1'), { type: 'ProblemOpened', data: problem })
    .tell(inbox, from('problem-2'), {
      type: 'ProblemOpened',
      data: { ...problem, problemId: '0197a000-0000-7000-8000-000000000a02' },
    })
    .tell(inbox, from('problem-1'), {
      type: 'ProblemCancelled',
      data: { ...problemCancelled.example, taskId: first.taskId },
    })
    .tell(taskEvents, task(first.taskId), { type: 'TaskCompleted', data: { note: '已完成' } })
    .tell(taskEvents, task(second.taskId), { type: 'TaskCompleted', data: { note: '已完成' } })
    .tell(taskEvents, task(second.taskId), { type: 'TaskReopened', data: { reason: '缺少通报' } })
    .tell(taskEvents, task(second.taskId), {
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
    .tell(planEvents, plan, {
      type: 'ItemCorrected',
      data: { itemId: second.itemId, changes: { comprehensiveInspection: true }, note: null },
    })
    .tell(planEvents, plan, {
      type: 'PlanIssued',
      data: { documentNumber: '示例教督〔2026〕1号', issuedOn: '2026-01-15', recipients: ['各学校'] },
    })
}

function taskAt(place: number): AdoptedTask {
  const task = tasks[place]
  if (task === undefined) throw new TypeError('the plan of the tests has too few tasks')
  return task
}
