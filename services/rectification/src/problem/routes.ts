import { type Calendar, chinaDate, InputDay } from '@dulian/calendar'
import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import { eventSourcingError, type Streams } from '@dulian/event-sourcing'
import { type FileStore, keptFile } from '@dulian/files'
import { command, type Identity, newStreamId } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { NumberRegister } from '../document-register/document-register.ts'
import { rectificationError } from '../errors.ts'
import { issueNotice } from '../policies/issue-notice-when-problem-urged.ts'
import { reCheckAfter } from '../policies/schedule-re-check-when-problem-cancelled.ts'
import { urgingLevelAt } from '../rules/aftercare-rules.ts'
import type { UrgingNoticeEvent } from '../urging-notice/events.ts'
import { noticeText } from '../urging-notice/notice-text.ts'
import type { UrgingNotice } from '../urging-notice/state.ts'
import type { ProblemViews } from '../views/problems/queries.ts'
import type { LabelledSchool } from '../views/problems/school-labels.ts'
import {
  type Actor,
  cancelProblem,
  extendDeadline,
  personOf,
  reportRectification,
  returnRectification,
  urgeProblem,
  verifyRectification,
} from './decide.ts'
import { type Ground, type ProblemEvent, ProblemSource } from './events.ts'
import { openOrReopen } from './open-or-reopen.ts'
import { problemsInScope } from './problem-in-scope.ts'
import type { Problem } from './state.ts'

const Id = z.object({ id: z.uuid() })
const Text = z.string().trim().min(1).max(4000)
const Evidence = z.array(EvidenceRef).max(50).default([])
const Title = z.string().trim().min(1).max(200)

/** Where it comes from, as a person fills it in. */
export const GivenSource = z.object({
  kind: ProblemSource.shape.kind,
  title: Title,
  level: ProblemSource.shape.level,
  year: z.number().int().min(2000).max(2100),
  documentNumber: z.string().trim().max(100).nullish(),
})

/** What a person fills in about one problem, whatever it comes from. */
export const GivenProblem = z.object({
  schoolId: z.uuid(),
  title: Title,
  description: Text,
  severity: FindingSeverity,
  /** 责任部门: the member body that answers beside the school. */
  body: z.string().trim().min(1).max(100).nullish(),
  /** 对应条目、依据条款: by them a rebound is recognised. */
  itemCode: z.string().trim().max(40).nullish(),
  itemTitle: z.string().trim().max(200).nullish(),
  clause: z.string().trim().max(200).nullish(),
})

export function groundOf({ itemCode, itemTitle, clause }: z.infer<typeof GivenProblem>): Ground {
  return { itemCode: itemCode || null, itemTitle: itemTitle || null, clause: clause || null }
}

export interface ProblemRoutesOptions {
  readonly problems: Streams<Problem, ProblemEvent>
  readonly notices: Streams<UrgingNotice, UrgingNoticeEvent>
  readonly numbers: NumberRegister
  readonly views: ProblemViews
  readonly files: FileStore
  readonly calendar: Calendar
}

/** Commands on problems: one per step of the loop. */
export function problemRoutes(app: FastifyInstance, options: ProblemRoutesOptions) {
  const { problems, notices, numbers, views, files, calendar } = options

  const problemInScope = problemsInScope(problems, views)

  command(app, {
    url: '/problems',
    permission: 'problem.open',
    summary: '登记问题',
    tags: ['整改问责'],
    precondition: 'new',
    body: GivenProblem.extend({ source: GivenSource, taskId: z.uuid().nullish(), evidence: Evidence }),
    answer: z.object({ number: z.string(), reopened: z.boolean() }),
    handle: async ({ body, context, identity, expected }) => {
      const { office } = context
      const school = await views.getSchool(office, body.schoolId)
      const evidence = await keptEvidence(files, office, body.evidence)
      const openedOn = chinaDate(context.at)
      const person = personOf(identity)
      const done = await openOrReopen({ problems, numbers, views }, context, {
        problemId: newStreamId(context),
        cause: 'entry',
        foundOn: openedOn,
        foundBy: person,
        expected,
        opening: {
          title: body.title,
          description: body.description,
          severity: body.severity,
          ...labelsOf(school),
          schoolId: school.schoolId,
          body: body.body ?? null,
          source: { ...body.source, documentNumber: body.source.documentNumber || null },
          ground: groundOf(body),
          feedbackId: null,
          evidence,
          origin: null,
          findingId: null,
          visitId: null,
          taskId: body.taskId ?? null,
          openedOn,
          openedBy: person,
        },
      })
      const { problemId, number, reopened, ...rest } = done
      return { ...rest, id: problemId, number, reopened }
    },
  })

  command(app, {
    url: '/problems/:id/extend',
    permission: 'problem.extend',
    summary: '批准延期',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ dueOn: InputDay, reason: Text }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const today = chinaDate(context.at)
      return await problems.execute(params.id, context, {
        expected,
        decide: (state) => extendDeadline({ ...body, by: personOf(identity), today }, state),
      })
    },
  })

  command(app, {
    url: '/problems/:id/report',
    permission: 'problem.report',
    summary: '提交整改报告',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ text: Text, evidence: Evidence }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const evidence = await keptEvidence(files, context.office, body.evidence)
      const report = { text: body.text, evidence, reportedOn: chinaDate(context.at), reportedBy: personOf(identity) }
      return await problems.execute(params.id, context, {
        expected,
        decide: (state) => reportRectification(report, state),
      })
    },
  })

  command(app, {
    url: '/problems/:id/return',
    permission: 'problem.verify',
    summary: '退回整改报告',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ reason: Text, dueOn: InputDay.optional() }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const today = chinaDate(context.at)
      return await problems.execute(params.id, context, {
        expected,
        decide: (state) =>
          returnRectification({ reason: body.reason, dueOn: body.dueOn, by: actorOf(identity), today }, state),
      })
    },
  })

  command(app, {
    url: '/problems/:id/verify',
    permission: 'problem.verify',
    summary: '核查通过',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ finding: Text, evidence: Evidence }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const evidence = await keptEvidence(files, context.office, body.evidence)
      const today = chinaDate(context.at)
      return await problems.execute(params.id, context, {
        expected,
        decide: (state) =>
          verifyRectification({ finding: body.finding, evidence, by: actorOf(identity), today }, state),
      })
    },
  })

  command(app, {
    url: '/problems/:id/cancel',
    permission: 'problem.cancel',
    summary: '批准销号',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    // The day of 回头看 follows from the rule unless the office chooses one.
    body: z.object({ note: Text, reCheckFrom: InputDay.nullish() }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const today = chinaDate(context.at)
      const chosen = body.reCheckFrom ?? undefined
      if (chosen !== undefined && chosen <= today) {
        throw rectificationError('RECHECK_DAY_NOT_LATER', { today }, { pointer: '/reCheckFrom' })
      }
      const reCheck = reCheckAfter(today, calendar, chosen)
      return await problems.execute(params.id, context, {
        expected,
        decide: (state) =>
          cancelProblem({ note: body.note, by: actorOf(identity), today, at: context.at, reCheck }, state),
      })
    },
  })

  command(app, {
    url: '/problems/:id/urge',
    permission: 'problem.urge',
    summary: '发出督办通知',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ newDueOn: InputDay, text: Text.optional(), consequence: Text.optional() }),
    answer: z.object({ noticeId: z.string(), documentNumber: z.string() }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      const { state, version, zoneId, supervisorId } = await problemInScope(params.id, context, scope)
      const today = chinaDate(context.at)
      const noticeId = newStreamId(context)
      const dueOn = 'demand' in state ? state.demand.dueOn : today
      const { past } = state
      const level = urgingLevelAt(past.notices.length + past.occurrences.length + 1, today)
      const consequence = body.consequence ?? level.consequence
      const urging = (documentNumber: string) => ({
        ...level,
        consequence,
        noticeId,
        documentNumber,
        dueOn: body.newDueOn,
        workingDaysOverdue: Math.max(0, calendar.workingDaysBetween(dueOn, today)),
        text: body.text ?? noticeText(state, { today, newDueOn: body.newDueOn, consequence, calendar }),
        zoneId,
        supervisorId,
        by: personOf(identity),
        today,
      })
      const issued = past.notices
      let documentNumber = issued.find((notice) => notice.noticeId === noticeId)?.documentNumber
      if (documentNumber === undefined) {
        // Everything that can be refused is refused before a number is taken.
        if (version !== expected) throw eventSourcingError('WRONG_EXPECTED_VERSION', { expected, actual: version })
        urgeProblem(urging('—'), state)
        // By the problem and its count: a try that was cut off leaves its number to the next one.
        const purpose = `${params.id}#${issued.length + 1}`
        documentNumber = await numbers.take(context, { series: 'urging-notice', day: today, purpose })
      }
      const number = documentNumber
      const executed = await problems.execute(params.id, context, {
        expected,
        decide: (current) => urgeProblem(urging(number), current),
      })
      const urged = (await problems.history(context.office, params.id)).findLast(
        (event) => event.type === 'ProblemUrged' && event.data.noticeId === noticeId,
      )
      const position =
        urged?.type === 'ProblemUrged' ? await issueNotice(notices, context, params.id, urged.data) : executed.position
      return { ...executed, position, noticeId, documentNumber: number }
    },
  })
}

export async function keptEvidence(
  files: FileStore,
  office: string,
  given: readonly EvidenceRef[],
  pointer = '/evidence',
): Promise<EvidenceRef[]> {
  const evidence: EvidenceRef[] = []
  for (const [place, reference] of given.entries()) {
    evidence.push(await keptFile(files, { office, service: 'rectification' }, reference, `${pointer}/${place}`))
  }
  return evidence
}

export function actorOf(identity: Identity): Actor {
  return { ...personOf(identity), schoolId: identity.school ?? null }
}

export function labelsOf({ schoolName, zoneId, zoneName, supervisorId, supervisorName }: LabelledSchool) {
  return { schoolName, zoneId, zoneName, supervisorId, supervisorName }
}
