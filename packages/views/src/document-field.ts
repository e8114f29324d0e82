import type { Document } from './document.ts'

/** What an index holds of a document's field: what is no scalar counts as missing, and so does no finite number. */
export function fieldValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : null
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

/** The tokens a document carries, without repetitions. */
export function tokensOf(value: unknown): Set<string> {
  if (!Array.isArray(value)) return new Set()
  return new Set(value.filter((token): token is string => typeof token === 'string'))
}
