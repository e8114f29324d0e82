import { parentPort, workerData } from 'node:worker_threads'
import { isDomainError } from '@dulian/event-sourcing'
import { errorCatalogue } from './errors.ts'
import { readTableFile } from './read-table-file.ts'
import type { ReadSheet } from './spreadsheet.ts'
import type { TableJob, TableMessage } from './table-message.ts'

/** Cells of a part: few enough that taking them over is not felt by whoever is served meanwhile. */
const CELLS = 20_000

function* partsOf(sheets: readonly ReadSheet[]): Generator<TableMessage, void> {
  for (const { name, rows } of sheets) {
    yield { kind: 'sheet', name }
    for (let from = 0; from < rows.length; ) {
      let to = from
      for (let cells = 0; to < rows.length && cells < CELLS; to += 1) cells += Math.max(1, rows[to]?.length ?? 0)
      yield { kind: 'rows', rows: rows.slice(from, to) }
      from = to
    }
  }
}

async function parts(): Promise<Iterator<TableMessage, void>> {
  const { bytes, name } = workerData as TableJob
  try {
    return partsOf(await readTableFile(bytes, name))
  } catch (error) {
    if (!isDomainError(error) || !isOurs(error.code)) throw error
    const { code, details, cause } = error
    return Iterator.from<TableMessage>([{ kind: 'refused', code, details, cause: String(cause ?? '') }])
  }
}

function isOurs(code: string): code is keyof typeof errorCatalogue {
  return Object.hasOwn(errorCatalogue, code)
}

const left = await parts()
const port = parentPort
port?.on('message', () => {
  const next = left.next()
  port.postMessage((next.done === true ? { kind: 'end' } : next.value) satisfies TableMessage)
})
