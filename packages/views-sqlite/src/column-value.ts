import type { SqlValue } from '@dulian/sqlite'
import type { CursorValue, Document } from '@dulian/views'

// SQLite has no booleans, and 1 must not equal true. One-byte blobs keep them apart and sort them after texts:
// null < numbers < texts < booleans, the order other engines have as well.
const FALSE = Uint8Array.of(0)
const TRUE = Uint8Array.of(1)

/** A document's field as its index column holds it; what is no scalar counts as missing. */
export function toColumn(value: unknown): SqlValue {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return Number.isFinite(value) ? value : null
    case 'boolean':
      return value ? TRUE : FALSE
    default:
      return null
  }
}

export function fromColumn(value: unknown): CursorValue {
  if (value instanceof Uint8Array) return value[0] === 1
  if (typeof value === 'string' || typeof value === 'number') return value
  return null
}

/** Reads a dotted path out of documents. */
export function fieldReader(path: string): (document: Document) => unknown {
  const steps = path.split('.')
  const [only] = steps
  if (steps.length === 1 && only !== undefined) return (document) => document[only]
  return (document) => {
    let value: unknown = document
    for (const step of steps) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
      value = (value as Document)[step]
    }
    return value
  }
}

/** The same path as SQLite's JSON functions want it. */
export function jsonPath(path: string | undefined): string {
  return (path ?? '')
    .split('.')
    .filter((step) => step !== '')
    .reduce((whole, step) => `${whole}."${step}"`, '$')
}

/** The tokens a document carries, without repetitions. */
export function tokensOf(value: unknown): Set<string> {
  if (!Array.isArray(value)) return new Set()
  return new Set(value.filter((token): token is string => typeof token === 'string'))
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
