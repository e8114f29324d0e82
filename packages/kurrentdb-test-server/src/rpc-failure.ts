import { Metadata, type StatusObject, status } from '@grpc/grpc-js'

import { StorageFullError } from './event-log.ts'

/** A failed call, as gRPC carries it: a status, and trailers whose `exception` names the kind of failure. */
export class RpcFailure extends Error {
  override readonly name = 'RpcFailure'
  readonly code: status
  readonly trailers: Readonly<Record<string, string>>

  constructor(code: status, details: string, trailers: Readonly<Record<string, string>> = {}) {
    super(details)
    this.code = code
    this.trailers = trailers
  }

  toStatus(): StatusObject {
    const metadata = new Metadata()
    for (const [name, value] of Object.entries(this.trailers)) metadata.set(name, value)
    return { code: this.code, details: this.message, metadata }
  }
}

/** Turns whatever a handler threw into a status. */
export function statusOf(error: unknown): StatusObject {
  if (error instanceof RpcFailure) return error.toStatus()
  if (error instanceof StorageFullError) return storageFailed().toStatus()
  return new RpcFailure(status.UNKNOWN, 'Exception was thrown by handler.').toStatus()
}

export function streamDeleted(stream: string): RpcFailure {
  return new RpcFailure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  })
}

export function wrongExpectedVersion(stream: string, expected: string, actual: string): RpcFailure {
  return new RpcFailure(status.FAILED_PRECONDITION, `Wrong expected version of stream '${stream}'.`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': expected,
    'actual-version': actual,
  })
}

export function maximumAppendSizeExceeded(maximum: number): RpcFailure {
  return new RpcFailure(status.INVALID_ARGUMENT, `Maximum Append Size of ${maximum} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maximum),
  })
}

export function missingMetadata(property: string): RpcFailure {
  return new RpcFailure(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  })
}

/** The real server does not foresee it; to `Append` it is an unknown failure, to `BatchAppend` a bad request. */
export function malformedAppend(details: string): RpcFailure {
  return new RpcFailure(status.UNKNOWN, details)
}

export function invalidArgument(details: string): RpcFailure {
  return new RpcFailure(status.INVALID_ARGUMENT, details)
}

export function unavailable(): RpcFailure {
  return new RpcFailure(status.UNAVAILABLE, 'Server Is Not Ready')
}

export function storageFailed(): RpcFailure {
  return new RpcFailure(status.UNKNOWN, 'Unexpected OperationResult: the write could not be stored')
}
