/** What can go wrong at the bus port. */
export type BusErrorCode =
  | 'BUS_CLOSED'
  | 'BUS_UNAVAILABLE'
  | 'BUS_STORAGE_FULL'
  | 'DEAD_LETTER_NOT_FOUND'
  | 'MESSAGE_TOO_LARGE'

export class BusError extends Error {
  readonly code: BusErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: BusErrorCode, details: Readonly<Record<string, unknown>> = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(details)}`, options)
    this.name = 'BusError'
    this.code = code
    this.details = details
  }
}
