import type { SupervisorAppointed, SupervisorEvent, SupervisorRegistered } from './events.ts'

export interface Term {
  readonly from: string
  readonly to: string
  readonly inOfficeFrom: string
  readonly noticeFrom: string
  readonly consecutive: number
}

export interface Certificate {
  readonly number: string
  readonly termFrom: string
}

export type Supervisor =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'registered'; readonly person: SupervisorRegistered }
  | {
      readonly stage: 'appointed'
      readonly person: SupervisorRegistered
      /** Oldest first; the last one may begin in the future, right behind the one before. */
      readonly terms: readonly [Term, ...Term[]]
      readonly term: 'running' | 'near-end' | 'ended'
      readonly certificate: Certificate | null
    }
  | {
      readonly stage: 'dismissed'
      readonly person: SupervisorRegistered
      readonly on: string
      readonly ground: string
      readonly form: 'dismissal' | 'removal'
    }

export const initialSupervisor: Supervisor = { stage: 'unknown' }

export function evolveSupervisor(state: Supervisor, event: SupervisorEvent): Supervisor {
  switch (event.type) {
    case 'SupervisorRegistered':
      return { stage: 'registered', person: event.data }
    case 'SupervisorDetailsCorrected': {
      if (state.stage === 'unknown') return state
      const { homeUnit, field, phone } = event.data
      const { person } = state
      return {
        ...state,
        person: {
          ...person,
          homeUnit: homeUnit ?? person.homeUnit,
          field: field ?? person.field,
          phone: phone ?? person.phone,
        },
      }
    }
    case 'SupervisorAppointed':
    case 'SupervisorReappointed':
      return appointed(state, event.data)
    case 'CertificateIssued':
      return state.stage === 'appointed'
        ? { ...state, certificate: { number: event.data.certificateNumber, termFrom: event.data.termFrom } }
        : state
    case 'TermNearingEnd':
      return state.stage === 'appointed' ? { ...state, term: 'near-end' } : state
    case 'TermEnded':
      return state.stage === 'appointed' ? { ...state, term: 'ended' } : state
    case 'SupervisorDismissed': {
      if (state.stage === 'unknown') return state
      const { on, ground, form } = event.data
      return { stage: 'dismissed', person: state.person, on, ground, form }
    }
    default:
      event satisfies never
      return state
  }
}

function appointed(state: Supervisor, data: SupervisorAppointed): Supervisor {
  const term: Term = {
    from: data.termFrom,
    to: data.termTo,
    inOfficeFrom: data.inOfficeFrom,
    noticeFrom: data.noticeFrom,
    consecutive: data.consecutiveTerm,
  }
  switch (state.stage) {
    case 'registered':
      return { stage: 'appointed', person: state.person, terms: [term], term: 'running', certificate: null }
    case 'appointed':
      return { ...state, terms: [...state.terms, term], term: 'running' }
    case 'unknown':
    case 'dismissed':
      return state
  }
}

/** The newest term; the one the certificate is issued for. */
export function lastTerm(state: Extract<Supervisor, { stage: 'appointed' }>): Term {
  return state.terms.at(-1) ?? state.terms[0]
}

/** Whether a day lies in one of the terms. */
export function isInTerm(state: Supervisor, day: string): boolean {
  return state.stage === 'appointed' && state.terms.some(({ from, to }) => from <= day && day <= to)
}
