import type { SqlValue } from '@dulian/sqlite'
import { type Condition, type CursorPlace, conditionKind, type Where } from '@dulian/views'
import { quoted, toColumn } from './column-value.ts'

/** A piece of SQL and what is bound to it, in order. */
export interface Sql {
  readonly text: string
  readonly values: readonly SqlValue[]
}

/** Names of one collection in its file. */
export interface TableNames {
  readonly documents: string
  /** Absent as long as the tokens are only in the documents. */
  readonly tokens: string | undefined
  /** Where in a document they are. */
  readonly tokenPath: string
}

export type SortKey = readonly [field: string, direction: 'asc' | 'desc']

/** The column a field is kept in. */
export function columnOf(field: string): string {
  return quoted(`$${field}`)
}

/** Always names the indexes' own condition, without which SQLite could not use them. */
export function whereSql(table: TableNames, where: Where): Sql {
  const parts = ['document IS NOT NULL']
  const values: SqlValue[] = []
  const conditions = Object.entries(where).filter((entry): entry is [string, Condition] => entry[1] !== undefined)
  // Few documents hold all the tokens: they must lead, and `+` keeps the other conditions from it.
  const lead = conditions.some(([, condition]) => conditionKind(condition) === 'all') ? '+' : ''
  for (const [field, condition] of conditions) {
    const sql = conditionSql(table, lead + columnOf(field), condition)
    parts.push(sql.text)
    values.push(...sql.values)
  }
  return { text: parts.join(' AND '), values }
}

function conditionSql(table: TableNames, column: string, condition: Condition): Sql {
  if (condition === null) return { text: `${column} IS NULL`, values: [] }
  if (typeof condition !== 'object') return { text: `${column} = ?`, values: [toColumn(condition)] }
  if ('all' in condition) return allSql(table, condition.all)
  if ('in' in condition) {
    return { text: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(condition.in)] }
  }
  if ('not' in condition) {
    if (condition.not === null) return { text: `${column} IS NOT NULL`, values: [] }
    return { text: `${column} IS NOT ?`, values: [toColumn(condition.not)] }
  }
  const parts: string[] = []
  const values: SqlValue[] = []
  for (const [bound, operator] of BOUNDS) {
    const value = condition[bound]
    if (value === undefined) continue
    parts.push(`${column} ${operator} ?`)
    values.push(value)
    // A range stays within the type of its bound: a text is never greater than a number.
    if (typeof value === 'number' && operator.startsWith('>')) parts.push(`${column} < ''`)
    if (typeof value === 'string') parts.push(operator.startsWith('>') ? `${column} < x''` : `${column} >= ''`)
  }
  return { text: parts.length > 0 ? parts.join(' AND ') : '1', values }
}

const BOUNDS = [
  ['gte', '>='],
  ['gt', '>'],
  ['lte', '<='],
  ['lt', '<'],
] as const

function allSql(table: TableNames, tokens: readonly string[]): Sql {
  const wanted = [...new Set(tokens)]
  if (wanted.length === 0) return { text: '1', values: [] }
  const list = JSON.stringify(wanted)
  if (table.tokens === undefined) {
    return {
      text: `(SELECT count(DISTINCT held.value) FROM json_each(document, ?) AS held WHERE held.value IN (SELECT value FROM json_each(?))) = ?`,
      values: [table.tokenPath, list, wanted.length],
    }
  }
  if (wanted.length === 1) {
    return { text: `n IN (SELECT n FROM ${table.tokens} WHERE token = ?)`, values: wanted }
  }
  return {
    text: `n IN (SELECT n FROM ${table.tokens} WHERE token IN (SELECT value FROM json_each(?)) GROUP BY n HAVING count(*) = ?)`,
    values: [list, wanted.length],
  }
}

/** The id follows the last direction, so that one index read forwards or backwards gives the whole order. */
export function idDirection(sort: readonly SortKey[]): 'asc' | 'desc' {
  return sort.at(-1)?.[1] ?? 'asc'
}

export function orderSql(sort: readonly SortKey[]): string {
  return [...sort.map(([field, direction]) => `${columnOf(field)} ${direction}`), `id ${idDirection(sort)}`].join(', ')
}

/**
 * "Comes after this place in that order", in one or two steps to be read one after the other; nulls come first, as
 * SQLite sorts them. Downwards they come last, and one condition for "less or null" could not enter the index in the
 * middle: so what has no value is a step of its own.
 */
export function afterSteps(sort: readonly SortKey[], place: CursorPlace): readonly Sql[] {
  const [first] = sort
  const after = afterSql(sort, place, 0)
  if (first === undefined || first[1] === 'asc' || place.values[0] === null) return [after]
  return [after, { text: `${columnOf(first[0])} IS NULL`, values: [] }]
}

function afterSql(sort: readonly SortKey[], place: CursorPlace, key: number): Sql {
  const [field, direction] = sort[key] ?? []
  if (field === undefined) return { text: `id ${idDirection(sort) === 'asc' ? '>' : '<'} ?`, values: [place.id] }
  const rest = afterSql(sort, place, key + 1)
  const column = columnOf(field)
  const value = toColumn(place.values[key])
  if (value === null) {
    const same: Sql = { text: `(${column} IS NULL AND ${rest.text})`, values: rest.values }
    return direction === 'asc' ? { text: `(${column} IS NOT NULL OR ${same.text})`, values: same.values } : same
  }
  const beyond = direction === 'asc' ? '>' : '<'
  if (direction === 'desc' && key > 0) {
    return {
      text: `(${column} < ? OR ${column} IS NULL OR (${column} = ? AND ${rest.text}))`,
      values: [value, value, ...rest.values],
    }
  }
  // The first comparison says nothing new, but lets SQLite enter the index at this place.
  return {
    text: `(${column} ${beyond}= ? AND (${column} ${beyond} ? OR (${column} = ? AND ${rest.text})))`,
    values: [value, value, value, ...rest.values],
  }
}
