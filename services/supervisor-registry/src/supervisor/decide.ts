import { addDays, addYears } from '@dulian/calendar'
import { referenceTo, ruleAt } from '@dulian/dated-rules'
import { registryError } from '../errors.ts'
import { consecutiveGapDays, consecutiveTerms, termNoticeDays, termYears } from '../rules/supervision-rules.ts'
import type { DismissalGround, SupervisorEvent, SupervisorRegistered } from './events.ts'
import { isInTerm, lastTerm, type Supervisor } from './state.ts'

export function registerSupervisor(command: SupervisorRegistered): SupervisorEvent[] {
  return [{ type: 'SupervisorRegistered', data: command }]
}

export interface CorrectSupervisor {
  readonly homeUnit?: string | undefined
  readonly field?: string | undefined
  readonly phone?: string | undefined
  /** Since when it is so; from today when absent. */
  readonly effectiveFrom?: string | undefined
  readonly reason: string
  /** Today, in China. */
  readonly on: string
}

/** Errors: `SUPERVISOR_NOTHING_TO_CORRECT`, `SUPERVISOR_CORRECTION_TO_COME`, `SUPERVISOR_DISMISSED`, `SUPERVISOR_UNKNOWN`. */
export function correctSupervisor(command: CorrectSupervisor, state: Supervisor): SupervisorEvent[] {
  const person = requireActive(state)
  const { effectiveFrom = null, reason, on } = command
  if (effectiveFrom !== null && effectiveFrom > on) {
    throw registryError('SUPERVISOR_CORRECTION_TO_COME', { effectiveFrom, on }, { pointer: '/effectiveFrom' })
  }
  const changed = (field: 'homeUnit' | 'field' | 'phone'): string | null => {
    const given = command[field]
    return given === undefined || given === person[field] ? null : given
  }
  const [homeUnit, field, phone] = [changed('homeUnit'), changed('field'), changed('phone')]
  if (homeUnit === null && field === null && phone === null) throw registryError('SUPERVISOR_NOTHING_TO_CORRECT')
  const formerHomeUnit = homeUnit === null ? null : person.homeUnit
  const data = { homeUnit, formerHomeUnit, field, phone, effectiveFrom, reason }
  return [{ type: 'SupervisorDetailsCorrected', data }]
}

export interface AppointSupervisor {
  readonly termFrom: string
  /** Last day; three years (by the rule of the day) when absent. */
  readonly termTo?: string | undefined
  readonly decidedBy: string
  readonly decidedOn: string
}

/** The first appointment or a renewal, whichever it is for this person. */
export function appointSupervisor(command: AppointSupervisor, state: Supervisor): SupervisorEvent[] {
  const person = requireActive(state)
  const years = ruleAt(termYears, command.termFrom)
  const latest = addDays(addYears(command.termFrom, years.value.amount), -1)
  const termTo = command.termTo ?? latest
  const previous = state.stage === 'appointed' ? lastTerm(state) : undefined
  if (previous !== undefined && previous.from === command.termFrom && previous.to === termTo) return []
  if (termTo < command.termFrom) {
    throw registryError('TERM_ENDS_BEFORE_START', { termFrom: command.termFrom, termTo }, { pointer: '/termTo' })
  }
  if (person.employment === 'part-time' && termTo > latest) {
    const details = { years: years.value.amount, termFrom: command.termFrom, latest, rule: referenceTo(years) }
    throw registryError('TERM_TOO_LONG', details, { pointer: '/termTo' })
  }
  const notice = ruleAt(termNoticeDays, command.termFrom)
  const rules = [referenceTo(years), referenceTo(notice)]
  let consecutiveTerm = 1
  let inOfficeFrom = command.termFrom
  if (state.stage === 'appointed' && previous !== undefined) {
    requireToFollow(command.termFrom, state.term, previous.to)
    const gap = ruleAt(consecutiveGapDays, command.termFrom)
    const limit = ruleAt(consecutiveTerms, command.termFrom)
    if (command.termFrom === addDays(previous.to, 1)) inOfficeFrom = previous.inOfficeFrom
    if (command.termFrom <= addDays(previous.to, gap.value.amount)) consecutiveTerm = previous.consecutive + 1
    if (person.employment === 'part-time' && consecutiveTerm > limit.value.amount) {
      throw registryError('CONSECUTIVE_TERMS_EXCEEDED', {
        name: person.name,
        terms: previous.consecutive,
        limit: limit.value.amount,
        rule: referenceTo(limit),
      })
    }
    rules.push(referenceTo(limit), referenceTo(gap))
  }
  const data = {
    name: person.name,
    category: person.category,
    employment: person.employment,
    termFrom: command.termFrom,
    termTo,
    inOfficeFrom,
    noticeFrom: later(addDays(termTo, 1 - notice.value.amount), command.termFrom),
    consecutiveTerm,
    decidedBy: command.decidedBy,
    decidedOn: command.decidedOn,
    rules,
  }
  return [previous === undefined ? { type: 'SupervisorAppointed', data } : { type: 'SupervisorReappointed', data }]
}

export interface IssueCertificate {
  readonly certificateNumber: string
  readonly termFrom: string
  readonly issuedOn: string
}

/** Nothing when that term has its certificate, or has been followed by another term or a dismissal meanwhile. */
export function issueCertificate(command: IssueCertificate, state: Supervisor): SupervisorEvent[] {
  if (state.stage !== 'appointed' || lastTerm(state).from !== command.termFrom) return []
  if (state.certificate?.termFrom === command.termFrom) return []
  return [{ type: 'CertificateIssued', data: { ...command } }]
}

/** What a day changes about the term: its nearing end, then its end, each once. */
export function passDay(date: string, state: Supervisor): SupervisorEvent[] {
  if (state.stage !== 'appointed' || state.term === 'ended') return []
  const term = lastTerm(state)
  if (date > term.to) return [{ type: 'TermEnded', data: { termTo: term.to, endedOn: date } }]
  if (date < term.noticeFrom || state.term === 'near-end') return []
  return [{ type: 'TermNearingEnd', data: { termTo: term.to, noticedOn: date } }]
}

export interface DismissSupervisor {
  readonly ground: DismissalGround
  /** First day without the office. */
  readonly on: string
  readonly reason: string
}

export function dismissSupervisor(command: DismissSupervisor, state: Supervisor): SupervisorEvent[] {
  if (state.stage === 'dismissed' && state.on === command.on && state.ground === command.ground) return []
  const person = requireActive(state)
  if (state.stage !== 'appointed') throw registryError('SUPERVISOR_NOT_APPOINTED', { name: person.name })
  const [first] = state.terms
  if (command.on < first.from) {
    throw registryError('DISMISSAL_BEFORE_TERM', { on: command.on, termFrom: first.from }, { pointer: '/on' })
  }
  const form = person.employment === 'full-time' ? 'removal' : 'dismissal'
  return [{ type: 'SupervisorDismissed', data: { ...command, form } }]
}

/** Nobody takes on a new task outside a term: throws what stands in the way on that day. */
export function requireInTerm(state: Supervisor, on: string): Extract<Supervisor, { stage: 'appointed' }> {
  if (state.stage === 'unknown') throw registryError('SUPERVISOR_UNKNOWN', {}, { pointer: '/supervisorId' })
  const { name } = requireActive(state)
  if (state.stage !== 'appointed') {
    throw registryError('SUPERVISOR_NOT_APPOINTED', { name }, { pointer: '/supervisorId' })
  }
  if (!isInTerm(state, on)) {
    const { from, to } = lastTerm(state)
    const details = { name, termFrom: from, termTo: to, on }
    throw registryError('SUPERVISOR_TERM_NOT_RUNNING', details, { pointer: '/supervisorId' })
  }
  return state
}

function requireActive(state: Supervisor): SupervisorRegistered {
  if (state.stage === 'unknown') throw registryError('SUPERVISOR_UNKNOWN')
  if (state.stage === 'dismissed') {
    const form = state.form === 'removal' ? '解任' : '解聘'
    throw registryError('SUPERVISOR_DISMISSED', { name: state.person.name, on: state.on, form })
  }
  return state.person
}

function requireToFollow(termFrom: string, term: 'running' | 'near-end' | 'ended', previousTo: string): void {
  const next = addDays(previousTo, 1)
  if (termFrom < next) throw registryError('TERM_OVERLAPS', { termTo: previousTo }, { pointer: '/termFrom' })
  if (term !== 'ended' && termFrom > next) {
    throw registryError('TERM_LEAVES_GAP', { termTo: previousTo, next }, { pointer: '/termFrom' })
  }
}

function later(one: string, other: string): string {
  return one > other ? one : other
}
