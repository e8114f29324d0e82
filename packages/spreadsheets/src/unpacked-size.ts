import { unzipSync, zipSync } from 'fflate'
import { spreadsheetError } from './errors.ts'
import { MOST_BYTES, MOST_ROWS } from './spreadsheet.ts'

/**
 * The same archive, unpacked to no more than its parts claim, and no more than `MOST_BYTES` in all: a small file that would unpack
 * to gigabytes is refused before it does.
 */
export function boundedArchive(bytes: Uint8Array, name: string): Uint8Array {
  let claimed = 0
  const parts = unzipSync(bytes, {
    filter: ({ originalSize }) => {
      claimed += originalSize
      if (claimed > MOST_BYTES) throw tooLarge(name)
      return true
    },
  })
  return zipSync(parts, { level: 0 })
}

export function tooLarge(name: string) {
  return spreadsheetError('SPREADSHEET_TOO_LARGE', { name, rows: MOST_ROWS, megabytes: MOST_BYTES / 1_000_000 })
}
