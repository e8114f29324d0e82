import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import { freshnessAt, LookBackQuery, pageWithPast, type ViewsOverTime, viewAt } from '@dulian/history/http'
import { type DataScope, inScope, PageQuery, query, scopedWhere, versioned } from '@dulian/http-kit'
import type { Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ChecklistEdition } from '../../checklist/checklist-item.ts'
import { inspectionsError } from '../../errors.ts'
import { Answer, Signature } from '../../visit/events.ts'
import type { VisitViews } from './queries.ts'
import type { VisitDocument } from './visit-document.ts'

const VisitState = z.enum(['scheduled', 'started', 'recorded', 'cancelled', 'missed'])
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const shared = {
  visitId: z.string(),
  office: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  supervisorId: z.string(),
  supervisorName: z.string(),
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  scheduledFor: z.string(),
  visitedOn: z.string().nullable(),
  state: VisitState,
  checklistId: z.string(),
  checklistTitle: z.string(),
  items: z.number().int(),
  negatives: z.number().int(),
  taskId: z.string().nullable(),
  version: z.number().int(),
}

export const VisitSummary = z.object({
  ...shared,
  /** How many findings it led to. */
  findings: z.number().int(),
  /** How many of them nobody has decided on yet. */
  findingsToDecide: z.number().int(),
})

export const VisitDetail = z.object({
  ...shared,
  startedAt: z.string().nullable(),
  checklist: ChecklistEdition,
  answers: z.array(Answer),
  signatures: z.object({ supervisor: Signature, school: Signature }).nullable(),
  findings: z.array(
    z.object({
      findingId: z.string(),
      itemCode: z.string(),
      itemTitle: z.string(),
      clause: z.string().nullable(),
      description: z.string(),
      severity: FindingSeverity,
      evidence: z.array(EvidenceRef),
      state: z.enum(['proposed', 'confirmed', 'dismissed']),
      reason: z.string().nullable(),
    }),
  ),
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

export function visitViewRoutes(app: FastifyInstance, { visits, past }: { visits: VisitViews; past: ViewsOverTime }) {
  query(app, {
    url: '/visits',
    permission: 'visit.read',
    summary: '进校督查列表',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      ...LookBackQuery,
      month: Month.optional(),
      schoolId: z.uuid().optional(),
      supervisorId: z.uuid().optional(),
      zoneId: z.uuid().optional(),
      taskId: z.uuid().optional(),
      state: VisitState.optional(),
    }),
    answer: pageWithPast(VisitSummary),
    freshness: ({ query: days }) => freshnessAt(past, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past, { asOf, validOn })
      const where = scopedWhere(scope, schoolSeesRecorded(scope, filters))
      const page = await visits.listVisits(where, { limit, cursor }, view)
      const items = page.items.map(summaryOf)
      return { items, nextCursor: page.nextCursor, lookedBack }
    },
  })

  query(app, {
    url: '/visits/:id',
    permission: 'visit.read',
    summary: '一次进校督查',
    tags: ['督导检查'],
    params: z.object({ id: z.uuid() }),
    answer: VisitDetail,
    freshness: () => visits.view,
    handle: async ({ params, scope }) => {
      const visit = await visits.findVisit(scope.office, params.id)
      if (visit === undefined || !isVisible(scope, visit)) throw inspectionsError('VISIT_NOT_FOUND')
      return versioned(detailOf(visit), visit.version)
    },
  })
}

/** A school hears of a visit when its record is there, not while it is being planned. */
export function schoolSeesRecorded(scope: DataScope, filters: Where): Where {
  if (scope.kind !== 'school') return filters
  const { state } = filters
  return { ...filters, state: state === undefined || state === 'recorded' ? 'recorded' : { in: [] } }
}

export function isVisible(scope: DataScope, visit: VisitDocument): boolean {
  const { office, schoolId, supervisorId, zoneId } = visit
  if (!inScope(scope, { office, schoolId, supervisorId, zoneId })) return false
  return scope.kind !== 'school' || visit.state === 'recorded'
}

function sharedOf(visit: VisitDocument) {
  return {
    visitId: visit.visitId,
    office: visit.office,
    schoolId: visit.schoolId,
    schoolName: visit.schoolName,
    supervisorId: visit.supervisorId,
    supervisorName: visit.supervisorName,
    zoneId: visit.zoneId,
    zoneName: visit.zoneName,
    scheduledFor: visit.scheduledFor,
    visitedOn: visit.visitedOn,
    state: visit.state,
    checklistId: visit.checklist.checklistId,
    checklistTitle: visit.checklist.title,
    items: visit.items,
    negatives: visit.negatives,
    taskId: visit.taskId,
    version: visit.version,
  }
}

function summaryOf(visit: VisitDocument): z.infer<typeof VisitSummary> {
  return {
    ...sharedOf(visit),
    findings: visit.findings.length,
    findingsToDecide: visit.findings.filter(({ state }) => state === 'proposed').length,
  }
}

function detailOf(visit: VisitDocument): z.infer<typeof VisitDetail> {
  return {
    ...sharedOf(visit),
    startedAt: visit.startedAt,
    checklist: visit.checklist,
    answers: [...visit.answers],
    signatures: visit.signatures,
    findings: [...visit.findings],
    timeline: [...visit.timeline],
  }
}
