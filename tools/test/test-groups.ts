/** What a test file needs beside Node decides its group, and the file's name says it. */
export type TestGroup = 'unit' | 'browser' | 'engine' | 'long'

export const testGroups: readonly TestGroup[] = ['unit', 'browser', 'engine', 'long']

interface GroupRules {
  /** Files of this group at one time: browsers and engines are heavy, two of a kind only slow each other down. */
  readonly concurrency: number
  /** A single file may take this long before its process is ended. */
  readonly fileTimeoutMs: number
}

export const groupRules: Record<TestGroup, GroupRules> = {
  unit: { concurrency: 2, fileTimeoutMs: 15 * 60_000 },
  browser: { concurrency: 1, fileTimeoutMs: 12 * 60_000 },
  engine: { concurrency: 1, fileTimeoutMs: 15 * 60_000 },
  long: { concurrency: 1, fileTimeoutMs: 2 * 60 * 60_000 },
}

/** Of all groups together: while a browser or a server is waited for, something else computes. */
export const FILES_AT_ONCE = 3

/** The group of a test file by its name: `sign-in.browser.test.ts` is a browser test. */
export function groupOf(file: string): TestGroup {
  const suffix = /\.(browser|engine|long)\.test\.ts$/.exec(file)?.[1]
  return suffix === 'browser' || suffix === 'engine' || suffix === 'long' ? suffix : 'unit'
}
