import { Worker } from 'node:worker_threads'
import type { DomainError, Imported } from '@dulian/event-sourcing'
import { eventSourcingError } from '@dulian/event-sourcing'
import type { AppendRequest } from './appender.ts'
import type { OpenDatabase } from './database.ts'
import type { AppendOutcome } from './event-connection.ts'
import type { GroupWriter } from './group-writer.ts'
import type { ImportRequest } from './import-request.ts'
import { packAppends, unpackError, unpackOutcomes, type WriterAnswer, type WriterRequest } from './writer-messages.ts'

interface Waiting {
  readonly resolve: (answer: WriterAnswer) => void
  readonly reject: (error: DomainError) => void
}

/** The one thread of the process that writes event files, started when something is first to be written. */
class WriterThread {
  readonly #worker = new Worker(new URL('./writer-worker.ts', import.meta.url))
  readonly #waiting: Waiting[] = []
  #connections = 0
  #lost: DomainError | undefined

  constructor() {
    // Only what it has been asked keeps the process going.
    this.#worker.unref()
    this.#worker.on('message', (answer: WriterAnswer) => {
      this.#waiting.shift()?.resolve(answer)
      if (this.#waiting.length === 0) this.#worker.unref()
    })
    this.#worker.on('error', (error: unknown) => this.#lose(error))
    this.#worker.on('exit', (code) => this.#lose(new Error(`the thread that writes ended with ${code}`)))
  }

  get isLost(): boolean {
    return this.#lost !== undefined
  }

  newConnection(): number {
    this.#connections += 1
    return this.#connections
  }

  async ask(request: WriterRequest): Promise<WriterAnswer> {
    const answer = await new Promise<WriterAnswer>((resolve, reject) => {
      if (this.#lost !== undefined) throw this.#lost
      if (this.#waiting.length === 0) this.#worker.ref()
      this.#waiting.push({ resolve, reject })
      this.#worker.postMessage(request)
    })
    if (answer.kind === 'failed') throw unpackError(answer.error)
    return answer
  }

  /** What it is at then is lost, as if it had crashed. */
  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  /** What was asked has an unknown outcome: whoever asks again gets what was written the first time. */
  #lose(cause: unknown): void {
    this.#lost ??= eventSourcingError('STORE_UNAVAILABLE', {}, { cause })
    for (const { reject } of this.#waiting.splice(0)) reject(this.#lost)
  }
}

let shared: WriterThread | undefined

/** The thread that all stores of the process share; another one when it was lost. */
export function currentThread(): WriterThread {
  if (shared === undefined || shared.isLost) shared = new WriterThread()
  return shared
}

/** Writes an event file in the shared thread: inserting, syncing and checkpoints leave the caller's thread alone. */
export class ThreadedWriter implements GroupWriter {
  readonly #options: OpenDatabase
  #thread: WriterThread | undefined
  #connection = 0

  /** The file has to be there already. */
  constructor(options: OpenDatabase) {
    this.#options = options
  }

  async write(requests: readonly AppendRequest[], time: number): Promise<readonly AppendOutcome[]> {
    const [thread, connection] = this.#connected()
    const answer = await thread.ask({ kind: 'write', connection, time, appends: packAppends(requests) })
    if (answer.kind !== 'written') throw unexpected(answer)
    return unpackOutcomes(answer.outcomes)
  }

  async import(requests: readonly ImportRequest[]): Promise<Imported> {
    const [thread, connection] = this.#connected()
    const answer = await thread.ask({ kind: 'import', connection, requests })
    if (answer.kind !== 'imported') throw unexpected(answer)
    return answer.imported
  }

  async close(): Promise<void> {
    const thread = this.#thread
    if (thread === undefined || thread.isLost) return
    await thread.ask({ kind: 'close', connection: this.#connection })
  }

  #connected(): readonly [WriterThread, number] {
    if (this.#thread === undefined || this.#thread.isLost) {
      const thread = currentThread()
      this.#thread = thread
      this.#connection = thread.newConnection()
      // Lost with its thread, as the write that follows will say.
      thread.ask({ kind: 'open', connection: this.#connection, options: this.#options }).catch(() => {})
    }
    return [this.#thread, this.#connection]
  }
}

function unexpected(answer: WriterAnswer): Error {
  return new Error(`the thread that writes answered with “${answer.kind}”`)
}
