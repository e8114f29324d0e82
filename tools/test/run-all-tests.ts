import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureWebBuilt } from '../setup/ensure-web-built.ts'
import { findChromium } from './chromium.ts'
import { filterTestFiles, findTestFiles } from './find-test-files.ts'
import { judgeRun } from './judge-run.ts'
import { reportFile, reportVerdict } from './report-run.ts'
import { type Lane, runLanes } from './run-lanes.ts'
import { runTestFile } from './run-test-file.ts'
import { testEnvironment } from './test-environment.ts'
import { FILES_AT_ONCE, groupOf, groupRules, type TestGroup, testGroups } from './test-groups.ts'
import { countOutcomes, type FileRecord } from './test-record.ts'
import type { TestServers } from './test-servers.ts'

const usage = `npm test -- [path or pattern …] [--long] [--group unit,browser,…] [--list] [--verbose]
  path or pattern   only the test files whose path contains it or matches it as a glob
  --long            the long tier (*.long.test.ts) as well
  --group           only these groups: ${testGroups.join(', ')}
  --list            print the files instead of running them
  --verbose         show what passing files wrote, too
DULIAN_REQUIRE=browser,samples turns a skipped test of these into a failure.`

/** Runs the project's tests and answers the exit code; the last line printed is `tests: N passed, N failed`. */
export async function runAllTests(args: string[], env: Record<string, string | undefined>): Promise<number> {
  const options = readArguments(args)
  if (typeof options === 'string') {
    console.error(`${options}\n${usage}`)
    console.log('tests: 0 passed, 1 failed')
    return 2
  }
  const { root, groups } = options
  const found = filterTestFiles(await findTestFiles(root), options.patterns)
  const chosen = found.filter((file) => groups.includes(groupOf(file)))
  if (options.list) {
    for (const file of chosen) console.log(file)
    return 0
  }

  const started = performance.now()
  const records: FileRecord[] = []
  const take = (record: FileRecord): void => {
    records.push(record)
    console.log(reportFile(record, records.length, chosen.length, options.verbose))
  }
  const filesOf = (group: TestGroup): readonly string[] => chosen.filter((file) => groupOf(file) === group)
  const laneOf = (group: TestGroup, settings: Readonly<Record<string, string>> = {}): Lane => {
    const { concurrency, fileTimeoutMs } = groupRules[group]
    const timeoutMs = options.fileTimeoutMs ?? fileTimeoutMs
    const variables = { ...testEnvironment(env, join(root, 'node_modules', '.cache', 'compiled')), ...settings }
    return {
      files: filesOf(group),
      concurrency,
      run: async (file) => take(await runTestFile(file, { root, timeoutMs, env: variables })),
    }
  }
  /** The lane of a group, empty when an obstacle fails its files. */
  const laneUnless = (obstacle: string | undefined, group: TestGroup, settings?: Readonly<Record<string, string>>) => {
    if (obstacle === undefined) return laneOf(group, settings)
    for (const file of filesOf(group)) take(failedFile(file, obstacle))
    return { ...laneOf(group), files: [] }
  }
  const unbuilt = filesOf('browser').length > 0 ? await prepareBrowserTests(root) : undefined
  const asked = filesOf('engine').length > 0 ? await engineServers(env) : undefined
  const [unstarted, servers] = typeof asked === 'string' ? [asked, undefined] : [undefined, asked]
  try {
    await runLanes(
      [laneUnless(unbuilt, 'browser'), laneUnless(unstarted, 'engine', servers?.settings), laneOf('unit')],
      FILES_AT_ONCE,
    )
    // Hours long and hard on the machine: by itself.
    await runLanes([laneOf('long')], 1)
  } finally {
    await servers?.stop()
  }

  const required = (env.DULIAN_REQUIRE ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
  const verdict = judgeRun(records, required)
  const engines = servers?.lines ?? []
  await writeResults(root, records, engines)
  if (engines.length > 0) console.log(`\nThe engine tests ran on:\n  ${engines.join('\n  ')}`)
  console.log(reportVerdict(records, verdict, performance.now() - started))
  return verdict.ok ? 0 : 1
}

interface Options {
  readonly root: string
  readonly patterns: readonly string[]
  readonly groups: readonly TestGroup[]
  readonly list: boolean
  readonly verbose: boolean
  readonly fileTimeoutMs: number | undefined
}

function readArguments(args: string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        root: { type: 'string', default: join(import.meta.dirname, '..', '..') },
        group: { type: 'string' },
        long: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        'file-timeout': { type: 'string' },
      },
    })
    const named = values.group?.split(',')
    const unknown = named?.find((name) => !testGroups.some((group) => group === name))
    if (unknown !== undefined) return `There is no group “${unknown}”.`
    return {
      root: resolve(values.root),
      patterns: positionals,
      groups: testGroups.filter((group) => (named ? named.includes(group) : group !== 'long' || values.long)),
      list: values.list,
      verbose: values.verbose,
      fileTimeoutMs: values['file-timeout'] === undefined ? undefined : Number(values['file-timeout']),
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Browser tests look at the built web application. Answers why they cannot run, if so. */
async function prepareBrowserTests(root: string): Promise<string | undefined> {
  // Without a browser they skip, each with its reason; there is nothing to build for.
  if (findChromium() === undefined) return undefined
  try {
    await ensureWebBuilt(root)
    return undefined
  } catch (error) {
    return `The web application could not be built.\n${error instanceof Error ? error.message : String(error)}`
  }
}

/** One of each engine for all files, or why there is none: an engine that is there and does not start is a failure. */
async function engineServers(env: Record<string, string | undefined>): Promise<TestServers | string> {
  try {
    // Loaded when there are tests for it: the clients of three engines come along.
    const servers = await (await import('./test-servers.ts')).startTestServers(env)
    for (const line of servers.lines) console.log(`engine: ${line}`)
    return servers
  } catch (error) {
    return `An engine could not be started.\n${error instanceof Error ? error.message : String(error)}`
  }
}

function failedFile(file: string, error: string): FileRecord {
  const test = { file, name: '(the file itself)', outcome: 'failed', durationMs: 0, error } as const
  return { file, tests: [test], durationMs: 0, output: '' }
}

/** Keeps every test with its outcome for whoever wants to look closer: `test-output/results.json`. */
async function writeResults(root: string, records: readonly FileRecord[], engines: readonly string[]): Promise<void> {
  const folder = join(root, 'test-output')
  await mkdir(folder, { recursive: true })
  const byFile = records.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  const results = { counts: countOutcomes(byFile), engines, tests: byFile.flatMap(({ tests }) => tests) }
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
}
