import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { apiClient } from './api-client.ts'
import { asyncapi } from './asyncapi.ts'
import { coverage } from './coverage.ts'
import { errorsPage } from './errors-page.ts'
import { fixtureLockFile } from './fixture-lock.ts'
import { type Generator, SourceMissing } from './generator.ts'
import { notThereYet } from './not-there-yet.ts'
import { openapi } from './openapi.ts'

export const generators: readonly Generator[] = [coverage, errorsPage, openapi, asyncapi, apiClient, fixtureLockFile]

type Verdict = 'written' | 'up to date' | 'STALE' | 'FAILED' | 'not there yet' | 'THERE NOW'

/** Writes every generated file, or with --check only says which are not what they would be. Answers the exit code. */
export async function runGenerators(
  args: string[],
  chosen: readonly Generator[] = generators,
  announced: readonly string[] = notThereYet,
): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      root: { type: 'string', default: join(import.meta.dirname, '..', '..') },
      check: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  })
  const root = resolve(values.root)
  let failed = false
  for (const generator of chosen) {
    if (values.only !== undefined && !values.only.split(',').includes(generator.name)) continue
    const { verdict, reason } = await runGenerator(generator, root, values.check, announced.includes(generator.name))
    if (verdict === 'STALE' || verdict === 'FAILED' || verdict === 'THERE NOW') failed = true
    console.log(`${generator.output}: ${verdict}${reason === undefined ? '' : ` — ${reason}`}`)
  }
  if (failed && values.check) console.log('npm run generate writes what is stale.')
  return failed ? 1 : 0
}

async function runGenerator(
  generator: Generator,
  root: string,
  checkOnly: boolean,
  expected: boolean,
): Promise<{ verdict: Verdict; reason?: string }> {
  let text: string
  try {
    text = await generator.generate(root)
  } catch (error) {
    if (expected && error instanceof SourceMissing) return { verdict: 'not there yet', reason: error.message }
    return { verdict: 'FAILED', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  // Its source has come: the list must say so, or a source lost later would pass.
  if (expected && checkOnly) return { verdict: 'THERE NOW', reason: 'take it out of tools/generate/not-there-yet.ts' }
  const file = join(root, generator.output)
  const present = await readFile(file, 'utf8').catch(() => undefined)
  if (present === text) return { verdict: 'up to date' }
  if (checkOnly) return { verdict: 'STALE', reason: firstDifference(present, text) }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  return { verdict: 'written' }
}

function firstDifference(present: string | undefined, wanted: string): string {
  if (present === undefined) return 'it does not exist'
  const [old, fresh] = [present.split('\n'), wanted.split('\n')]
  const at = fresh.findIndex((line, index) => line !== old[index])
  const line = at === -1 ? fresh.length : at
  return `first difference in line ${line + 1}: ${JSON.stringify(old[line] ?? '')} should be ${JSON.stringify(fresh[line] ?? '')}`
}
