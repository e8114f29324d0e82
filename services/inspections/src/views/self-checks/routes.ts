import type { Streams } from '@dulian/event-sourcing'
import { freshnessAt, LookBackQuery, pageWithPast, type ViewsOverTime, viewAt } from '@dulian/history/http'
import { type DataScope, inScope, PageQuery, query, scopedWhere, versioned } from '@dulian/http-kit'
import type { Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ChecklistItem } from '../../checklist/checklist-item.ts'
import type { ChecklistEvent } from '../../checklist/events.ts'
import type { Checklist } from '../../checklist/state.ts'
import { inspectionsError } from '../../errors.ts'
import { Period, type SelfCheckEvent } from '../../self-check/events.ts'
import { listOf } from '../../self-check/self-check-list.ts'
import type { SelfCheck } from '../../self-check/state.ts'
import { Answer } from '../../visit/events.ts'
import type { KnownSchools } from '../known-schools/queries.ts'
import { selfCheckViews } from './queries.ts'
import type { SelfCheckDocument } from './self-check-document.ts'

const SelfCheckState = z.enum(['opened', 'submitted', 'returned'])

const shared = {
  selfCheckId: z.string(),
  office: z.string(),
  period: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  kind: z.string(),
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  checklistTitle: z.string(),
  openedOn: z.string(),
  dueOn: z.string(),
  state: SelfCheckState,
  negatives: z.number().int(),
  submittedOn: z.string().nullable(),
  submittedBy: z.string().nullable(),
  /** Handed in after its due day. */
  late: z.boolean(),
  returnReason: z.string().nullable(),
  version: z.number().int(),
}
export const SelfCheckSummary = z.object(shared)
export const SelfCheckDetail = z.object({
  ...shared,
  items: z.array(ChecklistItem),
  answers: z.array(Answer),
  statement: z.string().nullable(),
  timeline: z.array(
    z.object({
      event: z.string(),
      title: z.string(),
      at: z.string(),
      actor: z.string(),
      actorName: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
})

export interface SelfCheckViewOptions {
  readonly past: ViewsOverTime
  readonly schools: KnownSchools
  readonly selfChecks: Streams<SelfCheck, SelfCheckEvent>
  readonly checklists: Streams<Checklist, ChecklistEvent>
}

export function selfCheckViewRoutes(app: FastifyInstance, options: SelfCheckViewOptions) {
  const { past, schools, selfChecks, checklists } = options
  const views = selfCheckViews(past.live)

  query(app, {
    url: '/self-checks',
    permission: 'visit.read',
    summary: '学校自查列表',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      ...LookBackQuery,
      period: Period.optional(),
      state: SelfCheckState.optional(),
      zoneId: z.uuid().optional(),
      schoolId: z.uuid().optional(),
    }),
    answer: pageWithPast(SelfCheckSummary),
    freshness: ({ query: days }) => freshnessAt(past, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past, { asOf, validOn })
      const where = await checksInSight(scope, filters, schools)
      const page = await selfCheckViews(view).pageOfSelfChecks(where, { limit, cursor })
      return { items: page.items.map(summaryOf), nextCursor: page.nextCursor, lookedBack }
    },
  })

  query(app, {
    url: '/self-checks/:id',
    permission: 'visit.read',
    summary: '一份学校自查',
    tags: ['督导检查'],
    params: z.object({ id: z.uuid() }),
    answer: SelfCheckDetail,
    freshness: () => views.view,
    handle: async ({ params, scope }) => {
      const check = await views.findSelfCheck(scope.office, params.id)
      if (check === undefined || !(await isInSight(scope, check, schools)))
        throw inspectionsError('SELF_CHECK_NOT_FOUND')
      const { answers, statement, timeline } = check
      const { state } = await selfChecks.get(scope.office, params.id)
      if (state.stage === 'none') throw inspectionsError('SELF_CHECK_NOT_FOUND')
      const { items } = await listOf(checklists, scope.office, state.opened)
      return versioned(
        { ...summaryOf(check), items: [...items], answers: [...answers], statement, timeline: [...timeline] },
        check.version,
      )
    },
  })
}

/** A supervisor sees the self-checks of the schools posted to him now; everybody else by zone, school or office. */
export async function checksInSight(scope: DataScope, filters: Where, schools: KnownSchools): Promise<Where> {
  if (scope.kind !== 'supervisor') return scopedWhere(scope, filters)
  const mine = await schools.listSchools({ office: scope.office, supervisorId: scope.value ?? '\u0001' })
  const asked = filters.schoolId
  const ids = mine.map(({ schoolId }) => schoolId).filter((id) => asked === undefined || id === asked)
  return { ...filters, office: scope.office, schoolId: { in: ids } }
}

export async function isInSight(scope: DataScope, check: SelfCheckDocument, schools: KnownSchools): Promise<boolean> {
  const { office, schoolId, zoneId } = check
  if (scope.kind !== 'supervisor') return inScope(scope, { office, schoolId, zoneId })
  const school = await schools.findSchool(office, schoolId)
  return inScope(scope, { office, schoolId, zoneId, supervisorId: school?.supervisorId })
}

function summaryOf(check: SelfCheckDocument): z.infer<typeof SelfCheckSummary> {
  const { checklist, items: _, answers: __, statement: ___, timeline: ____, ...rest } = check
  return { ...rest, checklistTitle: checklist.title }
}
