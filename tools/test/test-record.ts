export type Outcome = 'passed' | 'failed' | 'skipped'

/** One test as it ran. */
export interface TestRecord {
  /** Path of the test file relative to the repository. */
  readonly file: string
  /** Names of the enclosing suites and of the test, joined by " › ". */
  readonly name: string
  readonly outcome: Outcome
  readonly durationMs: number
  /** Why it was skipped. */
  readonly reason?: string
  /** What went wrong, as printed to a person. */
  readonly error?: string
}

/** One test file as it ran. */
export interface FileRecord {
  readonly file: string
  readonly tests: readonly TestRecord[]
  readonly durationMs: number
  /** What the file's process wrote, kept for the report of a failure. */
  readonly output: string
}

export function countOutcomes(files: readonly FileRecord[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { passed: 0, failed: 0, skipped: 0 }
  for (const { tests } of files) for (const { outcome } of tests) counts[outcome] += 1
  return counts
}
