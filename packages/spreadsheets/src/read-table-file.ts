import { parseCsv } from 'hucre/csv'
import { spreadsheetError } from './errors.ts'
import { hucreSpreadsheets } from './hucre-spreadsheets.ts'
import { MOST_ROWS, type ReadCell, type ReadSheet } from './spreadsheet.ts'
import { tooLarge } from './unpacked-size.ts'

/**
 * The sheets of a table file, told by its content and not by its name: an Excel workbook, or CSV in UTF-8 or, as Chinese Excel
 * saves it, GB 18030. Throws `SPREADSHEET_…` errors that name the file and say what to do.
 */
export async function readTableFile(bytes: Uint8Array, name: string): Promise<readonly ReadSheet[]> {
  if (bytes.length === 0) throw spreadsheetError('SPREADSHEET_EMPTY', { name })
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw spreadsheetError('SPREADSHEET_OLD_FORMAT', { name })
  const sheets = startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])
    ? await hucreSpreadsheets.read(bytes, name)
    : [csvSheet(textOf(bytes, name), name)]
  if (sheets.every(({ rows }) => rows.length === 0)) throw spreadsheetError('SPREADSHEET_EMPTY', { name })
  return sheets
}

function csvSheet(text: string, name: string): ReadSheet {
  const rows = parseCsv(text, { maxRows: MOST_ROWS + 1 }).map((row) => row.map((value) => csvCell(String(value ?? ''))))
  if (rows.length > MOST_ROWS) throw tooLarge(name)
  const last = rows.findLastIndex((row) => row.some(({ kind }) => kind !== 'empty'))
  return { name, rows: rows.slice(0, last + 1) }
}

/** Everything in a CSV file is text; one that a spreadsheet would run is told apart as in a workbook. */
function csvCell(value: string): ReadCell {
  const text = value.trim()
  if (text === '') return { kind: 'empty', text }
  if (text.startsWith('=')) return { kind: 'formula', text }
  return { kind: 'text', text }
}

function textOf(bytes: Uint8Array, name: string): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!hasControls(text)) return text
    } catch {
      // Not in this encoding: the next one, and after the last the refusal below.
    }
  }
  throw spreadsheetError('SPREADSHEET_UNREADABLE', { name })
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text file holds is what is asked for
  return /[\u0000-\u0008\u000e-\u001f]/.test(text)
}

function startsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, place) => bytes[place] === byte)
}
