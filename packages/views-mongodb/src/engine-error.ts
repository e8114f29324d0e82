import { ViewError } from '@dulian/views'
import { MongoBulkWriteError, MongoError, MongoNetworkError } from 'mongodb'

/** Thrown inside of this package by whatever meets a generation that is no longer there. */
export class GenerationGone extends Error {}

const UNREACHABLE: ReadonlySet<string> = new Set([
  'MongoClientClosedError',
  'MongoOperationTimeoutError',
  'MongoServerSelectionError',
  'MongoNotConnectedError',
  'MongoServerClosedError',
  'MongoTopologyClosedError',
  'MongoWriteConcernError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
])

// What a server says that is starting, ending, electing another primary, overloaded, or that refuses the credentials.
const REFUSING: ReadonlySet<number> = new Set([
  6, 7, 13, 18, 50, 63, 64, 89, 91, 133, 150, 189, 202, 234, 262, 358, 9001, 10058, 10107, 11600, 11601, 11602, 13388,
  13435, 13436,
])

/** `OutOfDiskSpace`. */
const FULL: ReadonlySet<number> = new Set([14031])

// A collection was dropped while it was being read.
const DROPPED: ReadonlySet<number> = new Set([26, 43, 175, 237])

export function isDropped(error: unknown): boolean {
  return error instanceof MongoError && DROPPED.has(Number(error.code))
}

/**
 * The port's error for one of the driver's. Only its class and code go along: its message may name documents, its
 * cause the server's address.
 */
export function toViewError(error: unknown, details: Readonly<Record<string, unknown>>): unknown {
  if (!(error instanceof MongoError)) return error
  const found = { ...details, error: error.name, ...(error.code === undefined ? {} : { code: error.code }) }
  const code = Number(error.code)
  if (FULL.has(code)) return new ViewError('VIEW_STORAGE_FULL', found)
  const unreachable =
    error instanceof MongoNetworkError || UNREACHABLE.has(error.name) || REFUSING.has(code) || isCutShort(error)
  if (unreachable) return new ViewError('VIEWS_UNAVAILABLE', found)
  return new Error(`MongoDB refused: ${JSON.stringify(found)}`)
}

/** A bulk write whose connection breaks does not say so: it has neither a code nor refused writes. */
function isCutShort(error: MongoError): boolean {
  return error instanceof MongoBulkWriteError && error.code === undefined && [error.writeErrors].flat().length === 0
}
