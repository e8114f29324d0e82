import { Worker } from 'node:worker_threads'
import type { Clock } from '@dulian/event-sourcing'
import type { EngineSettings } from './engines.ts'
import { hostError } from './errors.ts'
import type { RebuildJob, RebuildMessage, RebuildProgress } from './rebuild-job.ts'

interface Running {
  readonly worker: Worker
  readonly finished: Promise<void>
  progress: RebuildProgress
}

/** The rebuilds of one service: at most one per view, each in a thread of its own, each with its progress. */
export class Rebuilds {
  readonly #settings: EngineSettings
  readonly #service: string
  readonly #projectionsModule: string
  readonly #clock: Clock
  readonly #onError: (error: unknown) => void
  readonly #running = new Map<string, Running>()
  readonly #failed = new Map<string, RebuildProgress>()

  constructor(options: {
    settings: EngineSettings
    service: string
    projectionsModule: string
    clock: Clock
    onError: (error: unknown) => void
  }) {
    this.#settings = options.settings
    this.#service = options.service
    this.#projectionsModule = options.projectionsModule
    this.#clock = options.clock
    this.#onError = options.onError
  }

  progress(view: string): RebuildProgress | undefined {
    return this.#running.get(view)?.progress ?? this.#failed.get(view)
  }

  /** Starts it; the promise of the answer resolves when the new generation is live. Throws `REBUILD_RUNNING`. */
  start(view: string): Promise<void> {
    const running = this.#running.get(view)
    if (running !== undefined)
      throw hostError('REBUILD_RUNNING', { view, done: running.progress.done, total: running.progress.total })
    const job: RebuildJob = {
      settings: this.#settings,
      service: this.#service,
      view,
      projectionsModule: this.#projectionsModule,
      resume: this.#failed.has(view),
    }
    this.#failed.delete(view)
    const startedAt = this.#clock.now()
    const worker = new Worker(new URL('./rebuild-worker.ts', import.meta.url), { workerData: job })
    const entry: Running = {
      worker,
      finished: new Promise((resolve, reject) => {
        let finished = false
        let firstDone: number | undefined
        worker.on('message', (message: RebuildMessage) => {
          if (message.kind === 'finished') finished = true
          if (message.kind === 'indexing')
            entry.progress = { ...entry.progress, state: 'indexing', remainingSeconds: null }
          if (message.kind === 'progress') {
            firstDone ??= message.done
            const seconds = Math.max(0.001, (Date.now() - worked) / 1_000)
            const rate = Math.round((message.done - firstDone) / seconds)
            entry.progress = {
              ...entry.progress,
              done: message.done,
              total: message.total,
              eventsPerSecond: rate,
              remainingSeconds: rate > 0 ? Math.ceil((message.total - message.done) / rate) : null,
            }
          }
        })
        worker.on('error', (error) => reject(error))
        worker.on('exit', () => (finished ? resolve() : reject(hostError('REBUILD_FAILED', { view }))))
        const worked = Date.now()
      }),
      progress: {
        view,
        state: 'filling',
        done: 0,
        total: 0,
        eventsPerSecond: 0,
        remainingSeconds: null,
        startedAt: new Date(startedAt).toISOString(),
      },
    }
    this.#running.set(view, entry)
    const settled = entry.finished.then(
      () => {
        this.#running.delete(view)
      },
      (error: unknown) => {
        this.#running.delete(view)
        this.#failed.set(view, { ...entry.progress, state: 'failed', remainingSeconds: null })
        this.#onError(error)
        throw hostError('REBUILD_FAILED', { view }, { cause: error })
      },
    )
    return settled
  }

  /** Ends what runs; an unfinished generation is taken up at the next rebuild. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ worker }) => worker.terminate()))
  }
}
