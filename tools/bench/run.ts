import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Benchmark, Result, Row } from './benchmark.ts'
import { measure } from './measure.ts'

// npm run bench -- [--json <file>] [--only <name>] [--quick]
// Figures go to the file or to stdout, everything else to stderr. 0 done, 1 failed, 2 wrong usage.

const progress = (message: string): void => console.error(message)

interface Wanted {
  readonly json: string | undefined
  readonly only: string | undefined
  readonly quick: boolean
}

function readArguments(): Wanted {
  const { values } = parseArgs({
    options: { json: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  })
  return { json: values.json, only: values.only, quick: values.quick }
}

async function findBenchmarks(): Promise<readonly Benchmark[]> {
  const folder = join(import.meta.dirname, 'benchmarks')
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
  return Promise.all(
    files.map(async (file) => ((await import(join(folder, file))) as { readonly benchmark: Benchmark }).benchmark),
  )
}

async function run(benchmark: Benchmark, quick: boolean): Promise<{ results: Result[]; rows: readonly Row[] }> {
  const parent = process.env.DULIAN_BENCH_DIR ?? tmpdir()
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'dulian-bench-'))
  try {
    const prepared = await benchmark.prepare({ folder, quick, progress })
    if (typeof prepared === 'string') {
      progress(`  NOT MEASURED: ${prepared}`)
      return { results: [], rows: [] }
    }
    try {
      return { results: await measure(prepared, quick, progress), rows: prepared.rows }
    } finally {
      await prepared.dispose?.()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function table(results: readonly Result[], reach: ReadonlyMap<string, string>): string {
  const head = ['name', 'median', 'min–max', 'unit', 'reference', 'its median', 'ratio', 'reach', 'runs', 'steal']
  const lines = results.map((result) => [
    result.name,
    format(result.median),
    `${format(result.min)}–${format(result.max)}`,
    result.unit,
    result.reference?.name ?? '',
    result.reference === null ? '' : format(result.reference.median),
    result.ratio === null ? '' : String(result.ratio),
    reach.get(result.name) ?? '',
    String(result.runs),
    result.void ? `${result.stealPercent} % VOID` : `${result.stealPercent} %`,
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)))
  const servers = results.flatMap(({ name, server }) => (server === null ? [] : [`${name} ran on ${server}`]))
  return [
    ...[head, ...lines].map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')),
    ...servers,
  ].join('\n')
}

function format(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3 })
}

async function main(): Promise<number> {
  let wanted: Wanted
  try {
    wanted = readArguments()
  } catch (error) {
    progress(`${error instanceof Error ? error.message : error}`)
    progress('usage: npm run bench -- [--json <file>] [--only <name>] [--quick]')
    return 2
  }
  const { only } = wanted
  const found = await findBenchmarks()
  const benchmarks = only === undefined ? found : found.filter(({ names }) => names.includes(only))
  if (benchmarks.length === 0) {
    progress(`no benchmark named ${only}; there are: ${found.flatMap(({ names }) => names).join(', ')}`)
    return 2
  }
  setFlagsFromString('--expose-gc')
  globalThis.gc ??= runInNewContext('gc') as NodeJS.GCFunction
  const results: Result[] = []
  const reach = new Map<string, string>()
  for (const benchmark of benchmarks) {
    progress(benchmark.names.join(', '))
    const outcome = await run(benchmark, wanted.quick)
    for (const row of outcome.rows) reach.set(row.name, row.reach)
    results.push(...outcome.results.filter(({ name }) => only === undefined || name === only))
  }
  if (wanted.json === undefined) console.log(table(results, reach))
  else {
    writeFileSync(wanted.json, `${JSON.stringify(results, null, 2)}\n`)
    progress(table(results, reach))
  }
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error)
  return 1
})
