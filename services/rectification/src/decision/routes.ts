import { type Calendar, chinaDate, InputDay } from '@dulian/calendar'
import { Confidence, RuleReference, type RuleVersion, referenceTo, ruleAt } from '@dulian/dated-rules'
import { type Clock, comparePositions, type Executed, eventSourcingError, type Streams } from '@dulian/event-sourcing'
import { command, type DataScope, newStreamId, query, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type ClaimedProblem, type ClaimStreams, withClaims } from '../decision-claim/decision-claim.ts'
import type { NumberRegister } from '../document-register/document-register.ts'
import { rectificationError } from '../errors.ts'
import { setDemands } from '../policies/set-demands-when-decision-issued.ts'
import { assertDemandable } from '../problem/decide.ts'
import type { ProblemEvent } from '../problem/events.ts'
import { scopeFactsOf } from '../problem/scope-facts.ts'
import type { Problem } from '../problem/state.ts'
import { rectificationTerm, urgingTerm, type WorkingDayTerm } from '../rules/deadline-rules.ts'
import { type GivenProblem, type IssueDecision, issueDecision, receiveDecision } from './decide.ts'
import type { DecisionEvent } from './events.ts'
import { GivenDecision, meetingOf } from './given-decision.ts'
import { type Decision, initialDecision } from './state.ts'

export interface DecisionRoutesOptions {
  readonly decisions: Streams<Decision, DecisionEvent>
  readonly problems: Streams<Problem, ProblemEvent>
  readonly claims: ClaimStreams['claims']
  readonly numbers: NumberRegister
  readonly calendar: Calendar
  readonly clock: Clock
}

const TermAnswer = z.object({
  dueOn: z.string(),
  workingDays: z.number().int(),
  rule: RuleReference.extend({ source: z.string(), confidence: Confidence }),
  /** Years on the way whose official holidays are not known yet: the date may still change. */
  provisionalYears: z.array(z.number().int()),
})

export function decisionRoutes(app: FastifyInstance, options: DecisionRoutesOptions) {
  const { decisions, problems, claims, numbers, calendar, clock } = options
  /**
   * One decision of an office after the other: two that list one problem at the same time must not both be issued. Between processes
   * the claims see to that.
   */
  const lines = new Map<string, Promise<unknown>>()
  const inLine = <T>(office: string, work: () => Promise<T>): Promise<T> => {
    const turn = (lines.get(office) ?? Promise.resolve()).then(work)
    lines.set(
      office,
      turn.catch(() => undefined),
    )
    return turn
  }

  command(app, {
    url: '/decisions',
    permission: 'problem.decide',
    summary: '下达整改决定',
    description: '逐项列出问题、整改要求和期限，取得文号后下达；各问题随即进入整改中。',
    tags: ['整改问责'],
    precondition: 'new',
    body: GivenDecision,
    answer: z.object({ documentNumber: z.string() }),
    handle: ({ body, context, identity, scope }) =>
      inLine(context.office, async () => {
        const { office } = context
        const decisionId = newStreamId(context)
        const { state } = await decisions.load(office, decisionId)
        const today = chinaDate(context.at)
        const rule = ruleAt(rectificationTerm, today)
        let wanted: IssueDecision
        const claimed: ClaimedProblem[] = []
        if (state.stage === 'issued') {
          wanted = state.issued
        } else {
          const listed: GivenProblem[] = []
          for (const [place, given] of body.problems.entries()) {
            const problem = await decidable(given, place, { office, scope })
            listed.push(problem)
            claimed.push({ ...problem, rebounds: await reboundsOf(office, given.problemId) })
          }
          const draft: IssueDecision = {
            documentNumber: '—',
            form: body.form,
            meeting: meetingOf(body),
            problems: listed,
            note: body.note || null,
            issuedOn: today,
            issuedBy: { subject: identity.subject, name: identity.name },
            termRule: { ...referenceTo(rule), workingDays: rule.value.workingDays },
          }
          // Everything that can be refused is refused before a number is taken.
          issueDecision(draft, initialDecision)
          wanted = draft
        }
        const issue = async (): Promise<Executed<Decision>> => {
          const documentNumber = await numbers.take(context, { series: 'decision', day: today, purpose: decisionId })
          return await decisions.execute(decisionId, context, {
            decide: (current) => issueDecision({ ...wanted, documentNumber }, current),
          })
        }
        const executed =
          state.stage === 'issued'
            ? await decisions.execute(decisionId, context, { decide: (current) => issueDecision(wanted, current) })
            : await withClaims({ claims, decisions }, context, { decisionId, problems: claimed }, issue)
        if (executed.state.stage !== 'issued') throw new Error(`decision ${decisionId} was not issued`)
        const { issued } = executed.state
        const demanded = await setDemands(problems, context, decisionId, issued)
        const position = comparePositions(demanded, executed.position) > 0 ? demanded : executed.position
        return { ...executed, position, documentNumber: issued.documentNumber }
      }),
  })

  const reboundsOf = async (office: string, problemId: string): Promise<number> => {
    const { state } = await problems.load(office, problemId)
    return state.stage === 'none' ? 0 : state.past.occurrences.length
  }

  const decidable = async (
    given: z.infer<typeof GivenDecision>['problems'][number],
    place: number,
    { office, scope }: { readonly office: string; readonly scope: DataScope },
  ): Promise<GivenProblem> => {
    const { state: problem, version } = await problems.load(office, given.problemId)
    if (problem.stage === 'none') {
      throw rectificationError('PROBLEM_NOT_FOUND', {}, { pointer: `/problems/${place}/problemId` })
    }
    const { facts } = problem
    requireInScope(scope, scopeFactsOf({ ...facts, office }))
    if (given.version !== null && given.version !== undefined && given.version !== version) {
      const details = { expected: given.version, actual: version }
      throw eventSourcingError('WRONG_EXPECTED_VERSION', details, { pointer: `/problems/${place}` })
    }
    assertDemandable(problem)
    return {
      problemId: given.problemId,
      number: facts.number,
      title: facts.title,
      description: facts.description,
      schoolId: facts.schoolId,
      schoolName: facts.schoolName,
      zoneId: facts.zoneId,
      supervisorId: facts.supervisorId,
      body: facts.body,
      demand: given.demand ?? undefined,
      dueOn: given.dueOn ?? undefined,
    }
  }

  command(app, {
    url: '/decisions/:id/receive',
    permission: 'problem.report',
    summary: '签收整改决定',
    description: '由学校签收，每所学校一次；重复签收不改变任何内容。',
    tags: ['整改问责'],
    precondition: 'none',
    params: z.object({ id: z.uuid() }),
    handle: async ({ params, context, identity, scope }) => {
      const { state } = await decisions.get(context.office, params.id)
      const schoolId = identity.school ?? ''
      const own = state.stage === 'none' ? [] : state.issued.problems.filter((one) => one.schoolId === schoolId)
      const [first] = own
      if (first === undefined) throw eventSourcingError('STREAM_NOT_FOUND')
      requireInScope(scope, scopeFactsOf({ ...first, office: context.office }))
      const receivedBy = { subject: identity.subject, name: identity.name }
      return await decisions.execute(params.id, context, {
        decide: (current) => receiveDecision({ schoolId, receivedOn: chinaDate(context.at), receivedBy }, current),
      })
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
