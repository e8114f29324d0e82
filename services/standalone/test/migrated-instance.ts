import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type RecordedEvent, START, systemClock } from '@dulian/event-sourcing'
import { openBus } from '@dulian/service-host'
import { engineSettings, readConfig } from '../src/config.ts'
import { services } from '../src/index.ts'
import { boardIsList } from './board-and-list.ts'
import { childEnvironment } from './child-environment.ts'
import { fresh, makeOneOfEverything, type OneOfEverything } from './one-of-everything.ts'
import { ok, TestInstance } from './test-instance.ts'
import { documentsOf } from './view-documents.ts'

export type Settings = Readonly<Record<string, string>>

const rectification = '/api/rectification'

/** Where the story has come to when it is moved. */
export const MOVED_AT = '2026-11-10T03:00:00Z'

/** An instance in which every kind of thing has happened, stopped. */
export async function livedInstance(settings: Settings = {}, folder?: string): Promise<OneOfEverything> {
  const house = await TestInstance.open({ now: MOVED_AT, settings, ...(folder === undefined ? {} : { folder }) })
  try {
    const things = await makeOneOfEverything(house)
    await takeToCancellation(house, things, '2026-11-10')
    await house.moveTo(MOVED_AT)
    return things
  } finally {
    await house.stop()
  }
}

/** Opens the instance at the time it was moved, and waits until its views have seen everything. */
export async function reopened(folder: string, settings: Settings = {}): Promise<TestInstance> {
  const house = await TestInstance.open({ now: MOVED_AT, folder, settings })
  await house.settle()
  return house
}

/** What people see and what is kept, wherever it is kept: without positions, which are an engine's own. */
export async function lookAt(house: TestInstance, things: OneOfEverything): Promise<Readonly<Record<string, unknown>>> {
  const head = house.as('office-head')
  const answers: Record<string, unknown> = { board: await boardIsList(head) }
  for (const path of [
    `/api/office/plans/${things.planId}`,
    '/api/office/tasks',
    `/api/supervisor-registry/schools/${things.schoolId}`,
    '/api/supervisor-registry/supervisors',
    `/api/inspections/visits/${things.recordedVisitId}`,
    '/api/inspections/coverage?month=2026-11',
    '/api/inspections/ledger',
    `${rectification}/problems/${things.problemId}`,
    `${rectification}/board?asOf=2026-11-05`,
    `${rectification}/notices`,
    `${rectification}/decisions`,
  ]) {
    answers[path] = ok(await head.get(path)).body
  }
  for (const [service, hash] of Object.entries(things.files)) {
    const file = ok(await head.get(`/api/${service}/files/${hash}`))
    answers[`${service} file`] = [file.headers['content-type'], file.body]
  }
  const documents = Object.entries(await documentsOf(house.instance.host)).map(([collection, kept]) => [
    collection,
    kept.map(({ id, document }) => ({
      id,
      document: collection.endsWith('-changes') ? withoutPosition(document) : document,
    })),
  ])
  return { answers, documents, events: await eventsOf(house) }
}

/** A history's changes remember up to where they have seen, and each store counts in its own way. */
function withoutPosition({
  seen: _,
  ...document
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return document
}

export async function eventsOf(
  house: TestInstance,
): Promise<Readonly<Record<string, readonly Omit<RecordedEvent, 'position'>[]>>> {
  const found: Record<string, Omit<RecordedEvent, 'position'>[]> = {}
  for (const { definition, store } of house.instance.host.services) {
    const events: Omit<RecordedEvent, 'position'>[] = []
    for (let after = START; ; ) {
      const page = await store.readAll({ after })
      for (const { position: _, ...event } of page.events) events.push(event)
      if (page.end) break
      after = page.checkedThrough
    }
    found[definition.name] = events
  }
  return found
}

/** A new problem from its finding to 销号, on the days after this one. */
export async function takeToCancellation(house: TestInstance, things: OneOfEverything, day: string): Promise<string> {
  const at = (days: number): string => {
    const date = new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000)
    return date.toISOString().slice(0, 10)
  }
  await house.moveTo(`${day}T02:00:00Z`)
  const head = house.as('office-head')
  const principal = house.as('school-principal', { school: things.schoolId })
  const supervisor = house.as('school-supervisor', { supervisor: things.supervisorId })
  const problem = {
    schoolId: things.schoolId,
    title: `${day} 专项发现的问题`,
    description: '说明',
    severity: 'ordinary',
    source: { kind: 'special', title: '专项督导', level: 'district', year: 2026 },
  }
  const { id } = ok(await head.post(`${rectification}/problems`, problem), 201).body
  const path = `${rectification}/problems/${id}`
  const problems = [{ problemId: id, demand: '整改', dueOn: at(20) }]
  const decided = ok(await head.post(`${rectification}/decisions`, { form: 'writing', problems }), 201)
  await house.settle()
  const { version } = ok(await head.get(path, fresh(decided))).body
  const report = { text: '已整改', evidence: [await principal.upload('rectification', `${day} 整改记录`)] }
  const reported = ok(await principal.post(`${path}/report`, report, { ifMatch: version })).body.version
  const finding = { finding: '属实', evidence: [await supervisor.upload('rectification', `${day} 复查记录`)] }
  const verified = ok(await supervisor.post(`${path}/verify`, finding, { ifMatch: reported })).body.version
  const cancelled = ok(await head.post(`${path}/cancel`, { note: '同意销号' }, { ifMatch: verified }))
  const after = ok(await head.get(path, fresh(cancelled))).body
  assert.deepEqual([after.state, after.nextStep?.action], ['cancelled', '开展回头看'])
  await house.settle()
  await boardIsList(head)
  return id
}

/** Everything that was ever published on the instance's bus and is kept there; only while the instance is stopped. */
export async function published(folder: string, settings: Settings = {}): Promise<readonly string[]> {
  const config = readConfig({ DULIAN_DATA: folder, ...settings }, folder)
  const bus = await openBus(engineSettings(config), systemClock)
  const topics = [...new Set(services.flatMap(({ consumes }) => consumes.map(({ topic }) => topic)))]
  const found: string[] = []
  try {
    const handle = async ({ id }: { readonly id: string }) => void found.push(id)
    const consumer = await bus.subscribe({ group: 'observer', topics, handle })
    await consumer.caughtUp()
    await consumer.close()
    return found
  } finally {
    await bus.close()
  }
}

/**
 * File → hash of its content, of everything in the folder but the locks, which name who holds them, and what SQLite lays
 * beside a file while it is open: a log with nothing in it, and the log's index.
 */
export function filesIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(lock|holder)\.db$|-shm$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Object.fromEntries(
    files.flatMap((path) => {
      const content = readFileSync(path)
      if (path.endsWith('-wal') && content.length === 0) return []
      return [[relative(folder, path), createHash('sha256').update(content).digest('hex')]]
    }),
  )
}

/** Runs `dulian migrate` until it says these words, then kills it outright. */
export async function killedAt(words: string, from: string, options: readonly string[]): Promise<void> {
  const main = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts')
  const child = spawn(process.execPath, [main, 'migrate', ...options], {
    env: childEnvironment({ DULIAN_DATA: from }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.includes(words)) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
  assert.ok(said.includes(words), said)
}
