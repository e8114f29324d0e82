import { chinaDate } from '@dulian/calendar'
import { EvidenceRef } from '@dulian/contracts'
import { type CommandContext, deterministicId, type Streams } from '@dulian/event-sourcing'
import { type FileStore, keptFile } from '@dulian/files'
import { command, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ChecklistEvent } from '../checklist/events.ts'
import type { Checklist } from '../checklist/state.ts'
import { inspectionsError } from '../errors.ts'
import type { KnownSchools } from '../views/known-schools/queries.ts'
import type { GivenAnswer } from '../visit/record.ts'
import { returnSelfCheck, submitSelfCheck } from './decide.ts'
import { Period, type SelfCheckEvent } from './events.ts'
import { openSelfChecks } from './open-self-checks.ts'
import { listOf, listToOpenWith } from './self-check-list.ts'
import type { SelfCheck } from './state.ts'

const Id = z.object({ id: z.uuid() })

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

export interface SelfCheckRoutesOptions {
  readonly selfChecks: Streams<SelfCheck, SelfCheckEvent>
  readonly checklists: Streams<Checklist, ChecklistEvent>
  readonly schools: KnownSchools
  readonly files: FileStore
}

/** Commands on 学校自查. */
export function selfCheckRoutes(app: FastifyInstance, options: SelfCheckRoutesOptions) {
  const { selfChecks, checklists, schools, files } = options

  command(app, {
    url: '/self-checks/open',
    permission: 'bulletin.manage',
    summary: '开启本月学校自查',
    description: '向全部在办学校、幼儿园和校外培训机构开启；已经开启的不会重复。',
    tags: ['督导检查'],
    precondition: 'none',
    body: z.object({ period: Period.optional(), checklistId: z.uuid().optional() }).default({}),
    answer: z.object({ opened: z.number().int(), schools: z.number().int() }),
    handle: async ({ body, context, identity }) => {
      const { office } = context
      const today = chinaDate(context.at)
      const period = body.period ?? today.slice(0, 7)
      if (period > today.slice(0, 7)) throw inspectionsError('PERIOD_IN_FUTURE', { period }, { pointer: '/period' })
      const checklistFor = await listToOpenWith(checklists, office, today, body.checklistId)
      const all = await schools.listSchools({ office, status: 'open' })
      const by = { subject: identity.subject, name: identity.name }
      const done = await openSelfChecks(selfChecks, context, {
        period,
        schools: all,
        checklistFor,
        openedOn: today,
        by,
      })
      if (done.position === undefined) throw inspectionsError('PERIOD_WITHOUT_SCHOOLS')
      const id = deterministicId('self-checks', office, period)
      return { id, version: 1, position: done.position, opened: done.opened, schools: all.length }
    },
  })

  command(app, {
    url: '/self-checks/:id/submit',
    permission: 'self-check.submit',
    summary: '提交学校自查',
    tags: ['督导检查'],
    precondition: 'none',
    params: Id,
    body: z.object({ answers: GivenAnswers, statement: z.string().max(4000).default('') }),
    handle: async ({ params, body, context, identity, scope }) => {
      const { office } = context
      const { state } = await selfChecks.get(office, params.id)
      if (state.stage === 'none') throw inspectionsError('SELF_CHECK_NOT_FOUND')
      const { opened } = state
      requireInScope(scope, { office, schoolId: opened.schoolId, zoneId: opened.zoneId })
      const checklist = await listOf(checklists, office, opened)
      const answers = await keptAnswers(body.answers, context, files)
      const by = { subject: identity.subject, name: identity.name }
      const submit = { answers, statement: body.statement, checklist, by, today: chinaDate(context.at) }
      return await selfChecks.execute(params.id, context, { decide: (current) => submitSelfCheck(submit, current) })
    },
  })

  command(app, {
    url: '/self-checks/:id/return',
    permission: 'finding.decide',
    summary: '退回学校自查',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      const { office } = context
      const { state } = await selfChecks.get(office, params.id)
      if (state.stage === 'none') throw inspectionsError('SELF_CHECK_NOT_FOUND')
      const { schoolId, zoneId } = state.opened
      requireInScope(scope, { office, schoolId, zoneId })
      const by = { subject: identity.subject, name: identity.name }
      const sentBack = { reason: body.reason, by, today: chinaDate(context.at) }
      return await selfChecks.execute(params.id, context, {
        expected,
        decide: (current) => returnSelfCheck(sentBack, current),
      })
    },
  })
}

/** The answers as they came in, their evidence held against the file store. */
async function keptAnswers(
  given: z.infer<typeof GivenAnswers>,
  context: CommandContext,
  files: FileStore,
): Promise<GivenAnswer[]> {
  const owner = { office: context.office, service: 'inspections' }
  const answers: GivenAnswer[] = []
  for (const [place, { code, answer, note, evidence }] of given.entries()) {
    const kept: EvidenceRef[] = []
    for (const [number, reference] of evidence.entries()) {
      kept.push(await keptFile(files, owner, reference, `/answers/${place}/evidence/${number}`))
    }
    answers.push({ code, answer: answer ?? null, note: note ?? null, evidence: kept })
  }
  return answers
}
