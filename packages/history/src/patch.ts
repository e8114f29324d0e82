import type { Document, Json } from '@dulian/views'

/**
 * What one event changed of a document, so that it can be applied to what the document was on another day: fields set,
 * elements that came to lists and went from them, amounts added to counters.
 */
export type Patch =
  | { readonly kind: 'whole'; readonly document: Document }
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'fields'
      readonly set: { readonly [field: string]: Json }
      readonly lists: { readonly [field: string]: ListPatch }
      readonly counters: { readonly [field: string]: number }
    }

/** `unique`: the list held nothing twice afterwards, and so it does not on another day. */
export type ListPatch = { readonly came: readonly Json[]; readonly went: readonly Json[]; readonly unique: boolean }

/** The patch from one state to the next; `undefined` when nothing differs. `null` is a document that is not there. */
export function patchBetween(
  before: Document | null,
  after: Document | null,
  counters: ReadonlySet<string>,
): Patch | undefined {
  if (after === null) return before === null ? undefined : { kind: 'gone' }
  if (before === null) return { kind: 'whole', document: after }
  const set: { [field: string]: Json } = {}
  const lists: { [field: string]: ListPatch } = {}
  const sums: { [field: string]: number } = {}
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [from, to] = [before[field] ?? null, after[field] ?? null]
    if (isSame(from, to)) continue
    if (isList(from) && isList(to)) {
      lists[field] = { came: without(to, from), went: without(from, to), unique: isUnique(to) }
    } else if (counters.has(field) && typeof from === 'number' && typeof to === 'number') sums[field] = to - from
    else set[field] = to
  }
  const changed = [set, lists, sums].some((part) => Object.keys(part).length > 0)
  return changed ? { kind: 'fields', set, lists, counters: sums } : undefined
}

/** A document with a patch applied; a patch of fields does nothing to a document that is not there. */
export function patched(document: Document | null, patch: Patch): Document | null {
  switch (patch.kind) {
    case 'whole':
      return patch.document
    case 'gone':
      return null
    case 'fields': {
      if (document === null) return null
      const next: { [field: string]: Json | undefined } = { ...document, ...patch.set }
      for (const [field, { came, went, unique }] of Object.entries(patch.lists)) {
        const now = next[field]
        const left = without(isList(now) ? now : [], went)
        next[field] = [...left, ...(unique ? without(came, left) : came)]
      }
      for (const [field, amount] of Object.entries(patch.counters)) {
        const now = next[field]
        next[field] = (typeof now === 'number' ? now : 0) + amount
      }
      return next
    }
    default: {
      const unknown: never = patch
      return unknown
    }
  }
}

/** Whether two values are the same as stored; the order of an object's fields does not count. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true
  if (!isObject(one) || !isObject(other)) return (one ?? null) === (other ?? null)
  if (isList(one)) return isList(other) && one.length === other.length && one.every((part, n) => isSame(part, other[n]))
  if (isList(other)) return false
  const fields = fieldsOf(one)
  if (fields.length !== fieldsOf(other).length) return false
  return fields.every((field) => other[field] !== undefined && isSame(one[field], other[field]))
}

/** Those that are stored. */
function fieldsOf(document: Document): string[] {
  return Object.keys(document).filter((field) => document[field] !== undefined)
}

/** Equal for equal values and for no others. */
function canonical(value: Json): string {
  // No other value's text begins like that.
  if (typeof value === 'string') return `"${value}`
  if (!isObject(value)) return String(value)
  return JSON.stringify(value, (_key, part: Json) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}

function isObject(value: Json | undefined): value is Exclude<Json, string | number | boolean | null> {
  return typeof value === 'object' && value !== null
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isUnique(list: readonly Json[]): boolean {
  return new Set(list.map(canonical)).size === list.length
}

/** The elements of a list that another does not hold; of equal elements as many as it holds fewer. */
function without(list: readonly Json[], other: readonly Json[]): Json[] {
  const there = new Map<string, number>()
  for (const element of other) {
    const key = canonical(element)
    there.set(key, (there.get(key) ?? 0) + 1)
  }
  return list.filter((element) => {
    const key = canonical(element)
    const left = there.get(key) ?? 0
    if (left > 0) there.set(key, left - 1)
    return left === 0
  })
}
