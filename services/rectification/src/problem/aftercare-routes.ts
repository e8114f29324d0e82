import { chinaDate, InputDay } from '@dulian/calendar'
import { EvidenceRef } from '@dulian/contracts'
import { command, newStreamId } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { personOf } from './decide.ts'
import { confirmEffect, passReCheck, reboundAtReCheck } from './decide-aftercare.ts'
import { askBody, replyForBody } from './decide-body.ts'
import { problemsInScope } from './problem-in-scope.ts'
import { actorOf, keptEvidence, type ProblemRoutesOptions } from './routes.ts'

const Id = z.object({ id: z.uuid() })
const Text = z.string().trim().min(1).max(4000)
const Evidence = z.array(EvidenceRef).max(50).default([])

/** 回头看, 成效确认, and what departments are asked for. */
export function aftercareRoutes(
  app: FastifyInstance,
  { problems, views, files }: Pick<ProblemRoutesOptions, 'problems' | 'views' | 'files'>,
) {
  const problemInScope = problemsInScope(problems, views)

  command(app, {
    url: '/problems/:id/re-check',
    permission: 'problem.recheck',
    summary: '回头看：登记结果',
    description: 'result 为 lasting 时整改成效保持；为 rebound 时问题反弹，重新立案并提高严重程度和督办级别。',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ result: z.enum(['lasting', 'rebound']), finding: Text, evidence: Evidence }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const evidence = await keptEvidence(files, context.office, body.evidence)
      const seen = { finding: body.finding, evidence, by: actorOf(identity), today: chinaDate(context.at) }
      return await problems.execute(params.id, context, {
        expected,
        decide: (state) =>
          body.result === 'lasting'
            ? passReCheck(seen, state)
            : reboundAtReCheck({ ...seen, occurrenceId: newStreamId(context) }, state),
      })
    },
  })

  command(app, {
    url: '/problems/:id/confirm-effect',
    permission: 'problem.cancel',
    summary: '确认整改成效',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ note: Text }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const today = chinaDate(context.at)
      return await problems.execute(params.id, context, {
        expected,
        decide: (state) => confirmEffect({ note: body.note, by: actorOf(identity), today }, state),
      })
    },
  })

  command(app, {
    url: '/problems/:id/ask-body',
    permission: 'problem.decide',
    summary: '请部门协办',
    description: '请责任部门协办或答复；收到回复以前，等待时间记在该部门名下。',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ body: z.string().trim().min(1).max(100), question: Text, replyDueOn: InputDay }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const asked = { ...body, askedOn: chinaDate(context.at), askedBy: personOf(identity) }
      return await problems.execute(params.id, context, { expected, decide: (state) => askBody(asked, state) })
    },
  })

  command(app, {
    url: '/problems/:id/reply',
    permission: 'problem.reply',
    summary: '回复协办事项',
    description: '由被请协办的部门回复，或由督导室登记收到的书面回复。',
    tags: ['整改问责'],
    precondition: 'if-match',
    params: Id,
    body: z.object({ text: Text, evidence: Evidence }),
    handle: async ({ params, body, context, identity, scope, expected }) => {
      await problemInScope(params.id, context, scope)
      const evidence = await keptEvidence(files, context.office, body.evidence)
      const reply = { text: body.text, evidence, repliedOn: chinaDate(context.at), repliedBy: personOf(identity) }
      return await problems.execute(params.id, context, { expected, decide: (state) => replyForBody(reply, state) })
    },
  })
}
