import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { searchTokens } from '@dulian/views'
import { inbox } from '../../integration/consume.ts'
import type { Body, Lead } from '../../plan/bodies.ts'
import { planEvents } from '../../plan/events.ts'
import { taskIdOf } from '../../plan/plan.ts'
import { type TaskEvent, taskEvents } from '../../task/events.ts'
import { bodyToken } from '../body-token.ts'

export const TASKS = 'tasks'
export const LINKS = 'links'
export const INSPECTIONS = 'inspections'
const PROBLEMS = 'problems'

/** A task with its progress and how much work elsewhere is linked to it. */
export type TaskDocument = {
  readonly taskId: string
  readonly office: string
  readonly planId: string
  readonly planTitle: string
  readonly itemId: string
  readonly order: number
  readonly itemPath: string
  readonly title: string
  readonly text: string
  readonly bodies: readonly Body[]
  readonly lead: Lead['name']
  readonly leadAssumed: boolean
  readonly dueOn: string
  readonly comprehensiveInspection: boolean
  readonly state: 'assigned' | 'in-progress' | 'completed'
  readonly progressPercent: number
  readonly lastProgress: string | null
  readonly evidence: number
  readonly linkedVisits: number
  readonly linkedProblems: number
  readonly openProblems: number
  readonly version: number
  readonly tokens: readonly string[]
}

/** A visit or problem that names the task. */
export type LinkDocument = {
  readonly office: string
  readonly taskId: string
  readonly kind: 'visit' | 'problem'
  readonly id: string
  readonly schoolName: string
  /** What it is called: of a problem. */
  readonly title: string
  /** Day of the visit, or on which the problem was opened. */
  readonly on: string
  readonly negatives: number
  /** `rebounded`: 销号 and open again. */
  readonly state: 'recorded' | 'open' | 'cancelled' | 'rebounded'
}

/** The tasks a problem is linked to: one that came back may have been seen for another task. */
type LinkedTasks = { readonly taskIds: readonly string[] }

/** A 综合督导 that was carried out for the task and is closed. */
export type HeldInspection = {
  readonly office: string
  readonly taskId: string
  readonly campaignId: string
  readonly title: string
  readonly closedOn: string
}

export const tasksProjection = defineProjection(
  {
    name: 'tasks',
    revision: 3,
    collections: {
      [TASKS]: {
        indexes: {
          byPlan: ['office', 'planId', 'order'],
          byDay: ['office', 'dueOn'],
          byState: ['office', 'state', 'dueOn'],
        },
        tokens: 'tokens',
      },
      [LINKS]: { indexes: { byTask: ['office', 'taskId', 'kind', 'on'] } },
      [PROBLEMS]: { indexes: {} },
      [INSPECTIONS]: { indexes: { byTask: ['office', 'taskId'] } },
    },
  },
  [
    on(taskEvents, {
      TaskAssigned: (event, unit) => {
        const { office, id } = streamOf(event)
        const { lead, ...task } = event.data
        put(unit, {
          taskId: id,
          office,
          ...task,
          lead: lead.name,
          leadAssumed: lead.assumed,
          state: 'assigned',
          progressPercent: 0,
          lastProgress: null,
          evidence: 0,
          linkedVisits: 0,
          linkedProblems: 0,
          openProblems: 0,
          version: event.envelope.version,
          tokens: tokensOf(task),
        })
      },
      TaskReassigned: (event, unit) =>
        change(event, unit, (task) => {
          const { bodies, lead, dueOn } = event.data
          const tokens = tokensOf({ ...task, bodies })
          return { bodies, lead: lead.name, leadAssumed: lead.assumed, dueOn, tokens }
        }),
      ProgressReported: (event, unit) =>
        change(event, unit, () => ({
          state: 'in-progress',
          progressPercent: event.data.percent,
          lastProgress: event.data.note,
        })),
      EvidenceAttached: (event, unit) =>
        change(event, unit, ({ evidence }) => ({ state: 'in-progress', evidence: evidence + 1 })),
      TaskCompleted: (event, unit) =>
        change(event, unit, () => ({ state: 'completed', progressPercent: 100, lastProgress: event.data.note })),
      TaskReopened: (event, unit) =>
        change(event, unit, () => ({ state: 'in-progress', lastProgress: event.data.reason })),
    }),
    on(planEvents, {
      ItemCorrected: async (event, unit) => {
        const { comprehensiveInspection } = event.data.changes
        if (comprehensiveInspection === undefined) return
        const taskId = taskIdOf(streamOf(event).id, event.data.itemId)
        const task = await unit.get<TaskDocument>(TASKS, taskId)
        if (task !== undefined) put(unit, { ...task, comprehensiveInspection })
      },
    }),
    on(inbox, {
      VisitRecorded: async ({ data }, unit) => {
        if (data.taskId === null) return
        await link(unit, {
          office: data.office,
          taskId: data.taskId,
          kind: 'visit',
          id: data.visitId,
          schoolName: data.schoolName,
          title: '',
          on: data.visitedOn,
          negatives: data.negatives,
          state: 'recorded',
        })
      },
      CampaignClosed: ({ data }, unit) => {
        const { office, taskId, campaignId, title, type, closedOn } = data
        if (taskId === null || type !== 'comprehensive') return
        unit.put(INSPECTIONS, campaignId, { office, taskId, campaignId, title, closedOn } satisfies HeldInspection)
      },
      ProblemOpened: ({ data }, unit) => linkProblem(unit, data, data.openedOn, 'open'),
      ProblemRebounded: ({ data }, unit) => linkProblem(unit, data, data.reboundedOn, 'rebounded'),
      ProblemCancelled: ({ data }, unit) => linkProblem(unit, data, null, 'cancelled'),
    }),
  ],
)

interface ToldProblem {
  readonly office: string
  readonly problemId: string
  readonly taskId: string | null
  readonly schoolName: string
  readonly title: string
}

/** Links the problem to the task it names, and says of all its links how it stands. `on`: null where nothing new is linked. */
async function linkProblem(
  unit: UnitOfWork,
  { office, problemId, taskId, schoolName, title }: ToldProblem,
  on: string | null,
  state: 'open' | 'cancelled' | 'rebounded',
): Promise<void> {
  const known = await unit.get<LinkedTasks>(PROBLEMS, problemId)
  const taskIds = [...new Set([...(known?.taskIds ?? []), ...(taskId === null || on === null ? [] : [taskId])])]
  if (taskIds.length === 0) return
  unit.put(PROBLEMS, problemId, { taskIds } satisfies LinkedTasks)
  for (const id of taskIds) {
    const linked = await unit.get<LinkDocument>(LINKS, `${id}:problem:${problemId}`)
    if (linked !== undefined && linked.office !== office) continue
    if (linked === undefined && on === null) continue
    const first = {
      office,
      taskId: id,
      kind: 'problem',
      id: problemId,
      schoolName,
      title,
      on: on ?? '',
      negatives: 0,
    } as const
    await link(unit, { ...(linked ?? first), state })
  }
}

/** Adds the link or brings it up to date, and counts it on the task. Another office's task is left alone. */
async function link(unit: UnitOfWork, document: LinkDocument): Promise<void> {
  const task = await unit.get<TaskDocument>(TASKS, document.taskId)
  if (task?.office !== document.office) return
  const id = `${document.taskId}:${document.kind}:${document.id}`
  const known = await unit.get<LinkDocument>(LINKS, id)
  unit.put(LINKS, id, document)
  const added = known === undefined ? 1 : 0
  const opened = (isOpen(document) ? 1 : 0) - (isOpen(known) ? 1 : 0)
  put(unit, {
    ...task,
    linkedVisits: task.linkedVisits + (document.kind === 'visit' ? added : 0),
    linkedProblems: task.linkedProblems + (document.kind === 'problem' ? added : 0),
    openProblems: task.openProblems + opened,
  })
}

function isOpen(linked: LinkDocument | undefined): boolean {
  return linked?.state === 'open' || linked?.state === 'rebounded'
}

async function change(
  event: Decoded<TaskEvent>,
  unit: UnitOfWork,
  changed: (task: TaskDocument) => Partial<TaskDocument>,
): Promise<void> {
  const task = await unit.get<TaskDocument>(TASKS, streamOf(event).id)
  if (task !== undefined) put(unit, { ...task, ...changed(task), version: event.envelope.version })
}

function put(unit: UnitOfWork, task: TaskDocument): void {
  unit.put(TASKS, task.taskId, task)
}

function tokensOf(task: { readonly title: string; readonly text: string; readonly bodies: readonly Body[] }): string[] {
  const names = task.bodies.map(({ name }) => name)
  return [...searchTokens(task.title, task.text, ...names), ...names.map(bodyToken)]
}
