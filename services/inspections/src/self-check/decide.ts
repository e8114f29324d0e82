import type { RuleReference } from '@dulian/dated-rules'
import type { ChecklistEdition } from '../checklist/checklist-item.ts'
import { inspectionsError } from '../errors.ts'
import type { SchoolFacts } from '../visit/decide.ts'
import type { Answer, Person } from '../visit/events.ts'
import { checkedAnswers, type GivenAnswer } from '../visit/record.ts'
import type { ChecklistReference, SelfCheckEvent, SelfCheckSubmitted } from './events.ts'
import type { SelfCheck } from './state.ts'

export interface OpenSelfCheck {
  readonly period: string
  readonly school: SchoolFacts & { readonly kind: string }
  readonly checklist: ChecklistReference
  readonly openedOn: string
  readonly dueOn: string
  readonly rule: RuleReference
  readonly by: Person | null
}

/** Asked once of a school and month; of a closed school not at all. */
export function openSelfCheck(command: OpenSelfCheck, state: SelfCheck): SelfCheckEvent[] {
  const { school, by, ...asked } = command
  if (state.stage !== 'none') return []
  if (school.closedOn !== null && school.closedOn < command.openedOn) return []
  const { schoolId, name: schoolName, kind, zoneId, zoneName } = school
  return [{ type: 'SelfCheckOpened', data: { schoolId, schoolName, kind, zoneId, zoneName, ...asked, openedBy: by } }]
}

export interface SubmitSelfCheck {
  readonly answers: readonly GivenAnswer[]
  readonly statement: string
  /** The list it was opened with. */
  readonly checklist: ChecklistEdition
  readonly by: Person
  readonly today: string
}

/**
 * The whole check at once; sent again with the same content it changes nothing. Errors: `SELF_CHECK_NOT_FOUND`,
 * `SELF_CHECK_ALREADY_SUBMITTED`, `SELF_CHECK_STATEMENT_MISSING` and those of the answers.
 */
export function submitSelfCheck(command: SubmitSelfCheck, state: SelfCheck): SelfCheckEvent[] {
  if (state.stage === 'none') throw inspectionsError('SELF_CHECK_NOT_FOUND')
  const answers = checkedAnswers(command.answers, command.checklist)
  const statement = command.statement.trim()
  if (state.stage === 'submitted') {
    if (isSame(answers, statement, state.submitted)) return []
    const { schoolName, period } = state.opened
    const { submittedOn } = state.submitted
    throw inspectionsError('SELF_CHECK_ALREADY_SUBMITTED', { school: schoolName, period, submittedOn })
  }
  if (statement === '') throw inspectionsError('SELF_CHECK_STATEMENT_MISSING', {}, { pointer: '/statement' })
  const { checklist, by, today } = command
  const items = checklist.items.map(({ code, title }) => ({ code, title }))
  return [{ type: 'SelfCheckSubmitted', data: { items, answers, statement, submittedOn: today, submittedBy: by } }]
}

/** Errors: `SELF_CHECK_NOT_FOUND`, `SELF_CHECK_NOT_SUBMITTED`. */
export function returnSelfCheck(
  command: { readonly reason: string; readonly by: Person; readonly today: string },
  state: SelfCheck,
): SelfCheckEvent[] {
  switch (state.stage) {
    case 'none':
      throw inspectionsError('SELF_CHECK_NOT_FOUND')
    case 'returned':
      return []
    case 'opened': {
      const { schoolName, period } = state.opened
      throw inspectionsError('SELF_CHECK_NOT_SUBMITTED', { school: schoolName, period })
    }
    case 'submitted': {
      const { reason, today, by } = command
      return [{ type: 'SelfCheckReturned', data: { reason, returnedOn: today, returnedBy: by } }]
    }
    default: {
      const unknown: never = state
      return unknown
    }
  }
}

function isSame(answers: readonly Answer[], statement: string, submitted: SelfCheckSubmitted): boolean {
  const fingerprint = (given: readonly Answer[], words: string): string =>
    JSON.stringify([
      words,
      given
        .map(({ code, answer, note, evidence }) => [code, answer, note, evidence.map(({ hash }) => hash)])
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ])
  return fingerprint(answers, statement) === fingerprint(submitted.answers, submitted.statement)
}
