/** What a cell holds, as far as whoever reads a table must tell it apart. */
export type CellKind = 'empty' | 'text' | 'number' | 'boolean' | 'date' | 'formula' | 'error'

/** One cell as it was read. */
export interface ReadCell {
  readonly kind: CellKind
  /**
   * The value as text without white space at its ends: numbers in plain decimal digits, days as `YYYY-MM-DD`, booleans as `TRUE`/`FALSE`, a
   * formula as `=…` whatever it once evaluated to.
   */
  readonly text: string
  /** Of a number alone; its digits beyond the 15th are lost in the file already. */
  readonly number?: number
}

/** Rows from the first line of the sheet on; rows may differ in length, those behind the last with content are left out. */
export interface ReadSheet {
  readonly name: string
  readonly rows: readonly (readonly ReadCell[])[]
}

export type CellToWrite = string | number | boolean | null

export interface ColumnToWrite {
  readonly header: string
  /** In characters of half a Chinese one; from the header when absent. */
  readonly width?: number
  /** Offered as a drop-down in the rows below the header, and nothing else is let in. */
  readonly choices?: readonly string[]
  /** Shown beside the cell while it is filled in. */
  readonly hint?: string
  /** Digits that must stay as typed, such as codes with leading zeros. */
  readonly asText?: boolean
}

export interface SheetToWrite {
  readonly name: string
  /** Lines above the header, e.g. a title or how to fill the table in. */
  readonly above?: readonly string[]
  readonly columns: readonly ColumnToWrite[]
  readonly rows: readonly (readonly CellToWrite[])[]
  /** Lines behind the rows, e.g. who exported it and when. */
  readonly below?: readonly string[]
  /** Printed on A4 across; upright when absent. */
  readonly landscape?: boolean
}

/** Excel workbooks from and to bytes. */
export interface Spreadsheets {
  /** Throws `SPREADSHEET_…` errors that name the file. Hidden sheets are left out. */
  read(bytes: Uint8Array, name: string): Promise<readonly ReadSheet[]>
  write(sheets: readonly SheetToWrite[]): Promise<Uint8Array>
}

/** Rows of a sheet that are read; a county has a few hundred schools, the largest instance ten thousand. */
export const MOST_ROWS = 50_000
/** All parts of a workbook together, unpacked. */
export const MOST_BYTES = 200_000_000
