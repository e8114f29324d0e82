import type { Document, DocumentWrite, SpaceDefinition, StoredDocument } from './document.ts'
import type { Position } from './position.ts'
import type { GroupCount, Page, Query, Where } from './query.ts'

/** The right to move one subscription forward; `token` grows with every new holder (fencing). */
export interface Lease {
  readonly holder: string
  readonly token: number
  readonly expiresAt: number
}

/** An event whose handler kept failing: set aside so that the rest goes on. `key` blocks later events of the same stream. */
export interface ParkedEvent {
  readonly eventId: string
  readonly stream: string
  readonly position: Position
  readonly type: string
  /** Error class and code only; never a message that could carry personal data. */
  readonly error: string
  readonly attempts: number
  readonly parkedAt: string
}

/** What one step of a subscription changes, all or nothing. */
export interface Commit {
  readonly position: Position
  readonly writes?: readonly DocumentWrite[]
  readonly park?: readonly ParkedEvent[]
  /** Event ids that were parked and are now replayed or skipped. */
  readonly unpark?: readonly string[]
}

/**
 * One view: its documents, and the state of the subscription that fills it (lease, checkpoint, parked events), kept
 * together so that they can change in one step. A subscription without documents (a policy, a publisher) is a space
 * with no collections.
 */
export interface ViewSpace {
  readonly definition: SpaceDefinition
  /** 1, 2, 3 …: each rebuild fills the next. */
  readonly generation: number

  /**
   * The lease, or `undefined` while somebody else's has not run out; the same holder gets it anew, with a greater
   * token. `ttl` in milliseconds. A lease that would last longer than its own `ttl` (the clock was set back) has run out.
   */
  acquire(holder: string, ttl: number): Promise<Lease | undefined>
  /** Extends it, keeping its token; throws `LEASE_LOST` when somebody else has it by now. */
  renew(lease: Lease, ttl: number): Promise<Lease>
  release(lease: Lease): Promise<void>

  /** How far this view has come. */
  position(): Promise<Position>
  /**
   * Throws `LEASE_LOST` under an old token, and then nothing of the commit is kept. A position older than the stored
   * one is not taken over; the writes count by their own versions.
   */
  commit(lease: Lease, commit: Commit): Promise<void>
  /** Oldest position first. */
  parked(): Promise<readonly ParkedEvent[]>

  get<D extends Document>(collection: string, id: string): Promise<StoredDocument<D> | undefined>
  getMany<D extends Document>(
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument<D>>>
  /** Throws `QUERY_NOT_DECLARED` when no index of the collection serves it (`assertDeclared` states the rule), `CURSOR_INVALID` for another query's cursor. */
  find<D extends Document>(collection: string, query: Query): Promise<Page<StoredDocument<D>>>
  count(collection: string, where: Where): Promise<number>
  /** How many documents there are of each combination of these fields; in any order, none with a count of 0. */
  group(collection: string, by: readonly string[], where: Where): Promise<readonly GroupCount[]>

  /** The next generation, empty and without secondary indexes, to be filled beside this one. An unfinished one is resumed when `resume`, else dropped. */
  beginGeneration(options?: { readonly resume?: boolean }): Promise<ViewSpace>
  /** Builds the secondary indexes of a generation filled aside, so that `promote` has little left to do. */
  buildIndexes(): Promise<void>
  /**
   * Creates `next`'s indexes where they are missing, then makes it the live one in one step; the old one is dropped.
   * This object answers from `next` afterwards, and so does every other one that has the space open. All leases end,
   * here and in `next`: whoever moves the view on acquires anew and reads its position. Throws `LEASE_LOST` when another
   * generation was begun meanwhile.
   */
  promote(next: ViewSpace): Promise<void>
  close(): Promise<void>
}

/** An engine for views, bound to one service's data. */
export interface ViewEngine {
  /** The live generation of a space; creates the first one when there is none. */
  open(definition: SpaceDefinition): Promise<ViewSpace>
  /** Revision of the live generation as stored, to see whether a rebuild is due. */
  storedRevision(name: string): Promise<number | undefined>
  close(): Promise<void>
}
