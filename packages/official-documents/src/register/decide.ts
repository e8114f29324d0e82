import { documentError } from '../errors.ts'
import type { DocumentRegisterEvent } from './events.ts'
import type { DocumentRegister } from './state.ts'

export interface TakeNumber {
  readonly purpose: string
  readonly print: (number: number) => string
  /** The number the person was shown; the next one when absent. */
  readonly number?: number
}

/**
 * The next number, or none when this purpose has one already. A number asked for must be the next: used once it is never
 * given again, and none is left out. Errors: `NUMBER_ALREADY_TAKEN`, `NUMBER_NOT_NEXT`.
 */
export function takeNumber({ purpose, print, number }: TakeNumber, state: DocumentRegister): DocumentRegisterEvent[] {
  if (state.taken.has(purpose)) return []
  const next = state.last + 1
  if (number !== undefined && number < next) {
    throw documentError('NUMBER_ALREADY_TAKEN', { number, printed: print(number), next })
  }
  if (number !== undefined && number > next) throw documentError('NUMBER_NOT_NEXT', { number, next })
  return [{ type: 'NumberTaken', data: { number: next, printed: print(next), purpose } }]
}

/** Errors: `NUMBER_NOT_TAKEN`, `NUMBER_VOID_REASON_MISSING`. */
export function voidNumber(
  command: { readonly number: number; readonly reason: string; readonly year: number },
  state: DocumentRegister,
): DocumentRegisterEvent[] {
  const { number, year } = command
  const reason = command.reason.trim()
  if (state.voided.has(number)) return []
  const purpose = [...state.taken].find(([, taken]) => taken.number === number)?.[0]
  if (purpose === undefined) throw documentError('NUMBER_NOT_TAKEN', { year, number })
  if (reason === '') throw documentError('NUMBER_VOID_REASON_MISSING', {}, { pointer: '/reason' })
  return [{ type: 'NumberVoided', data: { number, purpose, reason } }]
}
