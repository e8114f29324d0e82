import { Worker } from 'node:worker_threads'
import type { DomainError } from '@dulian/event-sourcing'
import { spreadsheetError } from './errors.ts'
import type { ReadCell, ReadSheet } from './spreadsheet.ts'
import type { TableJob, TableMessage } from './table-message.ts'
import { tooLarge } from './unpacked-size.ts'

/** Threads that read at the same time; further tables wait. */
const MOST_THREADS = 2

export interface ReadApart {
  /** The thread's module. */
  readonly reader?: URL
  /** Milliseconds after which a table is given up. */
  readonly longest?: number
  /** Megabytes of the thread's heap. */
  readonly heap?: number
}

/**
 * `readTableFile` in a thread of its own, so that whoever is served meanwhile does not wait for it: the same sheets, the same
 * errors. A thread that dies answers `SPREADSHEET_READER_LOST`; one that takes too much memory or time `SPREADSHEET_TOO_LARGE`.
 */
export async function readTableFileApart(
  bytes: Uint8Array,
  name: string,
  given: ReadApart = {},
): Promise<readonly ReadSheet[]> {
  await taken()
  try {
    return await readIn({ bytes: new Uint8Array(bytes), name }, given)
  } finally {
    left()
  }
}

async function readIn(
  job: TableJob & { readonly bytes: Uint8Array<ArrayBuffer> },
  { reader = new URL('./table-worker.ts', import.meta.url), longest = 120_000, heap = 1_536 }: ReadApart,
): Promise<readonly ReadSheet[]> {
  const { name, bytes } = job
  const worker = new Worker(reader, {
    workerData: job,
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: heap },
  })
  const { promise, resolve, reject } = Promise.withResolvers<readonly ReadSheet[]>()
  const timer = setTimeout(() => reject(tooLarge(name)), longest)
  const sheets: { readonly name: string; readonly rows: (readonly ReadCell[])[] }[] = []
  worker.on('message', (message: TableMessage) => {
    switch (message.kind) {
      case 'end':
        return resolve(sheets)
      case 'refused':
        return reject(spreadsheetError(message.code, message.details, { cause: message.cause }))
      case 'sheet':
        sheets.push({ name: message.name, rows: [] })
        break
      case 'rows':
        for (const row of message.rows) sheets.at(-1)?.rows.push(row)
        break
      default:
        message satisfies never
    }
    // Only what is asked for comes: what lay ready would be taken over in one go, with nobody served in between.
    worker.postMessage('next')
  })
  worker.on('error', (error) => reject(deathOf(error, name)))
  worker.on('exit', () => reject(spreadsheetError('SPREADSHEET_READER_LOST', { name })))
  worker.postMessage('next')
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function deathOf(error: unknown, name: string): DomainError {
  const isOutOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return isOutOfMemory ? tooLarge(name) : spreadsheetError('SPREADSHEET_READER_LOST', { name }, { cause: error })
}

let reading = 0
const waiting: (() => void)[] = []

async function taken(): Promise<void> {
  if (reading < MOST_THREADS) reading += 1
  else await new Promise<void>((resolve) => waiting.push(resolve))
}

/** Hands the place on to whoever waits longest. */
function left(): void {
  const next = waiting.shift()
  if (next === undefined) reading -= 1
  else next()
}
