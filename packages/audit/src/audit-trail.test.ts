import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { eventSourcingError, fakeClock } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import type { AuditEntry, AuditFact } from './audit-entry.ts'
import { auditEvents, hashOfEntry } from './audit-entry.ts'
import { openAuditTrail } from './audit-trail.ts'
import { auditRefusals } from './refusals.ts'
import { verifyAudit } from './verify-audit.ts'

const head = { subject: 'head', name: '示例主任', office: 'yongchuan', roles: ['office-head'] }
const other = { subject: 'other', name: '另一室主任', office: 'qijiang', roles: ['office-head'] }

function exported(rows: number, by = head): AuditFact {
  return { action: 'data-exported', by, object: 'problems', objectName: '问题台账', details: { rows } }
}

async function place(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-audit-'))
  const file = join(folder, 'events.db')
  const clock = fakeClock('2026-11-22T01:00:00Z')
  const open = () => openAuditTrail({ store: openSqliteEvents({ file, clock }), clock })
  t.after(() => rm(folder, { recursive: true, force: true }))
  return { file, clock, open, reader: () => openSqliteEvents({ file, readOnly: true }) }
}

test('entries of an office are chained in the order they were recorded, and another office has a chain of its own', async (t) => {
  const { open, reader } = await place(t)
  const trail = open()
  const entries = await Promise.all([
    trail.record(exported(1)),
    trail.record(exported(2)),
    trail.record(exported(3, other)),
    trail.record(exported(4)),
  ])
  const [first, second, foreign, third] = entries as [AuditEntry, AuditEntry, AuditEntry, AuditEntry]
  assert.deepEqual(
    [first, second, third, foreign].map(({ office, sequence }) => `${office} ${sequence}`),
    ['yongchuan 1', 'yongchuan 2', 'yongchuan 3', 'qijiang 1'],
  )
  assert.equal(second.previous, first.hash)
  assert.equal(third.previous, second.hash)
  assert.equal(foreign.previous, '0'.repeat(64))
  const { entries: seen } = await trail.list({ office: 'yongchuan', limit: 10 })
  assert.deepEqual(seen, [third, second, first])
  await trail.close()
  const store = reader()
  const { intact, chains } = await verifyAudit(store)
  assert.ok(intact)
  assert.deepEqual(
    chains.map(({ office, entries, hash }) => [office, entries, hash]),
    [
      ['yongchuan', 3, third.hash],
      ['qijiang', 1, foreign.hash],
    ],
  )
  await store.close()
})

test('two processes that write to one chain at once leave one unbroken chain with every entry of both', async (t) => {
  const { open, reader } = await place(t)
  const [one, two] = [open(), open()]
  await Promise.all(
    Array.from({ length: 120 }, (_, at) =>
      (at % 2 === 0 ? one : two).record(exported(at, { ...head, subject: `p${at % 7}` })),
    ),
  )
  await one.close()
  await two.close()
  const store = reader()
  const { intact, entries, broken } = await verifyAudit(store)
  assert.deepEqual({ intact, entries, broken }, { intact: true, entries: 120, broken: undefined })
  const rows = (await store.readAll({ limit: 500 })).events.map((event) => auditEvents.decode(event).data.details.rows)
  assert.deepEqual(
    rows.map(Number).sort((a, b) => a - b),
    Array.from({ length: 120 }, (_, at) => at),
  )
  await store.close()
})

test('an entry that cannot be written is refused to whoever waits for it, and the next one is chained to the last that stands', async (t) => {
  const { file, clock } = await place(t)
  const store = openSqliteEvents({ file, clock })
  let full = false
  const trail = openAuditTrail({
    clock,
    store: {
      ...store,
      append: async (...given) => {
        if (full) throw eventSourcingError('STORAGE_FULL')
        return await store.append(...given)
      },
      readStream: (...given) => store.readStream(...given),
      readAll: (...given) => store.readAll(...given),
      close: () => store.close(),
    },
  })
  const first = await trail.record(exported(1))
  full = true
  await assert.rejects(trail.record(exported(2)), { code: 'STORAGE_FULL' })
  full = false
  const next = await trail.record(exported(3))
  assert.deepEqual([next.sequence, next.previous], [2, first.hash])
  await trail.close()
})

test('a command that is repeated leaves one entry', async (t) => {
  const { open } = await place(t)
  const trail = open()
  const id = '0197a000-0000-5000-8000-000000000001'
  const first = await trail.record({ ...exported(5), id })
  await trail.record(exported(6))
  assert.deepEqual(await trail.record({ ...exported(5), id }), first)
  assert.equal((await trail.list({ office: 'yongchuan', limit: 10 })).entries.length, 2)
  await trail.close()
})

test('a list is narrowed by what, by whom, by outcome and by day in China, and pages without a gap', async (t) => {
  const { open, clock } = await place(t)
  const trail = open()
  for (let at = 0; at < 30; at += 1) {
    clock.set(`2026-11-${String(10 + Math.floor(at / 10)).padStart(2, '0')}T17:00:00Z`)
    await trail.record(
      at % 3 === 0
        ? {
            action: 'access-refused',
            by: { ...head, subject: 'staff', name: '示例工作人员' },
            object: '/x',
            outcome: 'refused',
          }
        : exported(at),
    )
  }
  const all = async (asked: object): Promise<number[]> => {
    const found: number[] = []
    for (let before: number | undefined; ; ) {
      const page = await trail.list({
        office: 'yongchuan',
        limit: 4,
        ...asked,
        ...(before === undefined ? {} : { before }),
      })
      found.push(...page.entries.map(({ sequence }) => sequence))
      if (page.next === undefined) return found
      before = page.next
    }
  }
  assert.deepEqual(
    await all({}),
    Array.from({ length: 30 }, (_, at) => 30 - at),
  )
  assert.equal((await all({ action: 'access-refused' })).length, 10)
  assert.equal((await all({ outcome: 'refused' })).length, 10)
  assert.equal((await all({ actor: '工作人员' })).length, 10)
  // 17:00 UTC is the next day in China.
  assert.deepEqual(
    await all({ from: '2026-11-12', to: '2026-11-12' }),
    Array.from({ length: 10 }, (_, at) => 20 - at),
  )
  assert.deepEqual(await all({ from: '2026-12-01' }), [])
  assert.deepEqual(await trail.list({ office: 'nobody', limit: 4 }), { entries: [], next: undefined })
  await trail.close()
})

test('one changed byte of any entry in the database is found, and its place is named', async (t) => {
  const { file, open, reader } = await place(t)
  const trail = open()
  for (let at = 1; at <= 6; at += 1) await trail.record({ ...exported(at), reason: `第${at}次会议使用` })
  await trail.close()
  const whole = await readFile(file)
  const changes: readonly [string, number, string][] = [
    ['第4次会议使用', 4, '用途'],
    ['"rows":5', 5, '行数'],
    ['"outcome":"done"', 1, '结果'],
  ]
  for (const [text, , what] of changes) {
    const at = whole.indexOf(text)
    assert.ok(at > 0, what)
    const changed = Buffer.from(whole)
    const last = at + Buffer.byteLength(text) - 2
    changed.writeUInt8(changed.readUInt8(last) ^ 1, last)
    await writeFile(file, changed)
    const store = reader()
    const { intact, broken } = await verifyAudit(store)
    await store.close()
    assert.equal(intact, false, what)
    assert.equal(broken?.office, 'yongchuan', what)
    const sequence = entryAround(whole, at)
    assert.equal(broken?.sequence, sequence, what)
    assert.match(broken?.reason ?? '', /改动|损坏/)
  }
})

/** The sequence that stands in the same row as a place in the file. */
function entryAround(file: Buffer, at: number): number {
  const from = file.lastIndexOf('{"id":', at)
  const [, sequence] = /"sequence":(\d+)/.exec(file.subarray(from, from + 2_000).toString('utf8')) ?? []
  return Number(sequence)
}

test('a removed entry, a rewritten chain and a cut end are found, the last two by what an earlier verification noted', async (t) => {
  const { file, open, clock } = await place(t)
  const trail = open()
  for (let at = 1; at <= 4; at += 1) await trail.record(exported(at))
  await trail.close()
  const whole = openSqliteEvents({ file, readOnly: true })
  const before = await verifyAudit(whole)
  const { events } = await whole.readAll({ limit: 10 })
  await whole.close()

  const rewritten = async (name: string, kept: readonly AuditEntry[]) => {
    const store = openSqliteEvents({ file: `${file}-${name}`, clock })
    const copy = openAuditTrail({ store, clock })
    for (const { id, details } of kept) await copy.record({ ...exported(Number(details.rows)), id })
    const verified = await verifyAudit(store, before.chains)
    await copy.close()
    return verified
  }
  const entries = events.map((event) => auditEvents.decode(event).data)
  assert.equal((await rewritten('cut', entries.slice(0, 3))).broken?.sequence, 4)
  assert.match((await rewritten('cut2', entries.slice(0, 3))).broken?.reason ?? '', /截去/)
  const other = entries.map((entry, at) => (at === 1 ? { ...entry, details: { rows: 99 } } : entry))
  assert.match((await rewritten('other', other)).broken?.reason ?? '', /整改|改写/)

  const gap = openSqliteEvents({ file: `${file}-gap`, clock })
  const [first, , third] = events
  for (const event of [first, third]) {
    if (event !== undefined) {
      await gap.append(event.stream, [event], { expected: 'any', meta: event.meta })
    }
  }
  const { broken } = await verifyAudit(gap)
  await gap.close()
  assert.equal(broken?.sequence, 2)
})

test('a refusal is on record at once, repeated ones are counted, and nobody can flood the chain', async (t) => {
  const { open, clock } = await place(t)
  const trail = open()
  const refusals = auditRefusals({ trail, clock, onError: (error) => assert.fail(String(error)) })
  const note = (subject: string, path: string, route = '/api/things/:id') =>
    refusals.note({
      identity: { ...head, subject },
      method: 'GET',
      path,
      route,
      status: 404,
      code: 'STREAM_NOT_FOUND',
    })
  for (let at = 0; at < 1_000; at += 1) note('curious', `/api/things/${at}`)
  await trail.settled()
  const list = async () => (await trail.list({ office: 'yongchuan', limit: 500 })).entries
  assert.equal((await list()).length, 1)
  clock.set('2026-11-22T01:11:00Z')
  note('curious', '/api/things/again')
  await trail.settled()
  const [latest] = await list()
  assert.deepEqual([latest?.object, latest?.details.others], ['/api/things/again', 999])
  for (let at = 0; at < 1_000; at += 1) note(`many-${at}`, '/api/things/1')
  await trail.settled()
  assert.ok((await list()).length <= 122, String((await list()).length))
  note('curious', '/api/things/last')
  await refusals.flush()
  assert.ok((await list()).some(({ subject, details }) => subject === 'curious' && details.others === 1))
  await trail.close()
})

test('the hash covers every member of an entry', () => {
  const entry = {
    id: 'a',
    office: 'yongchuan',
    sequence: 1,
    at: '2026-11-22T01:00:00.000Z',
    action: 'operated',
    subject: 's',
    name: 'n',
    roles: ['operator'],
    object: 'o',
    objectName: 'on',
    reason: 'r',
    outcome: 'done' as const,
    details: { a: 1, b: 'x' },
    previous: 'p',
  }
  const known = new Set([hashOfEntry(entry)])
  for (const key of Object.keys(entry) as (keyof typeof entry)[]) {
    const changed = { sequence: 2, roles: [], details: { a: 2, b: 'x' }, outcome: 'failed' as const }
    const value = key in changed ? changed[key as keyof typeof changed] : 'changed'
    known.add(hashOfEntry({ ...entry, [key]: value }))
  }
  assert.equal(known.size, Object.keys(entry).length + 1)
  assert.equal(hashOfEntry({ ...entry, details: { b: 'x', a: 1 } }), hashOfEntry(entry))
})
