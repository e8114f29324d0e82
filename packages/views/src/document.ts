import type { Position } from './position.ts'

/** Anything JSON can carry; `undefined` members vanish on writing. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** What a view keeps under one id. Plain JSON; fields that are queried must be declared in an index. */
export type Document = { readonly [key: string]: Json | undefined }

/** A document as the engine holds it, with the source position of the event that last changed it. */
export interface StoredDocument<D extends Document = Document> {
  readonly id: string
  readonly version: Position
  readonly document: D
}

/** One write of a batch: `document: null` deletes. A write whose version is older than what is stored is dropped. */
export interface DocumentWrite {
  readonly collection: string
  readonly id: string
  readonly version: Position
  readonly document: Document | null
}

/**
 * `indexes`: name → document fields (dotted paths reach inside). Every query must be answerable by one of them:
 * its equalities form a prefix, its sort the rest (`assertDeclared` states what else is allowed). Indexed fields hold
 * texts, numbers, booleans or nothing. A field named in `tokens` holds an array of search tokens.
 */
export interface CollectionDefinition {
  readonly indexes: { readonly [name: string]: readonly string[] }
  readonly tokens?: string
}

/** A view's shape. Raise `revision` when documents change their form: the host then rebuilds aside and swaps. */
export interface SpaceDefinition {
  readonly name: string
  readonly revision: number
  readonly collections: { readonly [name: string]: CollectionDefinition }
}
