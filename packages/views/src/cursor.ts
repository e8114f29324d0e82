import { createHash } from 'node:crypto'
import { ViewError } from './errors.ts'
import type { Query } from './query.ts'

export type CursorValue = string | number | boolean | null

/** Where a page ended: the last document's sort values, in the order of `effectiveSort`, and its id. */
export interface CursorPlace {
  readonly values: readonly CursorValue[]
  readonly id: string
}

/** An opaque cursor that only the same query (whatever its limit) accepts. */
export function encodeCursor(collection: string, query: Query, place: CursorPlace): string {
  return Buffer.from(JSON.stringify([fingerprint(collection, query), place.id, ...place.values])).toString('base64url')
}

/** Throws `CURSOR_INVALID` for text that is no cursor, or one of another query. */
export function decodeCursor(
  collection: string,
  query: Query & { readonly cursor: string },
  values: number,
): CursorPlace {
  const invalid = (): ViewError => new ViewError('CURSOR_INVALID', { collection })
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(query.cursor, 'base64url').toString('utf8'))
  } catch {
    throw invalid()
  }
  if (!Array.isArray(parts) || parts.length !== values + 2) throw invalid()
  const [, id, ...rest] = parts as unknown[]
  if (typeof id !== 'string' || !rest.every(isCursorValue)) throw invalid()
  const place = { id, values: rest }
  // Another query's cursor bears another fingerprint, and of the spellings base64 has only the one given out counts.
  if (encodeCursor(collection, query, place) !== query.cursor) throw invalid()
  return place
}

function isCursorValue(value: unknown): value is CursorValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function fingerprint(collection: string, query: Query): string {
  const where = Object.entries(query.where)
    .filter(([, condition]) => condition !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([collection, where, query.sort ?? []]))
    .digest('base64url')
    .slice(0, 16)
}
