import { join } from 'node:path'
import { run } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { inspect, stripVTControlCharacters } from 'node:util'
import type { FileRecord, TestRecord } from './test-record.ts'

export interface RunTestFileOptions {
  readonly root: string
  readonly env: Record<string, string | undefined>
  readonly timeoutMs: number
}

/** The process of a file that does not react to being ended is waited for this long, then left behind. */
const graceMs = 5_000
const keptOutput = 200_000

interface TestEvent {
  readonly name: string
  readonly testId?: number
  readonly parentId?: number
  readonly entryFile?: string
  readonly skip?: string | boolean
  readonly todo?: string | boolean
  readonly details: {
    readonly duration_ms: number
    readonly type?: string
    readonly error?: Error & { failureType?: string; cause?: unknown }
  }
}

/** Runs one test file in a process of its own and tells what became of each of its tests. */
export async function runTestFile(file: string, options: RunTestFileOptions): Promise<FileRecord> {
  const started = performance.now()
  const tests: TestRecord[] = []
  const chunks: string[] = []
  const names = new Map<number, { name: string; parentId: number | undefined }>()
  const signal = AbortSignal.timeout(options.timeoutMs)

  const fullName = (event: TestEvent): string => {
    const path = [event.name]
    // Ids belong to the file's own process; 0 is the root.
    for (let id = event.parentId; id !== undefined && id !== 0; ) {
      const parent = names.get(id)
      if (!parent) break
      path.unshift(parent.name)
      id = parent.parentId
    }
    return path.join(' › ')
  }

  const add = (event: TestEvent, failed: boolean): void => {
    // The runner's own entry for the file as a whole: it only says something when the process itself went wrong.
    const isFile = event.entryFile === undefined
    if (isFile && !failed) return
    if (!failed && event.details.type === 'suite' && event.skip === undefined) return
    const error = event.details.error
    // The failure of a child, already reported with the child.
    if (failed && error?.failureType === 'subtestsFailed') return
    const base = {
      file,
      name: isFile ? '(the file itself)' : fullName(event),
      durationMs: Math.round(event.details.duration_ms),
    }
    if (event.todo !== undefined && event.todo !== false) {
      tests.push({
        ...base,
        outcome: 'failed',
        error: 'A test marked as “todo” proves nothing: write it or remove it.',
      })
    } else if (failed) {
      tests.push({ ...base, outcome: 'failed', error: describeError(error, isFile, options.timeoutMs) })
    } else if (event.skip !== undefined && event.skip !== false) {
      const reason = typeof event.skip === 'string' && event.skip !== '' ? event.skip : 'no reason given'
      tests.push({ ...base, outcome: 'skipped', reason })
    } else {
      tests.push({ ...base, outcome: 'passed' })
    }
  }

  const readAll = async (): Promise<void> => {
    const events = run({
      files: [join(options.root, file)],
      cwd: options.root,
      isolation: 'process',
      timeout: options.timeoutMs,
      signal,
      env: withoutUndefined(options.env),
    })
    for await (const { type, data } of events) {
      if (type === 'test:start') {
        const { testId, parentId, name } = data as TestEvent
        if (testId !== undefined) names.set(testId, { name, parentId })
      } else if (type === 'test:pass') add(data as TestEvent, false)
      else if (type === 'test:fail') add(data as TestEvent, true)
      else if (type === 'test:stdout' || type === 'test:stderr') chunks.push(data.message)
      // A diagnostic without a file is the runner's own tally.
      else if (type === 'test:diagnostic' && data.file !== undefined) chunks.push(`${data.message}\n`)
    }
  }

  const ended = new AbortController()
  const lost = delay(options.timeoutMs + graceMs, 'lost' as const, { signal: ended.signal }).catch(
    () => 'ended' as const,
  )
  const winner = await Promise.race([readAll().then(() => 'done' as const), lost])
  ended.abort()
  if (winner === 'lost') {
    tests.push({
      file,
      name: '(the file itself)',
      outcome: 'failed',
      durationMs: options.timeoutMs,
      error: `The file’s process did not end within ${seconds(options.timeoutMs)} and did not react to being stopped.`,
    })
  }
  if (tests.length === 0) {
    tests.push({ file, name: '(the file itself)', outcome: 'failed', durationMs: 0, error: 'The file holds no test.' })
  }
  const output = chunks.join('')
  return {
    file,
    tests,
    durationMs: Math.round(performance.now() - started),
    output: output.length > keptOutput ? `…${output.slice(-keptOutput)}` : output,
  }
}

function describeError(error: TestEvent['details']['error'], isFile: boolean, timeoutMs: number): string {
  if (error?.failureType === 'testAborted') {
    return `The file’s process did not end within ${seconds(timeoutMs)}: a test hangs, or something (server, timer) stays open.`
  }
  if (isFile) return 'The file’s process failed outside its tests; what it wrote stands below.'
  const cause = error?.cause ?? error
  return stripVTControlCharacters(cause instanceof Error ? inspect(cause, { depth: 6 }) : String(cause))
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`
}

function withoutUndefined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
}
