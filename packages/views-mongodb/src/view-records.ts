import type { CursorValue } from '@dulian/views'

/** One generation's subscription, inside of its space's record. */
export interface GenerationState {
  readonly holder: string | null
  readonly token: number
  /** Milliseconds since 1970. */
  readonly grantedAt: number
  readonly expiresAt: number
  /** See `positionKey`. Moves on once a commit's documents are there. */
  readonly position: string
  /** Number of the last commit that wrote documents. */
  readonly sequence: number
  /** The commit that has been decided but whose documents may not all be there. */
  readonly journal: Journal | null
  /** The fields that the last writer's definition indexed; see `shapeOf`. */
  readonly shape: string
}

/** A decided commit. Its writes are in here when they are small, else in `chunks` documents of the journal collection. */
export interface Journal {
  readonly id: string
  readonly position: string
  readonly sequence: number
  readonly writes: readonly RecordWrite[] | null
  readonly chunks: number
}

/** One document of the `spaces` collection: a commit, a lease and a promotion each change exactly one of them. */
export interface SpaceRecord {
  /** The space's name. */
  readonly _id: string
  readonly live: number
  readonly revision: number
  readonly next: number | null
  readonly nextRevision: number | null
  /** Never shrinks: the number of a dropped generation is not used again. */
  readonly last: number
  readonly generations: { readonly [generation: string]: GenerationState }
}

/** A view's document: its JSON text, and what is queried once more beside it. A deleted one keeps its version alone. */
export interface DocumentRecord {
  readonly _id: string
  /** See `versionKey`. */
  readonly version: string
  readonly live: boolean
  readonly text: string | null
  readonly fields: { readonly [field: string]: CursorValue } | null
  readonly tokens: readonly string[]
}

/** A write as the journal keeps it. */
export interface RecordWrite {
  /** Name of the MongoDB collection. */
  readonly collection: string
  readonly id: string
  /** See `positionKey`. */
  readonly position: string
  readonly live: boolean
  readonly text: string | null
  readonly fields: { readonly [field: string]: CursorValue } | null
  readonly tokens: readonly string[]
}

export interface JournalChunk {
  readonly _id: string
  readonly journal: string
  readonly space: string
  readonly generation: number
  readonly token: number
  readonly writes: readonly RecordWrite[]
}
