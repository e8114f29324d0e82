import { type Calendar, chinaDate, InputDay } from '@dulian/calendar'
import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import { type CommandContext, eventSourcingError, type Streams } from '@dulian/event-sourcing'
import { type FileStore, keptFile } from '@dulian/files'
import { command, type DataScope, type Identity, newStreamId, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { NumberRegister } from '../document-register/document-register.ts'
import { rectificationError } from '../errors.ts'
import { issueNotice } from '../policies/issue-notice-when-problem-urged.ts'
import type { UrgingNoticeEvent } from '../urging-notice/events.ts'
import { noticeText } from '../urging-notice/notice-text.ts'
import type { UrgingNotice } from '../urging-notice/state.ts'
import type { ProblemViews } from '../views/problems/queries.ts'
import {
  type Actor,
  cancelProblem,
  extendDeadline,
  openProblem,
  reportRectification,
  returnRectification,
  urgeProblem,
  verifyRectification,
} from './decide.ts'
import { type Person, type ProblemEvent, ProblemSource } from './events.ts'
import { scopeFactsOf } from './scope-facts.ts'
import type { Problem } from './state.ts'

const Id = z.object({ id: z.uuid() })
const Text = z.string().trim().min(1).max(4000)
const Evidence = z.array(EvidenceRef).max(50).default([])

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

  /** The problem, if it exists for this person. The view knows who answers for the school now; the opening, who did then. */
  const problemInScope = async (id: string, context: CommandContext, scope: DataScope) => {
    const { office } = context
    const loaded = await problems.get(office, id)
    if (loaded.state.stage === 'none') throw rectificationError('PROBLEM_NOT_FOUND')
    const known = (await views.findProblem(office, id)) ?? loaded.state.facts
    requireInScope(scope, scopeFactsOf({ ...known, office }))
    return { ...loaded, state: loaded.state, zoneId: known.zoneId, supervisorId: known.supervisorId }
  }

  command(app, {
    url: '/problems',
    permission: 'problem.open',
    summary: '登记问题',
    tags: ['整改问责'],
    precondition: 'new',
    body: z.object({
      schoolId: z.uuid(),
      title: z.string().trim().min(1).max(200),
      description: Text,
      severity: FindingSeverity,
      source: z.object({
        kind: ProblemSource.shape.kind,
        title: z.string().trim().min(1).max(200),
        level: ProblemSource.shape.level,
        year: z.number().int().min(2000).max(2100),
      }),
      /** 责任部门: the member body that answers beside the school. */
      body: z.string().trim().min(1).max(100).nullish(),
      taskId: z.uuid().nullish(),
      evidence: Evidence,
    }),
    answer: z.object({ number: z.string() }),
    handle: async ({ body, context, identity, expected }) => {
      const { office } = context
      const school = await views.getSchool(office, body.schoolId)
      const evidence = await kept(files, office, body.evidence)
      const problemId = newStreamId(context)
      const openedOn = chinaDate(context.at)
      const number = await numbers.take(context, { series: 'problem', day: openedOn, purpose: problemId })
      const executed = await problems.execute(problemId, context, {
        expected,
        decide: (state) =>
          openProblem(
            {
              number,
              title: body.title,
              description: body.description,
              severity: body.severity,
              schoolId: school.schoolId,
              schoolName: school.schoolName,
              zoneId: school.zoneId,
              zoneName: school.zoneName,
              supervisorId: school.supervisorId,
              supervisorName: school.supervisorName,
              body: body.body ?? null,
              source: body.source,
              evidence,
              origin: null,
              findingId: null,
              visitId: null,
              taskId: body.taskId ?? null,
              openedOn,
              openedBy: personOf(identity),
            },
            state,
          ),
      })
      return { ...executed, number }
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
      const evidence = await kept(files, context.office, body.evidence)
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
      const evidence = await kept(files, context.office, body.evidence)
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
    body: z.object({ note: Text }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const today = chinaDate(context.at)
      return await problems.execute(params.id, context, {
        expected,
        decide: (state) => cancelProblem({ note: body.note, by: actorOf(identity), today, at: context.at }, state),
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
    body: z.object({ newDueOn: InputDay, text: Text.optional() }),
    answer: z.object({ noticeId: z.string(), documentNumber: z.string() }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      const { state, version, zoneId, supervisorId } = await problemInScope(params.id, context, scope)
      const today = chinaDate(context.at)
      const noticeId = newStreamId(context)
      const dueOn = 'demand' in state ? state.demand.dueOn : today
      const urging = (documentNumber: string) => ({
        noticeId,
        documentNumber,
        dueOn: body.newDueOn,
        workingDaysOverdue: Math.max(0, calendar.workingDaysBetween(dueOn, today)),
        text: body.text ?? noticeText(state, { today, newDueOn: body.newDueOn, calendar }),
        zoneId,
        supervisorId,
        by: personOf(identity),
        today,
      })
      const issued = 'demand' in state ? state.demand.notices : []
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

async function kept(files: FileStore, office: string, given: readonly EvidenceRef[]): Promise<EvidenceRef[]> {
  const evidence: EvidenceRef[] = []
  for (const [place, reference] of given.entries()) {
    evidence.push(await keptFile(files, { office, service: 'rectification' }, reference, `/evidence/${place}`))
  }
  return evidence
}

function personOf({ subject, name }: Identity): Person {
  return { subject, name }
}

function actorOf(identity: Identity): Actor {
  return { ...personOf(identity), schoolId: identity.school ?? null }
}
