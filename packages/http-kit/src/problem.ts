import type { DomainError, ErrorKind } from '@dulian/event-sourcing'
import { eventSourcingError, isDomainError } from '@dulian/event-sourcing'
import { httpError } from './errors.ts'
import type { FieldError } from './input-issues.ts'
import { fieldErrors, InputIssues } from './input-issues.ts'

/** RFC 9457 problem+json with the members of this product. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  /** Chinese: what happened and what to do. */
  readonly detail: string
  readonly code: string
  readonly traceId: string
  readonly errors?: readonly FieldError[]
  readonly details?: Readonly<Record<string, unknown>>
  /** With 412: the version the person saw and the one there is. */
  readonly expected?: number
  readonly actual?: number
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8'

const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  'not-found': 404,
  refused: 409,
  conflict: 409,
  forbidden: 403,
  'too-large': 413,
  unavailable: 503,
}

/** Where HTTP has a closer status than the kind's. */
const statusOfCode: Readonly<Record<string, number>> = {
  INPUT_INVALID: 400,
  JSON_INVALID: 400,
  JSON_TOO_DEEP: 400,
  CHARACTER_NOT_ALLOWED: 400,
  URL_INVALID: 400,
  REQUEST_INVALID: 400,
  IDEMPOTENCY_KEY_MISSING: 400,
  IDEMPOTENCY_KEY_INVALID: 400,
  IF_MATCH_INVALID: 400,
  MIN_POSITION_INVALID: 400,
  CURSOR_INVALID: 400,
  IF_MATCH_MISSING: 428,
  SIGN_IN_REQUIRED: 401,
  TOKEN_EXPIRED: 401,
  TOKEN_INVALID: 401,
  TOKEN_REVOKED: 401,
  METHOD_NOT_ALLOWED: 405,
  MEDIA_TYPE_UNSUPPORTED: 415,
  HEADERS_TOO_LARGE: 431,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_ERROR: 500,
}

/** Codes of the view and message ports, which know neither kinds nor words. */
const portErrors: Readonly<Record<string, () => DomainError>> = {
  CURSOR_INVALID: () => httpError('CURSOR_INVALID'),
  LEASE_LOST: () => httpError('SERVICE_UNAVAILABLE'),
  VIEW_STORAGE_FULL: () => eventSourcingError('STORAGE_FULL'),
  VIEWS_UNAVAILABLE: () => httpError('SERVICE_UNAVAILABLE'),
  VIEW_CLOSED: () => httpError('SERVICE_UNAVAILABLE'),
  BUS_CLOSED: () => httpError('SERVICE_UNAVAILABLE'),
  BUS_UNAVAILABLE: () => httpError('SERVICE_UNAVAILABLE'),
  BUS_STORAGE_FULL: () => eventSourcingError('STORAGE_FULL'),
  MESSAGE_TOO_LARGE: () => httpError('BODY_TOO_LARGE'),
  DEAD_LETTER_NOT_FOUND: () => httpError('NOT_FOUND'),
}

const frameworkErrors: Readonly<Record<string, () => DomainError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => httpError('BODY_TOO_LARGE'),
  FST_REQ_FILE_TOO_LARGE: () => httpError('BODY_TOO_LARGE'),
  FST_PARTS_LIMIT: () => httpError('BODY_TOO_LARGE'),
  FST_FILES_LIMIT: () => httpError('BODY_TOO_LARGE'),
  FST_FIELDS_LIMIT: () => httpError('BODY_TOO_LARGE'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => httpError('MEDIA_TYPE_UNSUPPORTED', { expected: 'application/json' }),
  FST_INVALID_MULTIPART_CONTENT_TYPE: () => httpError('MEDIA_TYPE_UNSUPPORTED', { expected: 'multipart/form-data' }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => httpError('REQUEST_INVALID'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => httpError('JSON_INVALID'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => httpError('JSON_INVALID'),
  FST_ERR_BAD_URL: () => httpError('URL_INVALID'),
  FST_ERR_MAX_PARAM_LENGTH: () => httpError('URL_INVALID'),
  FST_ERR_HANDLER_TIMEOUT: () => httpError('REQUEST_TIMEOUT'),
  FST_ERR_NOT_FOUND: () => httpError('ROUTE_NOT_FOUND'),
}

export interface ProblemContext {
  readonly traceId: string
  /** Whether the request named the version it saw: then a conflict is a failed precondition. */
  readonly hasIfMatch: boolean
}

/** The one place where an error becomes a status. Unknown errors say nothing of their inside. */
export function problemOf(error: unknown, context: ProblemContext): Problem {
  if (error instanceof InputIssues) {
    const part = error.validationContext ?? 'body'
    const errors = fieldErrors(error.issues, part)
    return build(httpError('INPUT_INVALID', { count: error.issues.length }), context, { errors })
  }
  const known = isDomainError(error) ? error : translate(error)
  if (known === undefined) return build(httpError('INTERNAL_ERROR', { traceId: context.traceId }), context)
  const field = known.pointer === undefined ? undefined : [{ pointer: known.pointer, detail: known.detail, in: 'body' }]
  return build(known, context, {
    ...(field === undefined ? {} : { errors: field }),
    ...versions(known),
    ...details(known),
  })
}

function build(error: DomainError, context: ProblemContext, extra: Partial<Problem> = {}): Problem {
  return {
    type: `urn:dulian:problem:${error.code}`,
    title: error.title,
    status: statusOf(error, context),
    detail: error.detail,
    code: error.code,
    traceId: context.traceId,
    ...extra,
  }
}

function statusOf(error: DomainError, context: ProblemContext): number {
  // The version the person saw stands in the header or, of one thing among several, in the body: then the error points to it.
  if (error.code === 'WRONG_EXPECTED_VERSION' && (context.hasIfMatch || error.pointer !== undefined)) return 412
  return statusOfCode[error.code] ?? statusOfKind[error.kind]
}

function translate(error: unknown): DomainError | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code !== undefined && (error.name === 'ViewError' || error.name === 'BusError')) return portErrors[code]?.()
  const translated = code === undefined ? undefined : frameworkErrors[code]?.()
  if (translated !== undefined) return translated
  // Whatever else the framework or a plugin calls the client's fault stays the client's fault.
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  if (status === 413) return httpError('BODY_TOO_LARGE')
  if (status === 415) return httpError('MEDIA_TYPE_UNSUPPORTED', { expected: 'application/json' })
  if (status === 404) return httpError('ROUTE_NOT_FOUND')
  if (status >= 400 && status < 500) return httpError('REQUEST_INVALID')
  if (status === 503) return httpError('SERVICE_UNAVAILABLE')
  return undefined
}

function versions(error: DomainError): Partial<Problem> {
  if (error.code !== 'WRONG_EXPECTED_VERSION') return {}
  const { expected, actual } = error.details
  return { ...(typeof expected === 'number' ? { expected } : {}), ...(typeof actual === 'number' ? { actual } : {}) }
}

function details(error: DomainError): Partial<Problem> {
  return Object.keys(error.details).length === 0 ? {} : { details: error.details }
}
