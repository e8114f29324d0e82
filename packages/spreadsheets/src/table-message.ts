import type { errorCatalogue } from './errors.ts'
import type { ReadCell } from './spreadsheet.ts'

/** What the reading thread is started with. */
export interface TableJob {
  readonly bytes: Uint8Array
  readonly name: string
}

/** What it answers, one part each time it is asked: the sheets in their order, each with its rows, and that this was all. */
export type TableMessage =
  | { readonly kind: 'sheet'; readonly name: string }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly ReadCell[])[] }
  | { readonly kind: 'end' }
  | {
      readonly kind: 'refused'
      readonly code: keyof typeof errorCatalogue
      readonly details: Readonly<Record<string, unknown>>
      readonly cause: string
    }
