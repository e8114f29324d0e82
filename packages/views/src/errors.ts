/** What can go wrong at the views port. Thrown by every engine with these codes. */
export type ViewErrorCode =
  | 'LEASE_LOST'
  | 'QUERY_NOT_DECLARED'
  | 'CURSOR_INVALID'
  | 'DOCUMENT_TOO_LARGE'
  | 'VIEW_STORAGE_FULL'
  | 'VIEWS_UNAVAILABLE'
  | 'VIEW_CLOSED'

export class ViewError extends Error {
  readonly code: ViewErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ViewErrorCode, details: Readonly<Record<string, unknown>> = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(details)}`, options)
    this.name = 'ViewError'
    this.code = code
    this.details = details
  }
}

export function isViewError(error: unknown, code?: ViewErrorCode): error is ViewError {
  return error instanceof ViewError && (code === undefined || error.code === code)
}
