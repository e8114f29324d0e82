import { type DomainError, eventSourcingError } from '@dulian/event-sourcing'
import { convertToCommandError, isCommandError, MaxAppendSizeExceededError } from '@eventstore/db-client'

/** Beside the client's own error types: no answer in time, the store was closed, and a disk without room. */
export type FailureReason = 'no-answer' | 'closed' | 'storage-full' | (string & {})

/** Trying again changes nothing about these. */
const LASTING: ReadonlySet<FailureReason> = new Set([
  'closed',
  'access-denied',
  'invalid-argument',
  'maximum-append-size-exceeded',
  'missing-required-metadata-property',
  'stream-deleted',
])

/** What went wrong between here and the server; never leaves the package. */
export class ServerFailure extends Error {
  override readonly name = 'ServerFailure'
  readonly reason: FailureReason
  /** The server's limit on an append, in bytes, when that was exceeded. */
  readonly limit: number | undefined

  constructor(reason: FailureReason, limit?: number) {
    super(reason)
    this.reason = reason
    this.limit = limit
  }

  /** Whether the same call may succeed a moment later. */
  get passing(): boolean {
    return !LASTING.has(this.reason)
  }
}

export function toServerFailure(error: unknown): ServerFailure {
  if (error instanceof ServerFailure) return error
  if (!(error instanceof Error)) return new ServerFailure('unknown')
  const converted = convertToCommandError(error)
  if (converted instanceof MaxAppendSizeExceededError) {
    return new ServerFailure(converted.type, converted.maxAppendSize)
  }
  if (/no space|disk (is )?full|not enough space/i.test(error.message)) return new ServerFailure('storage-full')
  return new ServerFailure(isCommandError(converted) ? converted.type : 'unavailable')
}

/** Only the reason goes along: the server's own messages name streams, and thereby offices and ids. */
export function toStoreError(error: unknown, size?: number): unknown {
  if (!(error instanceof ServerFailure)) return error
  return storeError(error, size)
}

function storeError({ reason, limit }: ServerFailure, size: number | undefined): DomainError {
  if (reason === 'closed') return eventSourcingError('STORE_CLOSED')
  if (reason === 'storage-full') return eventSourcingError('STORAGE_FULL')
  if (reason === 'maximum-append-size-exceeded') return eventSourcingError('EVENT_TOO_LARGE', { limit, size })
  return eventSourcingError('STORE_UNAVAILABLE', { reason })
}
