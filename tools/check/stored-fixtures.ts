import { createHash } from 'node:crypto'
import type { Problem } from './problem.ts'
import type { SourceFile } from './source-tree.ts'

/** Where the hashes of all golden files stand; `npm run generate` adds new ones and never changes one. */
export const fixtureLock = 'tools/check/stored-fixtures.json'

/**
 * A golden file: the JSON of a stored version of an event or message, which somebody's data may hold for ever, or a release of
 * the contracts.
 */
export function isStoredFixture(path: string): boolean {
  return /(^|\/)fixtures\/[^/]+\.v\d+\.json$/.test(path) || /^contracts\/released\/[^/]+\.json$/.test(path)
}

/** The lock with every golden file that is not in it yet. Existing entries stay as they are. */
export function lockFixtures(
  lock: Readonly<Record<string, string>>,
  sources: readonly SourceFile[],
): Record<string, string> {
  const all: Record<string, string> = { ...lock }
  for (const { path, text } of sources) if (isStoredFixture(path)) all[path] ??= hash(text)
  return Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * A golden file is never edited nor removed: the next version gets a file of its own. One that is not in the lock yet
 * makes the lock stale, which the check of the generated files tells.
 */
export function checkStoredFixtures(sources: readonly SourceFile[]): Problem[] {
  const lockFile = sources.find(({ path }) => path === fixtureLock)
  const lock: Record<string, string> = lockFile ? JSON.parse(lockFile.text) : {}
  const fixtures = new Map(sources.filter(({ path }) => isStoredFixture(path)).map(({ path, text }) => [path, text]))
  const problems: Problem[] = []
  for (const [file, locked] of Object.entries(lock)) {
    const text = fixtures.get(file)
    if (text === undefined) {
      problems.push({ file, message: 'a golden file is gone: data of this version may still be stored somewhere' })
    } else if (hash(text) !== locked) {
      problems.push({ file, message: 'a golden file was edited: keep it as it was and add the next version beside it' })
    }
  }
  return problems
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
