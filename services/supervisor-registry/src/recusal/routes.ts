import { chinaDate, InputDay } from '@dulian/calendar'
import { type Assessment, assess, postingRules, recusalRules, teamRules } from '@dulian/conflict-of-interest'
import { Id, SupervisorCategory } from '@dulian/contracts'
import { Confidence, ruleAt } from '@dulian/dated-rules'
import { eventSourcingError } from '@dulian/event-sourcing'
import { inScope, query, scopedWhere } from '@dulian/http-kit'
import { findAll } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../registry.ts'
import { SCHOOLS, type SchoolDocument } from '../views/schools/projection.ts'
import { SUPERVISORS, type SupervisorDocument } from '../views/supervisors/projection.ts'
import { openRecusalBook } from './recusal-book.ts'

const Purpose = z.enum(['posting', 'inspection-team'])
const Asked = z.object({ day: InputDay.optional(), purpose: Purpose.default('posting') })
const ReasonAnswer = z.object({ rule: z.string(), ruleVersion: z.number().int(), explanation: z.string() })
const RuleAnswer = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  source: z.string(),
  confidence: Confidence,
  /** Years after its last day in which a fact still forbids. */
  yearsAfter: z.number().int(),
})
const Answered = z.object({ day: z.string(), purpose: Purpose, rules: z.array(RuleAnswer) })
const Verdict = z.object({ allowed: z.boolean(), reasons: z.array(ReasonAnswer) })
const rulesFor = { posting: postingRules, 'inspection-team': teamRules } as const

/** 回避预检: who may be put where and who not, before anybody decides; and the postings that should not be any more. */
export function recusalRoutes(app: FastifyInstance, registry: Registry): void {
  const { schoolsView, supervisorsView, relationsView, clock } = registry
  const tags = ['回避']
  const today = (): string => chinaDate(clock.now())

  query(app, {
    url: '/supervisors/:id/recusals',
    tags,
    permission: 'posting.manage',
    summary: '回避预检：一位督学对各校',
    params: z.object({ id: Id }),
    query: Asked,
    answer: Answered.extend({
      supervisorId: z.string(),
      name: z.string(),
      items: z.array(Verdict.extend({ schoolId: z.string(), name: z.string(), zoneName: z.string().nullable() })),
    }),
    freshness: () => relationsView,
    handle: async ({ params, query: { day = today(), purpose }, scope }) => {
      const person = (await supervisorsView.get<SupervisorDocument>(SUPERVISORS, params.id))?.document
      if (person === undefined || !inScope(scope, person)) throw eventSourcingError('STREAM_NOT_FOUND')
      const schools = await findAll<SchoolDocument>(schoolsView, SCHOOLS, {
        where: scopedWhere(scope, { status: 'open' }),
        sort: [['code', 'asc']],
      })
      const book = await openRecusalBook(registry, { office: scope.office, supervisorId: params.id })
      const { supervisorId, name } = person
      const items = schools.map((school) => {
        const facts = book.factsBetween(person, school)
        const { schoolId, zoneName } = school
        const asked = { person: { id: supervisorId, name }, object: { id: schoolId, name: school.name } }
        return {
          schoolId,
          name: school.name,
          zoneName,
          ...verdictOf(assess({ ...asked, day, facts, rules: rulesFor[purpose] })),
        }
      })
      return { day, purpose, rules: rulesOn(day, purpose), supervisorId, name, items: refusedFirst(items) }
    },
  })

  query(app, {
    url: '/schools/:id/recusals',
    tags,
    permission: 'posting.manage',
    summary: '回避预检：一所学校对各位督学',
    params: z.object({ id: Id }),
    query: Asked,
    answer: Answered.extend({
      schoolId: z.string(),
      name: z.string(),
      items: z.array(
        Verdict.extend({
          supervisorId: z.string(),
          name: z.string(),
          category: SupervisorCategory,
          homeUnit: z.string(),
          /** Whether the day lies in the newest term. */
          inTerm: z.boolean(),
        }),
      ),
    }),
    freshness: () => relationsView,
    handle: async ({ params, query: { day = today(), purpose }, scope }) => {
      const school = (await schoolsView.get<SchoolDocument>(SCHOOLS, params.id))?.document
      if (school === undefined || !inScope(scope, school)) throw eventSourcingError('STREAM_NOT_FOUND')
      const people = await findAll<SupervisorDocument>(supervisorsView, SUPERVISORS, {
        where: { office: scope.office, status: 'appointed' },
        sort: [['name', 'asc']],
      })
      const book = await openRecusalBook(registry, { office: scope.office, schoolId: params.id })
      const { schoolId, name } = school
      const items = people.map((person) => {
        const facts = book.factsBetween(person, school)
        const { supervisorId, category, homeUnit, termFrom, termTo } = person
        const asked = { person: { id: supervisorId, name: person.name }, object: { id: schoolId, name } }
        return {
          supervisorId,
          name: person.name,
          category,
          homeUnit,
          inTerm: termFrom !== null && termTo !== null && termFrom <= day && day <= termTo,
          ...verdictOf(assess({ ...asked, day, facts, rules: rulesFor[purpose] })),
        }
      })
      return { day, purpose, rules: rulesOn(day, purpose), schoolId, name, items: refusedFirst(items) }
    },
  })

  query(app, {
    url: '/recusals/conflicts',
    tags,
    permission: 'posting.manage',
    summary: '现有挂牌中应当回避的安排',
    description: '安排之后才出现或才申报的回避关系会列在这里，应当改派。',
    answer: z.object({
      day: z.string(),
      items: z.array(
        z.object({
          schoolId: z.string(),
          schoolName: z.string(),
          supervisorId: z.string(),
          supervisorName: z.string(),
          from: z.string(),
          reasons: z.array(ReasonAnswer),
        }),
      ),
    }),
    freshness: () => relationsView,
    handle: async ({ scope }) => {
      const day = today()
      const schools = await findAll<SchoolDocument>(schoolsView, SCHOOLS, {
        where: scopedWhere(scope, { status: 'open' }),
        sort: [['code', 'asc']],
      })
      const ids = [...new Set(schools.flatMap(({ supervisorId }) => supervisorId ?? []))]
      const people = await supervisorsView.getMany<SupervisorDocument>(SUPERVISORS, ids)
      const book = await openRecusalBook(registry, { office: scope.office })
      const items = schools.flatMap((school) => {
        const person = people.get(school.supervisorId ?? '')?.document
        if (person === undefined) return []
        const { supervisorId, name } = person
        const facts = book.factsBetween(person, school)
        const object = { id: school.schoolId, name: school.name }
        const { allowed, reasons } = verdictOf(
          assess({ person: { id: supervisorId, name }, object, day, facts, rules: postingRules }),
        )
        if (allowed) return []
        const posting = { schoolId: school.schoolId, schoolName: school.name, supervisorId, supervisorName: name }
        return [{ ...posting, from: school.postedFrom ?? '', reasons }]
      })
      return { day, items }
    },
  })

  query(app, {
    url: '/recusals/rules',
    tags: ['规则'],
    permission: 'registry.read',
    summary: '回避规则数据',
    answer: z.object({ items: z.array(RuleAnswer.extend({ effectiveFrom: z.string() })) }),
    handle: () => ({
      items: recusalRules.flatMap(({ versions }) =>
        versions.map((version) => ({ ...ruleAnswer(version), effectiveFrom: version.effectiveFrom })),
      ),
    }),
  })
}

function rulesOn(day: string, purpose: z.infer<typeof Purpose>) {
  return rulesFor[purpose].map((rule) => ruleAnswer(ruleAt(rule, day)))
}

function ruleAnswer(version: ReturnType<typeof ruleAt<(typeof postingRules)[number]['versions'][number]['value']>>) {
  const { id, title, source, confidence, value } = version
  return { id, version: version.version, title, source, confidence, yearsAfter: value.yearsAfter }
}

function verdictOf({ allowed, reasons }: Assessment): z.infer<typeof Verdict> {
  return {
    allowed,
    reasons: reasons.map(({ rule, ruleVersion, explanation }) => ({ rule, ruleVersion, explanation })),
  }
}

/** Refused ones first: they are what one looks for. The order is kept otherwise. */
function refusedFirst<T extends { readonly allowed: boolean }>(items: readonly T[]): T[] {
  return [...items.filter(({ allowed }) => !allowed), ...items.filter(({ allowed }) => allowed)]
}
