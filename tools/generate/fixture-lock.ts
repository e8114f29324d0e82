import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { listFiles, readSources } from '../check/source-tree.ts'
import { fixtureLock, isStoredFixture, lockFixtures } from '../check/stored-fixtures.ts'
import type { Generator } from './generator.ts'

/** Takes new golden files into the lock that keeps them from being edited. */
export const fixtureLockFile: Generator = {
  name: 'golden files',
  output: fixtureLock,
  generate: async (root) => {
    const lock = await readFile(join(root, fixtureLock), 'utf8').catch(() => '{}')
    const sources = await readSources(root, (await listFiles(root)).filter(isStoredFixture))
    const locked = lockFixtures(z.record(z.string(), z.string()).parse(JSON.parse(lock)), sources)
    return `${JSON.stringify(locked, null, 2)}\n`
  },
}
