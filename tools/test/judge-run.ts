import { groupOf } from './test-groups.ts'
import { countOutcomes, type FileRecord, type TestRecord } from './test-record.ts'

/** The verdict over a whole run. */
export interface Verdict {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly TestRecord[]
  /** Reasons to fail that belong to no single test. */
  readonly complaints: readonly string[]
  readonly ok: boolean
}

/** What must not be skipped: a group of files by its suffix, or anything whose reason to skip names it. */
const requirements: Record<string, (test: TestRecord) => boolean> = {
  unit: ({ file }) => groupOf(file) === 'unit',
  browser: ({ file, reason }) => groupOf(file) === 'browser' || /chromium|browser/i.test(reason ?? ''),
  // A scenario that wants real plans is asked for as one of the samples, on whatever engines it runs.
  engine: ({ file, reason }) => groupOf(file) === 'engine' && !/samples/i.test(reason ?? ''),
  long: ({ file }) => groupOf(file) === 'long',
  samples: ({ file, reason }) => /\.samples\.test\.ts$/.test(file) || /samples/i.test(reason ?? ''),
}

/** Judges a finished run. `required` names what must have run (`DULIAN_REQUIRE=browser,samples`). */
export function judgeRun(files: readonly FileRecord[], required: readonly string[]): Verdict {
  const counts = countOutcomes(files)
  const complaints: string[] = []
  const skipped = files.flatMap(({ tests }) => tests.filter(({ outcome }) => outcome === 'skipped'))
  let failed = counts.failed
  for (const name of required) {
    const belongs = requirements[name]
    if (!belongs) {
      complaints.push(`DULIAN_REQUIRE names “${name}”; it knows ${Object.keys(requirements).join(', ')}.`)
      failed += 1
    }
  }
  for (const test of skipped) {
    const demanded = required.find((name) => requirements[name]?.(test))
    if (demanded === undefined) continue
    failed += 1
    complaints.push(`“${demanded}” is required here, yet ${test.file} skipped “${test.name}”: ${test.reason}`)
  }
  if (counts.passed + counts.failed === 0) {
    complaints.push('No test ran.')
    failed = Math.max(failed, 1)
  }
  return { passed: counts.passed, failed, skipped, complaints, ok: failed === 0 }
}
