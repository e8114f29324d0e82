import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'

/** A log that the thread does not keep up with is copied by the writer itself when it has so many times the pages. */
const PATIENCE = 8

/**
 * Has what a file's log (WAL) holds copied into the file by a thread of its own. The writer would otherwise do it within
 * a commit, waiting for the disk twice: some ten milliseconds in which its thread serves nobody.
 */
export class LogKeeper {
  readonly #file: string
  readonly #pages: number
  readonly #look: StatementSync
  #isAsked = false

  /** `pages`: in the log, before they are copied. The connection is the writer's. */
  constructor(database: DatabaseSync, file: string, pages: number) {
    this.#file = file
    this.#pages = pages
    database.exec(`PRAGMA wal_autocheckpoint=${PATIENCE * pages}`)
    this.#look = database.prepare('PRAGMA wal_checkpoint(NOOP)')
    this.#look.setReturnArrays(true)
  }

  afterCommit(): void {
    if (this.#isAsked) return
    const found: unknown = this.#look.get()
    const [, pages, copied] = found as readonly [busy: number, pages: number, copied: number]
    if (pages - copied < this.#pages) return
    this.#isAsked = true
    theThread().copy(this.#file, () => {
      this.#isAsked = false
    })
  }
}

/** Copies one log after the other. Whatever goes wrong leaves the log as it is, for the writer. */
class CopyingThread {
  readonly #worker = new Worker(new URL('./log-copier.ts', import.meta.url))
  readonly #waiting: (() => void)[] = []

  constructor(onLost: () => void) {
    this.#worker.on('message', () => this.#waiting.shift()?.())
    this.#worker.on('error', onLost)
    this.#worker.on('exit', onLost)
    // The process may end at any time: a log is as good as what it would be copied to.
    this.#worker.unref()
  }

  copy(file: string, onCopied: () => void): void {
    this.#waiting.push(onCopied)
    this.#worker.postMessage(file)
  }

  giveUp(): void {
    for (const onCopied of this.#waiting.splice(0)) onCopied()
  }
}

let shared: CopyingThread | undefined

function theThread(): CopyingThread {
  if (shared !== undefined) return shared
  const thread = new CopyingThread(() => {
    if (shared === thread) shared = undefined
    thread.giveUp()
  })
  shared = thread
  return thread
}
