/**
 * One benchmark: some contestants that take turns, and rows that compare two of them. A file in `benchmarks/` exports
 * one as `benchmark`; that is all it takes to add it.
 */
export interface Benchmark {
  /** The names of its rows, which `--only` selects by. */
  readonly names: readonly string[]
  /** A text when it cannot be run here: what it would take. */
  prepare(conditions: Conditions): Promise<Prepared | string>
}

export interface Conditions {
  /** Empty, its own, removed afterwards. */
  readonly folder: string
  /** Smaller and shorter: shows that it works, not how fast it is. */
  readonly quick: boolean
  readonly progress: (message: string) => void
}

export interface Prepared {
  /** One run each per round, in turn, so that a busy spell of the machine meets all of them alike. */
  readonly contestants: { readonly [name: string]: () => Promise<number> }
  readonly rows: readonly Row[]
  /** Rounds wanted; the runner's own number when absent. */
  readonly rounds?: number
  /** False when a run is so long that a first round that does not count would be wasted. */
  readonly warmUp?: boolean
  /** The server it ran on, for figures that are as much the server's as ours. */
  readonly server?: string
  dispose?(): Promise<void>
}

/** A line of the result: `measured` beside `reference`, both names of contestants. */
export interface Row {
  readonly name: string
  readonly unit: string
  readonly measured: string
  readonly reference?: string
  /** What the ratio (or, without a reference, the median) has to reach; for the reader, not for the exit code. */
  readonly reach: string
}

/** One element of the JSON that `npm run bench -- --json` writes. */
export interface Result {
  readonly name: string
  readonly unit: string
  readonly median: number
  readonly min: number
  readonly max: number
  /** Runs that count. */
  readonly runs: number
  readonly reference: { readonly name: string; readonly median: number } | null
  readonly ratio: number | null
  /** The highest share of CPU time that others took from this machine during a run that counts. */
  readonly stealPercent: number
  /** True when too few runs were undisturbed: the figures are then of disturbed ones and mean nothing. */
  readonly void: boolean
  /** The server that was measured with it; null for what needs none. */
  readonly server: string | null
}
