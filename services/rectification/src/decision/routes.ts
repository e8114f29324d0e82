import { type Calendar, chinaDate, InputDay } from '@dulian/calendar'
import { Confidence, RuleReference, type RuleVersion, referenceTo, ruleAt } from '@dulian/dated-rules'
import { type Clock, comparePositions, type Streams } from '@dulian/event-sourcing'
import { command, newStreamId, query, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { NumberRegister } from '../document-register/document-register.ts'
import { rectificationError } from '../errors.ts'
import { setDemands } from '../policies/set-demands-when-decision-issued.ts'
import { assertDemandable } from '../problem/decide.ts'
import type { ProblemEvent } from '../problem/events.ts'
import { scopeFactsOf } from '../problem/scope-facts.ts'
import type { Problem } from '../problem/state.ts'
import { rectificationTerm, urgingTerm, type WorkingDayTerm } from '../rules/deadline-rules.ts'
import { type GivenProblem, type IssueDecision, issueDecision } from './decide.ts'
import type { DecisionEvent } from './events.ts'
import { type Decision, initialDecision } from './state.ts'

export interface DecisionRoutesOptions {
  readonly decisions: Streams<Decision, DecisionEvent>
  readonly problems: Streams<Problem, ProblemEvent>
  readonly numbers: NumberRegister
  readonly calendar: Calendar
  readonly clock: Clock
}

/** A demand or date left out is let through here, so that the refusal can name the problem. */
const GivenDecision = z.object({
  form: z.enum(['writing', 'meeting']),
  meeting: z.string().trim().min(1).max(200).nullish(),
  problems: z
    .array(
      z.object({
        problemId: z.uuid(),
        demand: z.string().max(4000).nullish(),
        dueOn: InputDay.nullish(),
      }),
    )
    .max(100),
  note: z.string().trim().max(2000).nullish(),
})

const TermAnswer = z.object({
  dueOn: z.string(),
  workingDays: z.number().int(),
  rule: RuleReference.extend({ source: z.string(), confidence: Confidence }),
  /** Years on the way whose official holidays are not known yet: the date may still change. */
  provisionalYears: z.array(z.number().int()),
})

export function decisionRoutes(app: FastifyInstance, options: DecisionRoutesOptions) {
  const { decisions, problems, numbers, calendar, clock } = options

  command(app, {
    url: '/decisions',
    permission: 'problem.decide',
    summary: '下达整改决定',
    description: '逐项列出问题、整改要求和期限，取得文号后下达；各问题随即进入整改中。',
    tags: ['整改问责'],
    precondition: 'new',
    body: GivenDecision,
    answer: z.object({ documentNumber: z.string() }),
    handle: async ({ body, context, identity, scope }) => {
      const { office } = context
      const decisionId = newStreamId(context)
      const { state } = await decisions.load(office, decisionId)
      const today = chinaDate(context.at)
      const rule = ruleAt(rectificationTerm, today)
      let wanted: IssueDecision
      if (state.stage === 'issued') {
        wanted = state.issued
      } else {
        const listed: GivenProblem[] = []
        for (const [place, given] of body.problems.entries()) {
          const { state: problem } = await problems.load(office, given.problemId)
          if (problem.stage === 'none') {
            throw rectificationError('PROBLEM_NOT_FOUND', {}, { pointer: `/problems/${place}/problemId` })
          }
          const { facts } = problem
          requireInScope(scope, scopeFactsOf({ ...facts, office }))
          assertDemandable(problem)
          listed.push({
            problemId: given.problemId,
            number: facts.number,
            title: facts.title,
            schoolId: facts.schoolId,
            schoolName: facts.schoolName,
            zoneId: facts.zoneId,
            supervisorId: facts.supervisorId,
            body: facts.body,
            demand: given.demand ?? undefined,
            dueOn: given.dueOn ?? undefined,
          })
        }
        const draft: IssueDecision = {
          documentNumber: '—',
          form: body.form,
          meeting: body.meeting ?? null,
          problems: listed,
          note: body.note || null,
          issuedOn: today,
          issuedBy: { subject: identity.subject, name: identity.name },
          termRule: { ...referenceTo(rule), workingDays: rule.value.workingDays },
        }
        // Everything that can be refused is refused before a number is taken.
        issueDecision(draft, initialDecision)
        const documentNumber = await numbers.take(context, { series: 'decision', day: today, purpose: decisionId })
        wanted = { ...draft, documentNumber }
      }
      const executed = await decisions.execute(decisionId, context, {
        decide: (current) => issueDecision(wanted, current),
      })
      if (executed.state.stage !== 'issued') throw new Error(`decision ${decisionId} was not issued`)
      const { issued } = executed.state
      const demanded = await setDemands(problems, context, decisionId, issued)
      const position = comparePositions(demanded, executed.position) > 0 ? demanded : executed.position
      return { ...executed, position, documentNumber: issued.documentNumber }
    },
  })

  query(app, {
    url: '/terms',
    permission: 'problem.read',
    summary: '期限的缺省值',
    description: '从某日起算的整改期限和督办期限（工作日，调休计入），以及所依据的规则和版本。',
    tags: ['整改问责'],
    query: z.object({ from: InputDay.optional() }),
    answer: z.object({ from: z.string(), rectification: TermAnswer, urging: TermAnswer }),
    handle: ({ query: { from } }) => {
      const day = from ?? chinaDate(clock.now())
      const term = (rule: RuleVersion<WorkingDayTerm>): z.infer<typeof TermAnswer> => {
        const dueOn = calendar.addWorkingDays(day, rule.value.workingDays)
        return {
          dueOn,
          workingDays: rule.value.workingDays,
          rule: { ...referenceTo(rule), source: rule.source, confidence: rule.confidence },
          provisionalYears: [...calendar.uncoveredYears(day, dueOn)],
        }
      }
      return { from: day, rectification: term(ruleAt(rectificationTerm, day)), urging: term(ruleAt(urgingTerm, day)) }
    },
  })
}
