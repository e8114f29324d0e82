import { chinaDate, InputDay } from '@dulian/calendar'
import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import type { CommandContext, Streams } from '@dulian/event-sourcing'
import { type FileStore, keptFile } from '@dulian/files'
import { command, type DataScope, type Identity, newStreamId, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { chooseChecklist, requireListFor } from '../checklist/choose-checklist.ts'
import type { ChecklistEvent } from '../checklist/events.ts'
import type { Checklist } from '../checklist/state.ts'
import { inspectionsError } from '../errors.ts'
import type { KnownSchools } from '../views/known-schools/queries.ts'
import type { Recusals } from '../views/recusals/queries.ts'
import {
  cancelVisit,
  confirmFinding,
  dismissFinding,
  recordQuickVisit,
  recordVisit,
  scheduleVisit,
  startVisit,
} from './decide.ts'
import type { Person, Signature, VisitEvent, VisitScheduled } from './events.ts'
import type { GivenAnswer } from './record.ts'
import type { Visit } from './state.ts'

const Id = z.object({ id: z.uuid() })
const FindingPath = z.object({ id: z.uuid(), findingId: z.uuid() })

/** An item left open is let through here, so that the refusal can name it. */
const GivenAnswers = z
  .array(
    z.object({
      code: z.string().min(1).max(32),
      answer: z.enum(['yes', 'no', 'not-applicable']).nullish(),
      note: z.string().max(2000).nullish(),
      evidence: z.array(EvidenceRef).max(20).default([]),
    }),
  )
  .max(200)

const GivenSignature = z.object({
  name: z.string().trim().min(1).max(50),
  signedAt: z.iso.datetime(),
  image: EvidenceRef.nullish(),
})
const Signatures = z.object({ supervisor: GivenSignature, school: GivenSignature })

const Record = z.object({ visitedOn: InputDay, answers: GivenAnswers, signatures: Signatures })
const QuickVisit = Record.extend({
  /** Chosen by the phone, so that a record rebuilt from its outbox still is the same visit. */
  visitId: z.uuid().optional(),
  schoolId: z.uuid(),
  checklistId: z.uuid().optional(),
  /** The edition the phone had; the one in use when absent. */
  checklistEdition: z.number().int().positive().optional(),
  startedAt: z.iso.datetime().optional(),
  taskId: z.uuid().nullish(),
})

export interface VisitRoutesOptions {
  readonly visits: Streams<Visit, VisitEvent>
  readonly checklists: Streams<Checklist, ChecklistEvent>
  readonly schools: KnownSchools
  readonly files: FileStore
  readonly recusals: Recusals
}

/** Commands on visits and their findings. */
export function visitRoutes(app: FastifyInstance, options: VisitRoutesOptions) {
  const { visits, checklists, schools, files, recusals } = options
  /** The visit, if it exists for this person. */
  const visitInScope = async (id: string, context: CommandContext, scope: DataScope): Promise<VisitScheduled> => {
    const { state } = await visits.get(context.office, id)
    if (state.stage === 'none') throw inspectionsError('VISIT_NOT_FOUND')
    const { zoneId, schoolId, supervisorId } = state.plan
    requireInScope(scope, { office: context.office, zoneId, schoolId, supervisorId })
    return state.plan
  }

  command(app, {
    url: '/visits',
    permission: 'visit.schedule',
    summary: '安排进校督查',
    tags: ['督导检查'],
    precondition: 'new',
    body: z.object({
      schoolId: z.uuid(),
      supervisorId: z.uuid(),
      scheduledFor: InputDay,
      checklistId: z.uuid().optional(),
      taskId: z.uuid().nullish(),
    }),
    handle: async ({ body, context, identity, scope, expected }) => {
      const { office } = context
      const school = await schools.getSchool(office, body.schoolId)
      if (scope.kind === 'zone' && school.zoneId !== scope.value) throw inspectionsError('SCHOOL_NOT_FOUND')
      const supervisor = await schools.getSupervisor(office, body.supervisorId)
      if (body.taskId != null) await schools.getTask(office, body.taskId)
      const facts = await recusals.factsOf(office, body.supervisorId, body.schoolId)
      const checklist = await chooseChecklist(checklists, {
        office,
        school,
        day: body.scheduledFor,
        checklistId: body.checklistId,
      })
      requireListFor(checklist, school)
      return await visits.execute(newStreamId(context), context, {
        expected,
        decide: (state) =>
          scheduleVisit(
            {
              recusals: facts,
              school,
              supervisor,
              checklist,
              scheduledFor: body.scheduledFor,
              taskId: body.taskId ?? null,
              by: personOf(identity),
              today: chinaDate(context.at),
            },
            state,
          ),
      })
    },
  })

  command(app, {
    url: '/visits/quick',
    permission: 'visit.record',
    summary: '提交一次未预先安排的进校督查',
    description: '安排、到校、提交记录一次完成。手机离线后重发同一记录只生成一次督查。',
    tags: ['督导检查'],
    precondition: 'new',
    body: QuickVisit,
    handle: async ({ body, context, identity, scope }) => {
      const { office } = context
      if (scope.kind !== 'supervisor' || scope.value === undefined) throw inspectionsError('VISIT_SUPERVISOR_UNKNOWN')
      const supervisor = await schools.getSupervisor(office, scope.value)
      const school = await schools.getSchool(office, body.schoolId)
      if (body.taskId != null) await schools.getTask(office, body.taskId)
      const facts = await recusals.factsOf(office, scope.value, body.schoolId)
      // Whatever list was answered on site is kept: a record is never lost to a list that was meant for others.
      const checklist = await chooseChecklist(checklists, {
        office,
        school,
        day: body.visitedOn,
        checklistId: body.checklistId,
        edition: body.checklistEdition,
      })
      const visitId = body.visitId ?? newStreamId(context)
      const record = await recordOf(body, context, files)
      return await visits.execute(visitId, context, {
        decide: (state) =>
          recordQuickVisit(
            {
              visitId,
              school,
              supervisor,
              checklist,
              postings: school.postings,
              recusals: facts,
              taskId: body.taskId ?? null,
              startedAt: body.startedAt ?? context.at,
              by: personOf(identity),
              ...record,
            },
            state,
          ),
      })
    },
  })

  command(app, {
    url: '/visits/:id/start',
    permission: 'visit.record',
    summary: '到校开始督查',
    tags: ['督导检查'],
    precondition: 'none',
    params: Id,
    body: z.object({ at: z.iso.datetime().optional() }).default({}),
    handle: async ({ params, body, context, scope }) => {
      await visitInScope(params.id, context, scope)
      return await visits.execute(params.id, context, {
        decide: (state) => startVisit({ at: body.at ?? context.at }, state),
      })
    },
  })

  command(app, {
    url: '/visits/:id/record',
    permission: 'visit.record',
    summary: '提交督查记录',
    tags: ['督导检查'],
    precondition: 'none',
    params: Id,
    body: Record,
    handle: async ({ params, body, context, scope }) => {
      const { supervisorId, schoolId } = await visitInScope(params.id, context, scope)
      const record = await recordOf(body, context, files)
      const facts = await recusals.factsOf(context.office, supervisorId, schoolId)
      return await visits.execute(params.id, context, {
        decide: (state) => recordVisit({ visitId: params.id, ...record, recusals: facts }, state),
      })
    },
  })

  command(app, {
    url: '/visits/:id/cancel',
    permission: 'visit.schedule',
    summary: '取消督查',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await visitInScope(params.id, context, scope)
      const cancel = { reason: body.reason, by: personOf(identity) }
      return await visits.execute(params.id, context, { expected, decide: (state) => cancelVisit(cancel, state) })
    },
  })

  command(app, {
    url: '/visits/:id/findings/:findingId/confirm',
    permission: 'finding.decide',
    summary: '确认发现的问题，转入整改',
    tags: ['督导检查'],
    precondition: 'none',
    params: FindingPath,
    body: z.object({ severity: FindingSeverity, description: z.string().trim().min(1).max(2000).nullish() }),
    handle: async ({ params, body, context, identity, scope }) => {
      await visitInScope(params.id, context, scope)
      return await visits.execute(params.id, context, {
        decide: (state) =>
          confirmFinding(
            {
              findingId: params.findingId,
              severity: body.severity,
              description: body.description ?? null,
              at: context.at,
              by: personOf(identity),
            },
            state,
          ),
      })
    },
  })

  command(app, {
    url: '/visits/:id/findings/:findingId/dismiss',
    permission: 'finding.decide',
    summary: '不采纳发现的问题',
    tags: ['督导检查'],
    precondition: 'none',
    params: FindingPath,
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    handle: async ({ params, body, context, identity, scope }) => {
      await visitInScope(params.id, context, scope)
      return await visits.execute(params.id, context, {
        decide: (state) =>
          dismissFinding({ findingId: params.findingId, reason: body.reason, by: personOf(identity) }, state),
      })
    },
  })
}

function personOf({ subject, name }: Identity): Person {
  return { subject, name }
}

/** The record as it came in, its evidence held against the file store. */
async function recordOf(body: z.infer<typeof Record>, context: CommandContext, files: FileStore) {
  const owner = { office: context.office, service: 'inspections' }
  const signed = async (who: 'supervisor' | 'school'): Promise<Signature> => {
    const { name, signedAt, image } = body.signatures[who]
    const kept = image == null ? null : await keptFile(files, owner, image, `/signatures/${who}/image`)
    return { name, signedAt, image: kept }
  }
  const answers: GivenAnswer[] = []
  for (const [place, { code, answer, note, evidence }] of body.answers.entries()) {
    const kept: EvidenceRef[] = []
    for (const [number, reference] of evidence.entries()) {
      kept.push(await keptFile(files, owner, reference, `/answers/${place}/evidence/${number}`))
    }
    answers.push({ code, answer: answer ?? null, note: note ?? null, evidence: kept })
  }
  return {
    visitedOn: body.visitedOn,
    answers,
    signatures: { supervisor: await signed('supervisor'), school: await signed('school') },
    today: chinaDate(context.at),
  }
}
