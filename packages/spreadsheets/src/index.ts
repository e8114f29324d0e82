export * from './errors.ts'
export { hucreSpreadsheets } from './hucre-spreadsheets.ts'
export { readTableFile } from './read-table-file.ts'
export * from './spreadsheet.ts'
