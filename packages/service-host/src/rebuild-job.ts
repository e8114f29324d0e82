import type { EngineSettings } from './engines.ts'

/** What a rebuild worker is told: everything as data, since it runs in a thread of its own. */
export interface RebuildJob {
  readonly settings: EngineSettings
  readonly service: string
  readonly view: string
  /** Module whose export `projections` holds the view's projection. */
  readonly projectionsModule: string
  /** Take up an unfinished generation where it stopped. */
  readonly resume: boolean
}

/** What it tells while it runs. `done` and `total` are events looked at, in the store's own counting. */
export type RebuildMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number; readonly generation: number }
  | { readonly kind: 'indexing' }
  | { readonly kind: 'finished'; readonly generation: number }

/** A rebuild as people see it. */
export interface RebuildProgress {
  readonly view: string
  readonly state: 'filling' | 'indexing' | 'failed'
  readonly done: number
  readonly total: number
  readonly eventsPerSecond: number
  /** Seconds still to go at the present rate; null while unknown. */
  readonly remainingSeconds: number | null
  readonly startedAt: string
}
