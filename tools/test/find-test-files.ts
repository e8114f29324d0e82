import { readdir } from 'node:fs/promises'
import { join, matchesGlob, relative, sep } from 'node:path'

/** Where tests may live; the web application's own unit tests included. */
export const testRoots: readonly string[] = ['contracts', 'packages', 'services', 'tools']

const neverEntered = new Set(['node_modules', 'dist', 'fixtures', '.turbo', 'test-output'])

/** Every `*.test.ts` under the test roots, as sorted paths with forward slashes, relative to `root`. */
export async function findTestFiles(root: string): Promise<string[]> {
  const found: string[] = []
  const enter = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (!neverEntered.has(entry.name)) await enter(path)
      } else if (entry.name.endsWith('.test.ts')) {
        found.push(relative(root, path).split(sep).join('/'))
      }
    }
  }
  for (const folder of testRoots) await enter(join(root, folder))
  return found.sort()
}

/** Keeps the files that one of the patterns names: a path, a part of one, or a glob. No pattern keeps all. */
export function filterTestFiles(files: readonly string[], patterns: readonly string[]): string[] {
  if (patterns.length === 0) return [...files]
  const wanted = patterns.map((pattern) => pattern.replace(/^\.\//, ''))
  return files.filter((file) => wanted.some((pattern) => file.includes(pattern) || matchesGlob(file, pattern)))
}
