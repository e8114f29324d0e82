import type { SchoolDetails, SchoolEvent } from './events.ts'

export type School =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'open'; readonly school: SchoolDetails; readonly enrolmentAsOf: string | null }
  | { readonly stage: 'closed'; readonly school: SchoolDetails; readonly closedOn: string }

export const initialSchool: School = { stage: 'unknown' }

export function evolveSchool(state: School, event: SchoolEvent): School {
  switch (event.type) {
    case 'SchoolRegistered':
      return { stage: 'open', school: event.data.school, enrolmentAsOf: null }
    case 'SchoolDetailsCorrected':
      return state.stage === 'open' ? { ...state, school: event.data.school } : state
    case 'EnrolmentReported':
      return state.stage === 'open' ? { ...state, school: event.data.school, enrolmentAsOf: event.data.asOf } : state
    case 'SchoolClosed':
      return state.stage === 'open' ? { stage: 'closed', school: state.school, closedOn: event.data.closedOn } : state
    default:
      event satisfies never
      return state
  }
}
