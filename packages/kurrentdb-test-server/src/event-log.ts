import { randomUUID } from 'node:crypto'

import { type AppendCheck, checkAppend, type ExpectedRevision, type WrittenAt } from './append-check.ts'
import type { LogFile } from './log-file.ts'
import {
  comparePositions,
  type LogPosition,
  type ProposedEvent,
  positionOf,
  type StoredEvent,
  TOMBSTONE_REVISION,
} from './stored-event.ts'
import {
  firstReadableRevision,
  isMetaStream,
  isSoftDeleted,
  lastRevisionOf,
  METADATA_EVENT,
  metaStreamOf,
  newStreamState,
  parseStreamMetadata,
  type StreamState,
  TOMBSTONE_EVENT,
} from './stream-state.ts'

/** What became of a write. `last` is the last of its events, `undefined` when the write had none. */
export type WriteOutcome =
  | { readonly kind: 'written'; readonly lastRevision: number; readonly last: StoredEvent | undefined }
  | { readonly kind: 'wrong-revision'; readonly current: number }
  | { readonly kind: 'stream-deleted' }

export type StreamReading =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'deleted'; readonly tombstone: StoredEvent }
  | {
      readonly kind: 'found'
      /** The readable events, oldest first. */
      readonly events: readonly StoredEvent[]
      readonly firstRevision: number
      readonly lastRevision: number
    }

/** Thrown by a write when there is no room; nothing of it was stored. */
export class StorageFullError extends Error {
  override readonly name = 'StorageFullError'
}

/** The log begins with the server's own records, which are no events: no event stands at position 0. */
const FIRST_POSITION = 237
/** Fixed part of a record, and its two length fields. */
const RECORD_OVERHEAD = 88
/** How many written ids `any` and `stream-exists` are checked against; the real server bounds them by memory. */
const REMEMBERED_IDS = 100_000

interface PendingWrite {
  readonly events: readonly StoredEvent[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** The events, their order, their streams, and the rules by which they are written. One writer, many readers. */
export class EventLog {
  /** When true every write throws `StorageFullError`. */
  full = false
  readonly #now: () => bigint
  #file: LogFile | undefined
  #events: StoredEvent[] = []
  #streams = new Map<string, StreamState>()
  #writtenIds = new Map<string, WrittenAt>()
  #readable = 0
  #pending: PendingWrite[] = []
  #flushing: Promise<void> | undefined
  readonly #listeners = new Set<() => void>()

  private constructor(now: () => bigint) {
    this.#now = now
  }

  /**
   * @param now the server's clock, in ticks of 100 ns since 1970-01-01 UTC
   * @param openFile opens the file behind the log and hands over what is in it; without it nothing is kept
   */
  static async open(
    now: () => bigint,
    openFile?: (load: (events: readonly StoredEvent[]) => void) => Promise<LogFile>,
  ): Promise<EventLog> {
    const log = new EventLog(now)
    log.#file = await openFile?.((events) => {
      for (const event of events) log.#apply(event)
    })
    log.#readable = log.#events.length
    // As after a restart of the real server: ids written before are known by revision only.
    log.#writtenIds.clear()
    return log
  }

  async close(): Promise<void> {
    await this.#flushing
    await this.#file?.close()
  }

  /** Writes events to the end of a stream, all or none, and returns when they are stored and readable. */
  async append(stream: string, expected: ExpectedRevision, proposed: readonly ProposedEvent[]): Promise<WriteOutcome> {
    const check = this.#check(
      stream,
      expected,
      proposed.map((event) => event.id),
    )
    if (check.decision !== 'write') return this.#refuseOrRepeat(stream, check)
    const state = this.#streams.get(stream)
    const next = lastRevisionOf(state) + 1
    if (proposed.length === 0) return { kind: 'written', lastRevision: next - 1, last: undefined }
    const written = proposed.map((event, index) => this.#apply(this.#record(stream, BigInt(next + index), event)))
    if (isSoftDeleted(state)) written.push(this.#writeMetadata(stream, { $tb: next }))
    await this.#store(written)
    return { kind: 'written', lastRevision: next + proposed.length - 1, last: written[proposed.length - 1] }
  }

  /** Hides a stream's events; the stream can be written to again and goes on at the next revision. */
  async delete(stream: string, expected: ExpectedRevision): Promise<WriteOutcome> {
    const check = this.#check(stream, expected, [randomUUID()])
    if (check.decision !== 'write') return this.#refuseOrRepeat(stream, check)
    if (lastRevisionOf(this.#streams.get(stream)) < 0 && !this.#hasMetadata(stream)) {
      return { kind: 'wrong-revision', current: -1 }
    }
    const event = this.#writeMetadata(stream, { $tb: TOMBSTONE_REVISION })
    await this.#store([event])
    return { kind: 'written', lastRevision: Number(event.revision), last: event }
  }

  /** Ends a stream for ever. */
  async tombstone(stream: string, expected: ExpectedRevision): Promise<WriteOutcome> {
    const id = randomUUID()
    const check = this.#check(stream, expected, [id])
    if (check.decision !== 'write') return this.#refuseOrRepeat(stream, check)
    const proposed = { id, type: TOMBSTONE_EVENT, isJson: true, data: Buffer.of(), metadata: Buffer.of() }
    const event = this.#apply(this.#record(stream, TOMBSTONE_REVISION, proposed))
    await this.#store([event])
    return { kind: 'written', lastRevision: lastRevisionOf(this.#streams.get(stream)), last: event }
  }

  /** Number of readable events in the whole log. */
  get count(): number {
    return this.#readable
  }

  /** The n-th event of the whole log, from 0. */
  event(index: number): StoredEvent | undefined {
    return index < this.#readable ? this.#events[index] : undefined
  }

  /** Index of the first event at or after a position. */
  indexAtOrAfter(position: LogPosition): number {
    let low = 0
    let high = this.#readable
    while (low < high) {
      const middle = (low + high) >>> 1
      const event = this.#events[middle]
      if (event !== undefined && comparePositions(positionOf(event), position) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Offset after the last readable record. */
  get end(): number {
    return this.event(this.#readable - 1)?.end ?? FIRST_POSITION
  }

  /** Whether a record begins at this offset, or the log ends before or at it. Elsewhere nothing can be read. */
  isReadableFrom(commit: number): boolean {
    if (commit <= 0 || commit === FIRST_POSITION || commit >= this.end) return true
    return this.event(this.indexAtOrAfter({ commit, prepare: 0 }))?.position === commit
  }

  /** Reads a stream from a revision on. */
  readStream(name: string, from = 0): StreamReading {
    const state = this.#streams.get(name)
    const end = this.end
    if (state === undefined) return { kind: 'not-found' }
    if (state.tombstone !== undefined && state.tombstone.position < end) {
      return { kind: 'deleted', tombstone: state.tombstone }
    }
    const count = state.events.findLastIndex((event) => event.position < end) + 1
    if (count === 0 || isSoftDeleted(state)) return { kind: 'not-found' }
    const firstRevision = firstReadableRevision(state)
    return {
      kind: 'found',
      events: state.events.slice(Math.min(Math.max(firstRevision, from), count), count),
      firstRevision,
      lastRevision: count - 1,
    }
  }

  /** Calls back whenever events have become readable, until the returned function is called. */
  onReadable(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #check(stream: string, expected: ExpectedRevision, ids: readonly string[]): AppendCheck {
    if (this.full) throw new StorageFullError('no space left')
    return checkAppend({
      stream: this.#streams.get(stream),
      expected,
      ids,
      hasMetadata: this.#hasMetadata(stream),
      findWritten: (id) => this.#writtenIds.get(id),
    })
  }

  #hasMetadata(stream: string): boolean {
    return lastRevisionOf(this.#streams.get(metaStreamOf(stream))) >= 0
  }

  async #refuseOrRepeat(stream: string, check: Exclude<AppendCheck, { decision: 'write' }>): Promise<WriteOutcome> {
    if (check.decision === 'stream-deleted') return { kind: 'stream-deleted' }
    if (check.decision === 'wrong-revision') return { kind: 'wrong-revision', current: check.current }
    const last = this.#streams.get(stream)?.events[check.lastRevision]
    // The first write may still be on its way to the disk, and may fail there.
    while (last !== undefined && last.position >= this.end && this.#flushing !== undefined) await this.#nextNotice()
    if (this.#streams.get(stream)?.events[check.lastRevision] !== last) throw new StorageFullError('no space left')
    return { kind: 'written', lastRevision: check.lastRevision, last }
  }

  #writeMetadata(stream: string, change: { $tb: number | bigint }): StoredEvent {
    const metaStream = metaStreamOf(stream)
    const state = this.#streams.get(metaStream)
    const data = Buffer.from(`{"$tb":${change.$tb}}`)
    const proposed = { id: randomUUID(), type: METADATA_EVENT, isJson: true, data, metadata: Buffer.of() }
    return this.#apply(this.#record(metaStream, BigInt(lastRevisionOf(state) + 1), proposed))
  }

  #record(stream: string, revision: bigint, proposed: ProposedEvent): StoredEvent {
    const position = this.#events.at(-1)?.end ?? FIRST_POSITION
    const names = Buffer.byteLength(stream) + Buffer.byteLength(proposed.type)
    const end = position + RECORD_OVERHEAD + names + proposed.data.length + proposed.metadata.length
    return { ...proposed, stream, revision, created: this.#now(), position, end }
  }

  #apply(event: StoredEvent): StoredEvent {
    let state = this.#streams.get(event.stream)
    if (state === undefined) {
      state = newStreamState(event.stream)
      this.#streams.set(event.stream, state)
    }
    this.#events.push(event)
    if (event.revision === TOMBSTONE_REVISION) {
      state.tombstone = event
      return event
    }
    state.events.push(event)
    this.#rememberId(event)
    if (isMetaStream(event.stream)) this.#applyMetadata(event)
    return event
  }

  #applyMetadata(event: StoredEvent): void {
    const name = event.stream.slice(2)
    const described = this.#streams.get(name) ?? newStreamState(name)
    described.metadata = parseStreamMetadata(event.data)
    this.#streams.set(name, described)
  }

  #rememberId(event: StoredEvent): void {
    this.#writtenIds.set(event.id, { stream: event.stream, revision: Number(event.revision) })
    if (this.#writtenIds.size <= REMEMBERED_IDS) return
    const oldest = this.#writtenIds.keys().next()
    if (!oldest.done) this.#writtenIds.delete(oldest.value)
  }

  async #store(events: readonly StoredEvent[]): Promise<void> {
    if (this.#file === undefined) {
      this.#publish()
      return
    }
    const stored = new Promise<void>((resolve, reject) => this.#pending.push({ events, resolve, reject }))
    this.#flushing ??= this.#flush(this.#file)
    await stored
  }

  /** Writes everything that waits in one go, again and again until nothing waits. */
  async #flush(file: LogFile): Promise<void> {
    while (this.#pending.length > 0) {
      const writes = this.#pending
      this.#pending = []
      try {
        await file.write(writes.map((write) => write.events))
      } catch (error) {
        this.#forgetUnstored(writes, error)
        break
      }
      this.#readable += writes.reduce((count, write) => count + write.events.length, 0)
      this.#notify()
      for (const write of writes) write.resolve()
    }
    this.#flushing = undefined
  }

  /** Nothing after the last stored write may stay: what waits behind a failed write was checked against it. */
  #forgetUnstored(writes: readonly PendingWrite[], cause: unknown): void {
    const unstored = [...writes, ...this.#pending]
    this.#pending = []
    const kept = this.#events.slice(0, this.#readable)
    this.#events = []
    this.#streams = new Map()
    for (const event of kept) this.#apply(event)
    for (const write of unstored) {
      for (const event of write.events) this.#writtenIds.delete(event.id)
      write.reject(new StorageFullError('the log file could not be written', { cause }))
    }
    this.#notify()
  }

  #nextNotice(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.onReadable(() => {
        stop()
        resolve()
      })
    })
  }

  #publish(): void {
    this.#readable = this.#events.length
    this.#notify()
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }
}
