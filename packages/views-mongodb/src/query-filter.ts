import { type Condition, type CursorPlace, type CursorValue, fieldValue, type Where } from '@dulian/views'
import type { Filter, Sort } from 'mongodb'
import { encoded } from './database.ts'
import type { DocumentRecord } from './view-records.ts'

export type RecordFilter = Filter<DocumentRecord>
export type SortKey = readonly [field: string, direction: 'asc' | 'desc']

const EVERYTHING: RecordFilter = {}
const NOTHING = { $in: [] }

/** Where a record keeps an indexed field. */
export function pathOf(field: string): string {
  return `fields.${encoded(field)}`
}

/** Leaves out what is deleted. MongoDB's comparisons stay within the type of their value by themselves. */
export function whereFilters(where: Where): RecordFilter[] {
  const filters: RecordFilter[] = [{ live: true }]
  for (const [field, condition] of Object.entries(where)) {
    if (condition !== undefined) filters.push(conditionFilter(field, condition))
  }
  return filters
}

function conditionFilter(field: string, condition: Condition): RecordFilter {
  const path = pathOf(field)
  if (condition === null) return { [path]: null }
  // No document holds an infinite number, and none must be found as if it had been asked for null.
  if (typeof condition !== 'object') return { [path]: equalTo(condition) }
  if ('all' in condition) return condition.all.length === 0 ? EVERYTHING : { tokens: { $all: [...condition.all] } }
  if ('in' in condition) return { [path]: { $in: [...condition.in] } }
  if ('not' in condition) return { [path]: { $ne: fieldValue(condition.not) } }
  const bounds = BOUNDS.filter((bound) => condition[bound] !== undefined)
  if (bounds.length === 0) return EVERYTHING
  return { [path]: Object.fromEntries(bounds.map((bound) => [`$${bound}`, condition[bound]])) }
}

const BOUNDS = ['gte', 'gt', 'lte', 'lt'] as const

function equalTo(value: string | number | boolean): CursorValue | typeof NOTHING {
  return fieldValue(value) ?? NOTHING
}

/** The id follows the last direction, so that one index read forwards or backwards gives the whole order. */
export function sortOf(sort: readonly SortKey[]): Sort {
  const last = sort.at(-1)?.[1] ?? 'asc'
  return Object.fromEntries([
    ...sort.map(([field, direction]) => [pathOf(field), direction === 'asc' ? 1 : -1] as const),
    ['_id', last === 'asc' ? 1 : -1] as const,
  ])
}

/**
 * "Comes after this place in that order": equal in the first keys and beyond it in the next, for each key. Every branch
 * is one range of the index that serves the sort, so MongoDB merges them without sorting.
 */
export function afterFilter(sort: readonly SortKey[], place: CursorPlace): RecordFilter {
  const branches: RecordFilter[] = []
  const equal: RecordFilter[] = []
  for (const [key, [field, direction]] of sort.entries()) {
    const path = pathOf(field)
    const value = place.values[key] ?? null
    for (const beyond of beyondValue(value, direction)) branches.push({ $and: [...equal, { [path]: beyond }] })
    equal.push({ [path]: value })
  }
  const last = sort.at(-1)?.[1] ?? 'asc'
  branches.push({ $and: [...equal, { _id: last === 'asc' ? { $gt: place.id } : { $lt: place.id } }] })
  return { $or: branches }
}

// The types in their order, each as the range of all its values.
const RANGES = [null, { $gte: Number.NEGATIVE_INFINITY }, { $gte: '' }, { $gte: false }] as const

/** What sorts after the value: the rest of its type, and all of the types behind it. */
function beyondValue(value: CursorValue, direction: 'asc' | 'desc'): unknown[] {
  const type = value === null ? 0 : typeof value === 'number' ? 1 : typeof value === 'string' ? 2 : 3
  const within = value === null ? [] : [direction === 'asc' ? { $gt: value } : { $lt: value }]
  return [...within, ...(direction === 'asc' ? RANGES.slice(type + 1) : RANGES.slice(0, type))]
}
