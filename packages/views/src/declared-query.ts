import type { CollectionDefinition, SpaceDefinition } from './document.ts'
import { ViewError } from './errors.ts'
import type { Condition, Query, Where } from './query.ts'

export const DEFAULT_LIMIT = 50
export const MAX_LIMIT = 1000

export type ConditionKind = 'equal' | 'in' | 'range' | 'not' | 'all'

/** Which of the forms of `Condition` this is. */
export function conditionKind(condition: Condition): ConditionKind {
  if (condition === null || typeof condition !== 'object') return 'equal'
  if ('all' in condition) return 'all'
  if ('in' in condition) return 'in'
  if ('not' in condition) return 'not'
  return 'range'
}

/** The collection's definition; throws `QUERY_NOT_DECLARED` when the space has no such collection. */
export function collectionOf(space: SpaceDefinition, collection: string): CollectionDefinition {
  const definition = Object.hasOwn(space.collections, collection) ? space.collections[collection] : undefined
  if (definition === undefined) throw new ViewError('QUERY_NOT_DECLARED', { space: space.name, collection })
  return definition
}

/** Every field some index of the collection names. */
export function indexedFields(definition: CollectionDefinition): ReadonlySet<string> {
  return new Set(Object.values(definition.indexes).flat())
}

/**
 * Throws `QUERY_NOT_DECLARED` unless an index carries the query. Allowed is:
 *
 * - no condition and no sort (everything, by id); a count or group without conditions;
 * - an index whose leading fields have equalities (`in` counts as one) and whose following fields are the sort;
 *   sort fields that an equality pins down do not matter, nor does the direction;
 * - an index whose first field carries a range, when nothing else is sorted by;
 * - an `all` condition on the collection's `tokens` field, whatever the sort;
 * - behind each of these, further conditions and sorting on any field that some index of the collection names.
 */
export function assertDeclared(
  space: SpaceDefinition,
  collection: string,
  query: Pick<Query, 'where' | 'sort' | 'limit'>,
): void {
  const definition = collectionOf(space, collection)
  const refuse = (reason: string, found: Readonly<Record<string, unknown>> = {}): never => {
    throw new ViewError('QUERY_NOT_DECLARED', { space: space.name, collection, reason, ...found })
  }
  const { limit = DEFAULT_LIMIT } = query
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) refuse(`limit must be 1–${MAX_LIMIT}`, { limit })

  const fields = indexedFields(definition)
  const pinned = new Set<string>()
  const ranged = new Set<string>()
  let byTokens = false
  for (const [field, condition] of Object.entries(query.where)) {
    if (condition === undefined) continue
    const kind = conditionKind(condition)
    if (kind === 'all') {
      if (field !== definition.tokens) refuse('not the tokens field', { field })
      byTokens = true
      continue
    }
    if (!fields.has(field)) refuse('field in no index', { field })
    if (kind === 'equal' || kind === 'in') pinned.add(field)
    if (kind === 'range') ranged.add(field)
  }
  const sort = (query.sort ?? []).map(([field]) => field)
  for (const field of sort) if (!fields.has(field)) refuse('field in no index', { field })
  if (byTokens) return

  const conditions = Object.values(query.where).filter((condition) => condition !== undefined).length
  if (conditions === 0 && sort.length === 0) return
  const ordered = sort.filter((field) => !isPinnedToOne(query.where[field]))
  const served = Object.values(definition.indexes).some((index) => serves(index, pinned, ranged, ordered))
  if (!served) refuse('no index serves it', { where: Object.keys(query.where), sort })
}

/** `group` asks for a declared `where` (or none) and for grouping fields that some index names. */
export function assertGroupDeclared(
  space: SpaceDefinition,
  collection: string,
  by: readonly string[],
  where: Where,
): void {
  assertDeclared(space, collection, { where })
  const fields = indexedFields(collectionOf(space, collection))
  for (const field of by) {
    if (!fields.has(field)) {
      throw new ViewError('QUERY_NOT_DECLARED', { space: space.name, collection, reason: 'field in no index', field })
    }
  }
}

/** The sort without repeated fields and without those that an equality pins to one value. */
export function effectiveSort(query: Pick<Query, 'where' | 'sort'>): readonly (readonly [string, 'asc' | 'desc'])[] {
  const seen = new Set<string>()
  return (query.sort ?? []).filter(([field]) => {
    if (seen.has(field) || isPinnedToOne(query.where[field])) return false
    seen.add(field)
    return true
  })
}

function isPinnedToOne(condition: Condition | undefined): boolean {
  return condition !== undefined && conditionKind(condition) === 'equal'
}

function serves(
  index: readonly string[],
  pinned: ReadonlySet<string>,
  ranged: ReadonlySet<string>,
  ordered: readonly string[],
): boolean {
  let lead = 0
  while (lead < index.length && pinned.has(index[lead] ?? '')) lead += 1
  const rest = index.slice(lead)
  if (ordered.length === 0) return lead > 0 || ranged.has(index[0] ?? '')
  return ordered.every((field, place) => rest[place] === field)
}
