import type { DocumentRegisterEvent } from './events.ts'

/** The numbers of one office, series and year. Bounded by the year, so the stream may be longer than others. */
export interface DocumentRegister {
  readonly last: number
  /** Purpose → its number in use. */
  readonly taken: ReadonlyMap<string, { readonly number: number; readonly printed: string }>
  readonly voided: ReadonlySet<number>
}

export const initialDocumentRegister: DocumentRegister = { last: 0, taken: new Map(), voided: new Set() }

export function evolveDocumentRegister(state: DocumentRegister, event: DocumentRegisterEvent): DocumentRegister {
  switch (event.type) {
    case 'NumberTaken': {
      const { number, printed, purpose } = event.data
      return {
        ...state,
        last: Math.max(state.last, number),
        taken: new Map(state.taken).set(purpose, { number, printed }),
      }
    }
    case 'NumberVoided': {
      const taken = new Map(state.taken)
      taken.delete(event.data.purpose)
      return { ...state, taken, voided: new Set(state.voided).add(event.data.number) }
    }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}
