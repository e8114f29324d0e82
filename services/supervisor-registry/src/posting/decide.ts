import { addDays } from '@dulian/calendar'
import { assess, type Fact, postingRules } from '@dulian/conflict-of-interest'
import { referenceTo, ruleAt } from '@dulian/dated-rules'
import { registryError } from '../errors.ts'
import { largeSchoolPupils, schoolsPerSupervisor } from '../rules/supervision-rules.ts'
import type { School } from '../school/state.ts'
import { requireInTerm } from '../supervisor/decide.ts'
import type { Supervisor } from '../supervisor/state.ts'
import type { PostingEvent, RatioFacts } from './events.ts'
import type { Posting } from './state.ts'

/** A school the supervisor answers for already, as looked up. */
export interface OtherSchool {
  readonly schoolId: string
  /** Pupils; null while never reported. */
  readonly enrolment: number | null
}

export interface PostSupervisor {
  readonly schoolId: string
  readonly supervisorId: string
  readonly from: string
  /** Beyond the ratio; a recusal knows no exception. */
  readonly overrideReason: string | undefined
  readonly school: School
  readonly supervisor: Supervisor
  /** Open schools of this supervisor without the one in hand. */
  readonly otherSchools: readonly OtherSchool[]
  /** What is known between this supervisor and this school. */
  readonly facts: readonly Fact[]
}

/** The first posting or a replacement; the same supervisor again is already true. */
export function postSupervisor(command: PostSupervisor, state: Posting): PostingEvent[] {
  if (state.stage === 'held' && state.supervisorId === command.supervisorId) return []
  const school = requireOpenSchool(command.school)
  const { person } = requireInTerm(command.supervisor, command.from)
  requireAfter(command.from, state)
  const cleared = requireNoConflict(command, person.name, school.name)
  const { ratio, exceeded } = judgeRatio(command, school.enrolment)
  const events: PostingEvent[] = [cleared]
  if (exceeded !== undefined) {
    if (command.overrideReason === undefined) {
      const details = { name: person.name, others: command.otherSchools.length, ratio: exceeded, rules: ratio.rules }
      throw registryError('RATIO_EXCEEDED', details, { pointer: '/supervisorId' })
    }
    const { schools, rules } = ratio
    const { supervisorId, overrideReason: reason } = command
    events.push({ type: 'RatioOverridden', data: { supervisorId, ratio: exceeded, schools, reason, rules } })
  }
  const posted = { supervisorId: command.supervisorId, supervisorName: person.name, from: command.from, ratio }
  if (state.stage !== 'held') return [...events, { type: 'SupervisorPosted', data: posted }]
  const former = { formerSupervisorId: state.supervisorId, formerTo: addDays(command.from, -1) }
  return [...events, { type: 'PostingReplaced', data: { ...posted, ...former } }]
}

export interface EndPosting {
  /** Last day. */
  readonly on: string
  readonly reason: string
}

export function endPosting(command: EndPosting, state: Posting): PostingEvent[] {
  if (state.stage === 'vacant' && state.until === command.on) return []
  if (state.stage !== 'held') throw registryError('POSTING_NOT_HELD')
  if (command.on < state.from) {
    throw registryError('POSTING_ENDS_BEFORE_START', { from: state.from }, { pointer: '/on' })
  }
  return [{ type: 'PostingEnded', data: { supervisorId: state.supervisorId, ...command } }]
}

/**
 * Ends what can no longer go on because the school closed or the supervisor left, whoever holds it by then. A posting
 * that was still to begin ends on the day before its beginning: it never took effect.
 */
export function endPostingOf(command: EndPosting & { readonly supervisorId?: string }, state: Posting): PostingEvent[] {
  if (state.stage !== 'held') return []
  if (command.supervisorId !== undefined && command.supervisorId !== state.supervisorId) return []
  const tookEffect = command.on >= state.from
  const on = tookEffect ? command.on : addDays(state.from, -1)
  return [{ type: 'PostingEnded', data: { supervisorId: state.supervisorId, on, reason: command.reason } }]
}

interface Judgement {
  readonly ratio: RatioFacts
  /** The ratio that is exceeded, as written. */
  readonly exceeded: string | undefined
}

function judgeRatio(command: PostSupervisor, enrolment: number | null): Judgement {
  const many = ruleAt(schoolsPerSupervisor, command.from)
  const large = ruleAt(largeSchoolPupils, command.from)
  const isLarge = (pupils: number | null): boolean => pupils !== null && pupils >= large.value.amount
  const schools = command.otherSchools.length + 1
  const hasLarge = isLarge(enrolment) || command.otherSchools.some((school) => isLarge(school.enrolment))
  const ratio = { schools, large: hasLarge, rules: [referenceTo(many), referenceTo(large)] }
  if (hasLarge && schools > 1) return { ratio, exceeded: '1∶1' }
  return { ratio, exceeded: schools > many.value.amount ? `1∶${many.value.amount}` : undefined }
}

/** No reason overrides a recusal: what is wrong about the facts is put right at the facts. */
function requireNoConflict(command: PostSupervisor, person: string, school: string): PostingEvent {
  const { supervisorId, schoolId, from, facts } = command
  const assessed = { person: { id: supervisorId, name: person }, object: { id: schoolId, name: school } }
  const { reasons, rules } = assess({ ...assessed, day: from, facts, rules: postingRules })
  if (reasons.length > 0) {
    const told = reasons.map(({ rule, ruleVersion, explanation }) => ({ rule, ruleVersion, explanation }))
    const explanation = reasons.map((reason) => reason.explanation).join('')
    throw registryError('RECUSAL_REQUIRED', { explanation, reasons: told }, { pointer: '/supervisorId' })
  }
  return { type: 'RecusalCleared', data: { supervisorId, on: from, rules: [...rules] } }
}

function requireOpenSchool(school: School): { readonly name: string; readonly enrolment: number | null } {
  if (school.stage === 'open') return school.school
  if (school.stage === 'unknown') throw new TypeError('a posting for a school that was never registered')
  throw registryError('SCHOOL_CLOSED', { name: school.school.name, closedOn: school.closedOn })
}

function requireAfter(from: string, state: Posting): void {
  if (state.stage === 'never') return
  const after = state.stage === 'held' ? state.from : state.until
  if (from <= after) throw registryError('POSTING_FROM_TOO_EARLY', { after }, { pointer: '/from' })
}
