import { chinaDate } from '@dulian/calendar'
import { EvidenceRef, Id } from '@dulian/contracts'
import { type Decoded, eventSourcingError } from '@dulian/event-sourcing'
import { freshnessAt, LookBackQuery, pageWithPast, viewAt } from '@dulian/history/http'
import {
  type DataScope,
  HistoryEntry,
  historyOf,
  inScope,
  linesOf,
  PageQuery,
  query,
  versioned,
} from '@dulian/http-kit'
import { findAll, queryTokens, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Office } from '../../office.ts'
import { Body } from '../../plan/bodies.ts'
import { describeTaskEvent } from '../../task/describe.ts'
import type { TaskEvent } from '../../task/events.ts'
import { bodyToken } from '../body-token.ts'
import { LINKS, type LinkDocument, TASKS, type TaskDocument } from './projection.ts'

const State = z.enum(['assigned', 'in-progress', 'completed'])
const TaskAnswer = z.object({
  taskId: z.string(),
  planId: z.string(),
  planTitle: z.string(),
  itemId: z.string(),
  order: z.number().int(),
  itemPath: z.string(),
  title: z.string(),
  text: z.string(),
  bodies: z.array(Body),
  lead: z.string(),
  /** The document names no lead; the platform proposed one. */
  leadAssumed: z.boolean(),
  dueOn: z.string(),
  overdue: z.boolean(),
  comprehensiveInspection: z.boolean(),
  state: State,
  progressPercent: z.number().int(),
  lastProgress: z.string().nullable(),
  evidence: z.number().int(),
  linkedVisits: z.number().int(),
  linkedProblems: z.number().int(),
  openProblems: z.number().int(),
  version: z.number().int(),
})
const TaskRecord = TaskAnswer.omit({ evidence: true }).extend({
  timeline: z.array(HistoryEntry),
  evidence: z.array(
    z.object({ evidence: EvidenceRef, note: z.string().nullable(), at: z.string(), actor: z.string() }),
  ),
  linked: z.object({
    visits: z.array(
      z.object({
        visitId: z.string(),
        schoolName: z.string(),
        visitedOn: z.string(),
        negatives: z.number().int(),
      }),
    ),
    problems: z.array(
      z.object({
        problemId: z.string(),
        title: z.string(),
        schoolName: z.string(),
        openedOn: z.string(),
        state: z.string(),
      }),
    ),
  }),
})

/** Reading tasks. A body's liaison sees those its body takes part in. */
export function taskViewRoutes(app: FastifyInstance, office: Office): void {
  const { tasksView, past } = office
  const tags = ['任务']
  const today = (): string => chinaDate(office.clock.now())

  query(app, {
    url: '/tasks',
    tags,
    permission: 'plan.read',
    summary: '任务列表',
    query: PageQuery.extend({
      ...LookBackQuery,
      planId: Id.optional(),
      state: State.optional(),
      body: z.string().max(200).optional(),
      q: z.string().max(100).optional(),
      overdue: z.enum(['true', 'false']).optional(),
    }),
    answer: pageWithPast(TaskAnswer),
    freshness: ({ query: days }) => freshnessAt(past.tasks, days),
    handle: async ({ query: { limit, cursor, planId, state, body, q, overdue, ...days }, scope }) => {
      const { view, day, lookedBack } = viewAt(past.tasks, days)
      const tokens = [
        ...(scope.kind === 'office' ? [] : [ownBody(scope)]),
        ...(body === undefined ? [] : [bodyToken(body)]),
        ...(q === undefined ? [] : queryTokens(q)),
      ]
      if (overdue === 'true' && state === 'completed') return { items: [], lookedBack }
      const where: Where = {
        office: scope.office,
        ...(planId === undefined ? {} : { planId }),
        ...(state === undefined ? {} : { state }),
        ...(overdue === 'true' ? { dueOn: { lt: day } } : {}),
        ...(overdue === 'true' && state === undefined ? { state: { not: 'completed' } } : {}),
        ...(tokens.length === 0 ? {} : { tokens: { all: tokens } }),
      }
      const page = await view.find<TaskDocument>(TASKS, {
        where,
        sort: planId === undefined ? [['dueOn', 'asc']] : [['order', 'asc']],
        limit,
        cursor,
      })
      return {
        items: page.items.map(({ document }) => answerOf(document, day)),
        nextCursor: page.nextCursor,
        lookedBack,
      }
    },
  })

  query(app, {
    url: '/tasks/:id',
    tags,
    permission: 'plan.read',
    summary: '一项任务及其进展、印证材料和关联工作',
    params: z.object({ id: Id }),
    answer: TaskRecord,
    freshness: () => tasksView,
    handle: async ({ params, scope }) => {
      const document = (await tasksView.get<TaskDocument>(TASKS, params.id))?.document
      if (document === undefined || !inScope(scope, { office: document.office, bodies: namesOf(document) })) {
        throw eventSourcingError('STREAM_NOT_FOUND')
      }
      const [events, links] = await Promise.all([
        office.tasks.history(scope.office, params.id),
        findAll<LinkDocument>(tasksView, LINKS, {
          where: { office: scope.office, taskId: params.id },
          sort: [
            ['kind', 'asc'],
            ['on', 'asc'],
          ],
        }),
      ])
      const { evidence: _, ...head } = answerOf(document, today())
      const answer = {
        ...head,
        timeline: historyOf(linesOf(events, describeTaskEvent)),
        evidence: evidenceOf(events),
        linked: {
          visits: links
            .filter(({ kind }) => kind === 'visit')
            .map(({ id, schoolName, on, negatives }) => ({ visitId: id, schoolName, visitedOn: on, negatives })),
          problems: links
            .filter(({ kind }) => kind === 'problem')
            .map(({ id, title, schoolName, on, state }) => ({
              problemId: id,
              title,
              schoolName,
              openedOn: on,
              state,
            })),
        },
      }
      return versioned(answer, document.version)
    },
  })
}

/** The tasks somebody sees. */
export function tasksWithin(scope: DataScope): Where {
  return { office: scope.office, ...(scope.kind === 'office' ? {} : { tokens: { all: [ownBody(scope)] } }) }
}

/** What a scope narrower than the office is held to; anything but a body takes part in no task. */
function ownBody(scope: DataScope): string {
  return bodyToken(scope.kind === 'body' ? (scope.value ?? '') : '')
}

function namesOf(document: TaskDocument): string[] {
  return document.bodies.map(({ name }) => name)
}

function answerOf(document: TaskDocument, today: string): z.infer<typeof TaskAnswer> {
  const { tokens: _, office: __, bodies, ...task } = document
  return { ...task, bodies: [...bodies], overdue: task.state !== 'completed' && task.dueOn < today }
}

function evidenceOf(events: readonly Decoded<TaskEvent>[]): z.infer<typeof TaskRecord>['evidence'] {
  return events.flatMap((event) =>
    event.type === 'EvidenceAttached'
      ? [{ ...event.data, at: event.envelope.time, actor: event.envelope.meta.actor }]
      : [],
  )
}
