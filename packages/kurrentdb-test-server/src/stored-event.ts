/** The revision the protocol gives the event that ends a tombstoned stream: the largest int64. */
export const TOMBSTONE_REVISION = 9223372036854775807n

/** An event as a client proposes it. */
export interface ProposedEvent {
  /** UUID, lower case. */
  readonly id: string
  readonly type: string
  readonly isJson: boolean
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

/** An event of the log. */
export interface StoredEvent extends ProposedEvent {
  readonly stream: string
  readonly revision: bigint
  /** When it was written, in ticks of 100 ns since 1970-01-01 UTC. */
  readonly created: bigint
  /** Offset of its record in the log: both commit and prepare position. */
  readonly position: number
  /** Offset just after its record. */
  readonly end: number
}

/** A place in the log. Compared by commit first, then by prepare. */
export interface LogPosition {
  readonly commit: number
  readonly prepare: number
}

/** Before every event. */
export const BEFORE_ALL: LogPosition = { commit: -1, prepare: -1 }

export function comparePositions(a: LogPosition, b: LogPosition): number {
  return a.commit - b.commit || a.prepare - b.prepare
}

/** The position of an event: commit and prepare are the same for every event written without an explicit transaction. */
export function positionOf(event: StoredEvent): LogPosition {
  return { commit: event.position, prepare: event.position }
}
