import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { parentPort } from 'node:worker_threads'

// Entry of the thread that copies logs into their files. Opened for each copy: a file may be gone the next time.
parentPort?.on('message', (file: string) => {
  try {
    copy(file)
  } catch {
    // Locked, full or gone: the writer meets the same trouble where somebody can be told.
  }
  parentPort?.postMessage(file)
})

function copy(file: string): void {
  const url = pathToFileURL(file)
  // Never made anew when it was removed meanwhile.
  url.searchParams.set('mode', 'rw')
  const database = new DatabaseSync(url, { timeout: 0 })
  try {
    // Twice: the second time only what was written during the first, so that hardly anything is left for the writer.
    for (let round = 1; round <= 2; round += 1) database.exec('PRAGMA wal_checkpoint(PASSIVE)')
  } finally {
    database.close()
  }
}
