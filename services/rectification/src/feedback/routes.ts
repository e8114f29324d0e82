import { chinaDate, InputDay } from '@dulian/calendar'
import { EvidenceRef } from '@dulian/contracts'
import { comparePositions, deterministicId, type Streams } from '@dulian/event-sourcing'
import { command, newStreamId } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { openProblems } from '../policies/open-problems-when-feedback-registered.ts'
import { personOf } from '../problem/decide.ts'
import {
  GivenProblem,
  GivenSource,
  groundOf,
  keptEvidence,
  labelsOf,
  type ProblemRoutesOptions,
} from '../problem/routes.ts'
import { registerFeedback } from './decide.ts'
import type { FeedbackEvent, FeedbackItem } from './events.ts'
import { type Feedback, initialFeedback } from './state.ts'

export interface FeedbackRoutesOptions extends Pick<ProblemRoutesOptions, 'problems' | 'numbers' | 'views' | 'files'> {
  readonly feedbacks: Streams<Feedback, FeedbackEvent>
}

/** 反馈文件: one document with all the problems it lists, at once. */
export function feedbackRoutes(app: FastifyInstance, options: FeedbackRoutesOptions) {
  const { feedbacks, problems, numbers, views, files } = options

  command(app, {
    url: '/feedbacks',
    permission: 'problem.open',
    summary: '登记反馈文件',
    description:
      '一次登记一份反馈文件和它列出的全部问题；同校同一条款不久前销号的，原问题反弹。有一项不合要求，一项也不登记。',
    tags: ['整改问责'],
    precondition: 'new',
    body: z.object({
      source: GivenSource,
      receivedOn: InputDay.nullish(),
      files: z.array(EvidenceRef).max(20).default([]),
      problems: z.array(GivenProblem).max(200),
    }),
    answer: z.object({ opened: z.number().int(), reopened: z.number().int() }),
    handle: async ({ body, context, identity }) => {
      const { office } = context
      const feedbackId = newStreamId(context)
      const { state } = await feedbacks.load(office, feedbackId)
      let registered = state.stage === 'registered' ? state.registered : undefined
      if (registered === undefined) {
        const today = chinaDate(context.at)
        const listed: FeedbackItem[] = []
        for (const [place, given] of body.problems.entries()) {
          const school = await views.getSchool(office, given.schoolId, `/problems/${place}/schoolId`)
          listed.push({
            problemId: deterministicId(feedbackId, String(place)),
            title: given.title,
            description: given.description,
            severity: given.severity,
            schoolId: school.schoolId,
            ...labelsOf(school),
            body: given.body ?? null,
            ground: groundOf(given),
          })
        }
        registered = {
          source: { ...body.source, documentNumber: body.source.documentNumber || null },
          receivedOn: body.receivedOn ?? today,
          files: await keptEvidence(files, office, body.files, '/files'),
          problems: listed,
          registeredOn: today,
          registeredBy: personOf(identity),
        }
        // Refused before anything is written.
        registerFeedback(registered, initialFeedback)
      }
      const wanted = registered
      const executed = await feedbacks.execute(feedbackId, context, {
        decide: (current) => registerFeedback(wanted, current),
      })
      const done = await openProblems({ problems, numbers, views }, context, feedbackId, wanted)
      const position = comparePositions(done.position, executed.position) > 0 ? done.position : executed.position
      return { ...executed, position, opened: done.opened, reopened: done.reopened }
    },
  })
}
