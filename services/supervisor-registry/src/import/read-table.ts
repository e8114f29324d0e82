import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ReadCell, ReadSheet } from '@dulian/spreadsheets'
import { registryError } from '../errors.ts'
import { type CellProblem, type Fault, faultOfCell, faults, shown } from './cell-problem.ts'
import type { Column, Columns, Values } from './column.ts'

/** The header is looked for in the lines above this one: the template has its title and instructions before it. */
const HEADER_WITHIN = 15
/** Rows that are read with nobody served in between. */
const CHUNK = 500

export interface TableRow<V> {
  /** As the spreadsheet counts. */
  readonly row: number
  /** In the order of the columns; what the row held, for the file of errors. */
  readonly texts: readonly string[]
  /** Null when a cell could not be read: `problems` says which. */
  readonly values: V | null
  readonly problems: readonly CellProblem[]
}

export interface ReadTable<V> {
  readonly sheet: string
  readonly rows: readonly TableRow<V>[]
  /** Headers that belong to no column; their cells are not read. */
  readonly ignored: readonly string[]
}

/**
 * The rows below the header of the first sheet that has one. Throws `IMPORT_COLUMNS_MISSING`, `IMPORT_COLUMN_TWICE`,
 * `IMPORT_NO_ROWS`; what is wrong with single cells stands in the rows.
 */
export async function readTable<C extends Columns>(
  sheets: readonly ReadSheet[],
  columns: C,
): Promise<ReadTable<Values<C>>> {
  const { sheet, line, places, ignored } = findHeader(sheets, Object.values(columns))
  const rows: TableRow<Values<C>>[] = []
  for (let at = line + 1; at < sheet.rows.length; at += 1) {
    const cells = sheet.rows[at] ?? []
    if (cells.some(({ kind }) => kind !== 'empty')) rows.push(readRow(at + 1, cells, columns, places))
    if (at % CHUNK === 0) await nextTurn()
  }
  if (rows.length === 0) throw registryError('IMPORT_NO_ROWS', { sheet: sheet.name })
  return { sheet: sheet.name, rows, ignored }
}

function readRow<C extends Columns>(
  row: number,
  cells: readonly ReadCell[],
  columns: C,
  places: ReadonlyMap<string, number>,
): TableRow<Values<C>> {
  const values: Record<string, unknown> = {}
  const texts: string[] = []
  const problems: CellProblem[] = []
  for (const [key, column] of Object.entries(columns)) {
    const place = places.get(column.header)
    const cell = (place === undefined ? undefined : cells[place]) ?? { kind: 'empty', text: '' }
    texts.push(cell.text)
    values[key] = null
    const read = readCell(cell, column)
    if ('value' in read) values[key] = read.value
    else {
      const value = shown(column.show?.(cell.text) ?? cell.text)
      problems.push({ row, column: column.header, value, ...read.fault })
    }
  }
  return { row, texts, values: problems.length === 0 ? (values as Values<C>) : null, problems }
}

function readCell(cell: ReadCell, column: Column<unknown>): { readonly value: unknown } | { readonly fault: Fault } {
  const fault = faultOfCell(cell)
  if (fault !== undefined) return { fault }
  if (cell.kind === 'empty') return column.isRequired ? { fault: faults.missing } : { value: null }
  return column.read(cell)
}

interface Header {
  readonly sheet: ReadSheet
  /** Place of the header among the sheet's rows. */
  readonly line: number
  /** Header → place of the column. */
  readonly places: ReadonlyMap<string, number>
  readonly ignored: readonly string[]
}

function findHeader(sheets: readonly ReadSheet[], columns: readonly Column<unknown>[]): Header {
  let best: { readonly sheet: ReadSheet; readonly line: number; readonly missing: readonly string[] } | undefined
  const required = columns.filter(({ isRequired }) => isRequired).map(({ header }) => header)
  for (const sheet of sheets) {
    for (const [line, cells] of sheet.rows.slice(0, HEADER_WITHIN).entries()) {
      const found = new Set(cells.map(({ text }) => plainHeader(text)))
      const missing = required.filter((header) => !found.has(header))
      if (missing.length === 0) return headerAt(sheet, line, columns)
      if (missing.length < (best?.missing.length ?? required.length)) best = { sheet, line, missing }
    }
  }
  const missing = best?.missing ?? required
  throw registryError('IMPORT_COLUMNS_MISSING', { columns: missing.join('、'), missing })
}

function headerAt(sheet: ReadSheet, line: number, columns: readonly Column<unknown>[]): Header {
  const places = new Map<string, number>()
  const ignored: string[] = []
  const known = new Set(columns.map(({ header }) => header))
  for (const [place, { text }] of (sheet.rows[line] ?? []).entries()) {
    const header = plainHeader(text)
    if (header === '') continue
    if (places.has(header)) throw registryError('IMPORT_COLUMN_TWICE', { column: header })
    if (known.has(header)) places.set(header, place)
    else ignored.push(shown(text))
  }
  return { sheet, line, places, ignored }
}

/** As people decorate headers: `学校名称 *`, `学校名称（必填）`. */
function plainHeader(text: string): string {
  return text.replaceAll(/\s|[*＊]|[（(](?:必填|选填)[）)]/g, '')
}
