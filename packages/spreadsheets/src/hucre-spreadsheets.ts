import { isDomainError } from '@dulian/event-sourcing'
import { type Cell, type CellValue, readXlsx, type Sheet, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { spreadsheetError } from './errors.ts'
import { MOST_ROWS, type ReadCell, type ReadSheet, type SheetToWrite, type Spreadsheets } from './spreadsheet.ts'
import { boundedArchive, tooLarge } from './unpacked-size.ts'

/** Workbooks by `hucre`. */
export const hucreSpreadsheets: Spreadsheets = {
  async read(bytes, name) {
    let sheets: readonly Sheet[]
    try {
      const workbook = await readXlsx(boundedArchive(bytes, name), {
        sheets: ({ hidden, veryHidden }) => hidden !== true && veryHidden !== true,
        maxRows: MOST_ROWS + 1,
      })
      sheets = workbook.sheets
    } catch (error) {
      if (isDomainError(error)) throw error
      throw spreadsheetError('SPREADSHEET_UNREADABLE', { name }, { cause: error })
    }
    if (sheets.some(({ rows }) => rows.length > MOST_ROWS)) throw tooLarge(name)
    return sheets.map(readSheet)
  },
  async write(sheets) {
    const lists = new LongLists()
    const written = sheets.map((sheet) => writtenSheet(sheet, lists))
    return await writeXlsx({ sheets: [...written, ...lists.sheets()], defaultFont: { name: '等线', size: 11 } })
  },
}

function readSheet({ name, rows, cells }: Sheet): ReadSheet {
  const read = rows.map((row, place) => row.map((value, column) => readCell(value, cells?.get(`${place},${column}`))))
  const last = read.findLastIndex((row) => row.some(({ kind }) => kind !== 'empty'))
  return { name, rows: read.slice(0, last + 1) }
}

function readCell(value: CellValue, cell: Cell | undefined): ReadCell {
  if (cell?.formula !== undefined) return { kind: 'formula', text: `=${cell.formula}` }
  if (cell?.type === 'error') return { kind: 'error', text: String(value ?? '') }
  if (value === null || value === undefined) return { kind: 'empty', text: '' }
  if (value instanceof Date) return { kind: 'date', text: Number.isNaN(value.getTime()) ? '' : dayOf(value) }
  if (typeof value === 'number') return { kind: 'number', text: plainDigits(value), number: value }
  if (typeof value === 'boolean') return { kind: 'boolean', text: value ? 'TRUE' : 'FALSE' }
  const text = value.trim()
  return text === '' ? { kind: 'empty', text } : { kind: 'text', text }
}

/** A workbook's dates have no zone: their day is that of the reader's UTC fields. */
function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function plainDigits(value: number): string {
  return Number.isInteger(value) && Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value)
}

/** Excel takes a list of choices within the rule up to this length, and none whose words hold a comma. */
const LONGEST_LIST = 250

/** Choices too long to stand in a rule: they stand on a hidden sheet, a column each. */
class LongLists {
  readonly #lists: (readonly string[])[] = []

  ruleFor(choices: readonly string[]): { readonly values: string[] } | { readonly formula1: string } {
    const fits = choices.join(',').length <= LONGEST_LIST && !choices.some((choice) => /[,"]/.test(choice))
    if (fits) return { values: [...choices] }
    this.#lists.push(choices)
    const letter = columnLetter(this.#lists.length - 1)
    return { formula1: `'${LISTS}'!$${letter}$1:$${letter}$${choices.length}` }
  }

  sheets(): WriteSheet[] {
    if (this.#lists.length === 0) return []
    const height = Math.max(...this.#lists.map(({ length }) => length))
    const rows = Array.from({ length: height }, (_, row) => this.#lists.map((list): CellValue => list[row] ?? null))
    return [{ name: LISTS, hidden: true, rows }]
  }
}

const LISTS = '可选项'

function writtenSheet(
  { name, above = [], columns, rows, below = [], landscape = false }: SheetToWrite,
  lists: LongLists,
): WriteSheet {
  const header = above.length
  const width = columns.length
  const line = (text: string): CellValue[] => [text, ...Array<null>(Math.max(0, width - 1)).fill(null)]
  const cells = new Map<string, Partial<Cell>>()
  for (const [column] of columns.entries()) cells.set(`${header},${column}`, { style: headerStyle })
  if (header > 0) cells.set('0,0', { style: titleStyle })
  const merges = [...above.keys(), ...below.keys().map((place) => header + 1 + rows.length + place)].map((row) => ({
    startRow: row,
    startCol: 0,
    endRow: row,
    endCol: Math.max(0, width - 1),
  }))
  return {
    name: sheetName(name),
    columns: columns.map(({ header: title, width: wanted, asText }) => ({
      width: wanted ?? Math.max(10, title.length * 2 + 4),
      ...(asText === true ? { numFmt: '@' } : {}),
    })),
    rows: [
      ...above.map(line),
      columns.map((column) => column.header),
      ...rows.map((row) => [...row]),
      ...below.map(line),
    ],
    cells,
    ...(width > 1 ? { merges } : {}),
    freezePane: { rows: header + 1 },
    dataValidations: columns.flatMap(({ choices, hint, header: title }, column) => {
      if (choices === undefined && hint === undefined) return []
      const letter = columnLetter(column)
      return [
        {
          type: choices === undefined ? ('custom' as const) : ('list' as const),
          ...(choices === undefined ? { formula1: 'TRUE' } : lists.ruleFor(choices)),
          allowBlank: true,
          showErrorMessage: choices !== undefined,
          errorTitle: title,
          errorMessage: '请从下拉列表中选择。',
          ...(hint === undefined ? {} : { showInputMessage: true, inputTitle: title.slice(0, 32), inputMessage: hint }),
          range: `${letter}${header + 2}:${letter}${Math.max(header + 1 + rows.length, header + 1_001)}`,
        },
      ]
    }),
    pageSetup: {
      paperSize: 'a4',
      orientation: landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    },
  }
}

const titleStyle = { font: { bold: true, size: 14 } } satisfies Cell['style']
const headerStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E8EEF6' } },
} satisfies Cell['style']

/** Excel refuses these characters and more than 31 of any. */
function sheetName(name: string): string {
  return name.replaceAll(/[:\\/?*[\]]/g, ' ').slice(0, 31)
}

function columnLetter(column: number): string {
  const rest = String.fromCharCode(65 + (column % 26))
  return column < 26 ? rest : columnLetter(Math.floor(column / 26) - 1) + rest
}
