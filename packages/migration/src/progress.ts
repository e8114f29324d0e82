/** `reading` the source · `comparing` with what the target has already · `copying` · `proving` the target · `files`. */
export type Phase = 'reading' | 'comparing' | 'copying' | 'proving' | 'files'

export interface MigrationProgress {
  readonly service: string
  readonly phase: Phase
  /** Events, or files. While reading a store that does not count its events, `total` is an estimate. */
  readonly done: number
  readonly total: number
  readonly perSecond: number
  readonly remainingSeconds: number | undefined
}

export type OnProgress = (progress: MigrationProgress) => void

/** Tells of one phase of one service how far it is and how long it will take. */
export class PhaseProgress {
  readonly #service: string
  readonly #phase: Phase
  readonly #tell: OnProgress
  readonly #begin = performance.now()

  constructor(service: string, phase: Phase, tell: OnProgress) {
    this.#service = service
    this.#phase = phase
    this.#tell = tell
  }

  reached(done: number, total: number): void {
    const seconds = Math.max(0.001, (performance.now() - this.#begin) / 1_000)
    const rate = done / seconds
    this.#tell({
      service: this.#service,
      phase: this.#phase,
      done,
      total: Math.max(done, total),
      perSecond: Math.round(rate),
      remainingSeconds: done === 0 ? undefined : Math.ceil(Math.max(0, total - done) / rate),
    })
  }
}
