import { rectificationError } from '../errors.ts'
import type { DocumentRegisterEvent } from './events.ts'
import type { DocumentRegister } from './state.ts'

export interface TakeNumber {
  readonly purpose: string
  readonly print: (number: number) => string
}

/** The next number, or none when this purpose has one already. */
export function takeNumber({ purpose, print }: TakeNumber, state: DocumentRegister): DocumentRegisterEvent[] {
  if (state.taken.has(purpose)) return []
  const number = state.last + 1
  return [{ type: 'NumberTaken', data: { number, printed: print(number), purpose } }]
}

/** Errors: `NUMBER_NOT_TAKEN`. */
export function voidNumber(
  command: { readonly number: number; readonly reason: string; readonly year: number },
  state: DocumentRegister,
): DocumentRegisterEvent[] {
  const { number, reason, year } = command
  if (state.voided.has(number)) return []
  const purpose = [...state.taken].find(([, taken]) => taken.number === number)?.[0]
  if (purpose === undefined) throw rectificationError('NUMBER_NOT_TAKEN', { year, number })
  return [{ type: 'NumberVoided', data: { number, purpose, reason } }]
}
