import type { SqlValue } from '@dulian/sqlite'
import { type CursorValue, fieldValue } from '@dulian/views'

// SQLite has no booleans, and 1 must not equal true. One-byte blobs keep them apart and sort them after texts:
// null < numbers < texts < booleans, the order other engines have as well.
const FALSE = Uint8Array.of(0)
const TRUE = Uint8Array.of(1)

/** A document's field as its index column holds it. */
export function toColumn(value: unknown): SqlValue {
  const held = fieldValue(value)
  return typeof held === 'boolean' ? (held ? TRUE : FALSE) : held
}

export function fromColumn(value: unknown): CursorValue {
  if (value instanceof Uint8Array) return value[0] === 1
  if (typeof value === 'string' || typeof value === 'number') return value
  return null
}

/** A dotted path as SQLite's JSON functions want it. */
export function jsonPath(path: string | undefined): string {
  return (path ?? '')
    .split('.')
    .filter((step) => step !== '')
    .reduce((whole, step) => `${whole}."${step}"`, '$')
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
