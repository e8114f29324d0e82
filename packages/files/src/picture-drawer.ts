import { Worker } from 'node:worker_threads'

export interface DrawingJob {
  /** Of the photograph on disk; the thread reads it itself. */
  readonly path: string
  readonly mediaType: string
}

export interface PictureDrawerOptions {
  /** Without work for so long, the thread ends and gives its memory back. */
  readonly idleMs?: number
  /** A picture that takes longer is given up. */
  readonly patienceMs?: number
}

/** The JPEG; that there is none to be had from this photograph; or that too many wait for one. */
export type Drawing = Uint8Array | 'undrawable' | 'busy'

interface Waiting {
  readonly job: DrawingJob
  readonly answer: (drawing: Drawing) => void
}

/** More than these are answered `busy` at once: their photographs are then served whole. */
const MOST_WAITING = 100

/**
 * Draws small pictures in one thread, started when the first is wanted. Whatever
 * happens to the thread, each job gets its answer and the next one a new thread.
 */
export class PictureDrawer {
  readonly #idleMs: number
  readonly #patienceMs: number
  readonly #waiting: Waiting[] = []
  #thread: Worker | undefined
  #current: Waiting | undefined
  #timer: NodeJS.Timeout | undefined
  #started = 0

  constructor({ idleMs = 30_000, patienceMs = 30_000 }: PictureDrawerOptions = {}) {
    this.#idleMs = idleMs
    this.#patienceMs = patienceMs
  }

  /** Threads started so far, and whether one is there. */
  get threads(): { readonly started: number; readonly isRunning: boolean } {
    return { started: this.#started, isRunning: this.#thread !== undefined }
  }

  draw(job: DrawingJob): Promise<Drawing> {
    if (this.#waiting.length >= MOST_WAITING) return Promise.resolve('busy')
    return new Promise((answer) => {
      this.#waiting.push({ job, answer })
      this.#next()
    })
  }

  /** Ends the thread; what waits is answered `busy`. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    const ended = this.#drop()
    this.#settle('busy')
    for (const { answer } of this.#waiting.splice(0)) answer('busy')
    await ended
  }

  #next(): void {
    if (this.#current !== undefined) return
    this.#current = this.#waiting.shift()
    clearTimeout(this.#timer)
    const thread = this.#thread
    if (this.#current === undefined) {
      // Nothing waits for an idle thread, nor for the time until it ends.
      thread?.unref()
      this.#timer = setTimeout(() => void this.#drop(), this.#idleMs)
      this.#timer.unref()
      return
    }
    const ready = thread ?? this.#start()
    ready.ref()
    ready.postMessage(this.#current.job)
    this.#timer = setTimeout(() => {
      void this.#drop()
      this.#settle('undrawable')
      this.#next()
    }, this.#patienceMs)
  }

  #start(): Worker {
    const thread = new Worker(new URL('./picture-thread.ts', import.meta.url))
    const lost = (): void => {
      if (this.#thread !== thread) return
      this.#thread = undefined
      this.#settle('undrawable')
      this.#next()
    }
    thread.on('message', (small: Uint8Array | undefined) => {
      if (this.#thread !== thread) return
      this.#settle(small ?? 'undrawable')
      this.#next()
    })
    thread.on('error', lost)
    thread.on('exit', lost)
    this.#thread = thread
    this.#started += 1
    return thread
  }

  /** What the thread may still say is not listened to. */
  async #drop(): Promise<void> {
    const thread = this.#thread
    this.#thread = undefined
    await thread?.terminate()
  }

  #settle(drawing: Drawing): void {
    const current = this.#current
    this.#current = undefined
    current?.answer(drawing)
  }
}
