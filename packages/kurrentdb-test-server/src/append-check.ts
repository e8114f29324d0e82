import { isSoftDeleted, lastRevisionOf, type StreamState } from './stream-state.ts'

/** What a client expects of a stream: nothing, that it is new, that it is there, or its last revision. */
export type ExpectedRevision = 'any' | 'no-stream' | 'stream-exists' | number

/** Where an event id was last written. */
export interface WrittenAt {
  readonly stream: string
  readonly revision: number
}

export type AppendCheck =
  | { readonly decision: 'write' }
  | { readonly decision: 'already-written'; readonly lastRevision: number }
  | { readonly decision: 'wrong-revision'; readonly current: number }
  | { readonly decision: 'stream-deleted' }

export interface AppendCheckInput {
  readonly stream: StreamState | undefined
  readonly expected: ExpectedRevision
  readonly ids: readonly string[]
  /** Whether the stream has metadata, which makes an empty stream exist. */
  readonly hasMetadata: boolean
  /** The bounded memory of written ids; the only thing `any` and `stream-exists` are checked against. */
  readonly findWritten: (id: string) => WrittenAt | undefined
}

/**
 * Decides whether an append is written, refused, or answered as one that was written before.
 *
 * With an explicit revision (or `no-stream`) the events after it are compared one by one with the proposed ids, so a
 * retry is always recognised. With `any` and `stream-exists` only recently written ids are known; the documentation
 * promises best effort there. An append that is old in part and new in part is a wrong revision in every case.
 */
export function checkAppend({ stream, expected, ids, hasMetadata, findWritten }: AppendCheckInput): AppendCheck {
  const current = lastRevisionOf(stream)
  if (stream?.tombstone !== undefined) return { decision: 'stream-deleted' }
  if (expected === 'stream-exists') {
    if (isSoftDeleted(stream)) return { decision: 'stream-deleted' }
    if (current < 0 && !hasMetadata) return { decision: 'wrong-revision', current }
  }
  if (expected === 'any' || expected === 'stream-exists') {
    return checkByRecentIds(stream?.name, current, ids, findWritten)
  }
  const expectedRevision = expected === 'no-stream' ? -1 : expected
  if (expectedRevision === current) return { decision: 'write' }
  if (expectedRevision > current || ids.length === 0) return { decision: 'wrong-revision', current }
  return checkByRevision(stream, expectedRevision, current, ids)
}

function checkByRecentIds(
  stream: string | undefined,
  current: number,
  ids: readonly string[],
  findWritten: AppendCheckInput['findWritten'],
): AppendCheck {
  let lastRevision = -1
  for (const [index, id] of ids.entries()) {
    const written = findWritten(id)
    if (written === undefined || written.stream !== stream) {
      return index === 0 ? { decision: 'write' } : { decision: 'wrong-revision', current }
    }
    lastRevision = written.revision
  }
  return ids.length === 0 ? { decision: 'write' } : { decision: 'already-written', lastRevision }
}

function checkByRevision(
  stream: StreamState | undefined,
  expectedRevision: number,
  current: number,
  ids: readonly string[],
): AppendCheck {
  for (const [index, id] of ids.entries()) {
    if (stream?.events[expectedRevision + 1 + index]?.id === id) continue
    const startsAnew = index === 0 && expectedRevision === -1 && isSoftDeleted(stream)
    return startsAnew ? { decision: 'write' } : { decision: 'wrong-revision', current }
  }
  return { decision: 'already-written', lastRevision: expectedRevision + ids.length }
}
