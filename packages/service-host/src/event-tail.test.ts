import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { comparePositions, type EventStore, newId, type Position } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { EventTail } from './event-tail.ts'

interface Watched {
  readonly file: string
  readonly store: EventStore
  /** How often the store itself was read. */
  readonly reads: () => number
  append(type: string, count?: number): Promise<void>
}

/** `hands`: hands over what was appended; without, it only hints at it, as a store may. */
async function watchedStore(t: TestContext, { hands = false } = {}): Promise<Watched> {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-tail-'))
  const file = join(folder, 'events.db')
  const store = openSqliteEvents({ file })
  t.after(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })
  let reads = 0
  return {
    file,
    store: {
      append: (...parameters) => store.append(...parameters),
      readStream: (...parameters) => store.readStream(...parameters),
      readAll: (options) => {
        reads += 1
        return store.readAll(options)
      },
      head: () => store.head(),
      onAppended: (listener) => store.onAppended((appended) => listener(hands ? appended : undefined)),
      close: () => store.close(),
    },
    reads: () => reads,
    async append(type, count = 1) {
      for (let n = 0; n < count; n += 1) {
        await store.append(`lamp-demo-${type}`, [{ id: newId(Date.now()), type, data: { n } }], {
          expected: 'any',
          meta: { correlationId: 'test', actor: 'test', office: 'demo' },
        })
      }
    },
  }
}

test('followers that keep up share one read of the store, whatever they look for', async (t) => {
  const { store, reads, append } = await watchedStore(t)
  await append('a', 3)
  const tail = new EventTail(store, await store.head())
  await append('a')
  await append('b')
  const pages = await Promise.all(
    Array.from({ length: 12 }, (_, n) => tail.readAll({ after: '3', filter: { types: [n % 3 === 0 ? 'a' : 'b'] } })),
  )
  assert.equal(reads(), 1)
  for (const [n, page] of pages.entries()) {
    assert.deepEqual(
      [page.events.map(({ position }) => position), page.checkedThrough, page.end],
      [[n % 3 === 0 ? '4' : '5'], '5', true],
    )
  }
  const idle = await tail.readAll({ after: '5', filter: { types: ['a'] } })
  assert.deepEqual([idle.events, idle.checkedThrough, idle.end, reads()], [[], '5', true, 1])
})

test('who is behind what is kept is told that there is more, so that a spent hint loses nothing', async (t) => {
  const { store, append } = await watchedStore(t)
  const tail = new EventTail(store, await store.head())
  await append('a', 2)
  await tail.readAll({ after: '0' })
  await append('a')
  const behind = await tail.readAll({ after: '1' })
  assert.deepEqual([behind.checkedThrough, behind.end], ['2', false])
  const next = await tail.readAll({ after: behind.checkedThrough })
  assert.deepEqual([next.events.length, next.end], [1, true])
})

test('every follower gets exactly what the store holds for it, however they interleave, fall behind and catch up', async (t) => {
  const { store, append } = await watchedStore(t)
  await append('a', 20)
  let now = 0
  const tail = new EventTail(store, await store.head(), () => now)
  let seed = 7
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  const followers = Array.from({ length: 5 }, (_, n) => ({
    filter: [undefined, { types: ['a'] }, { types: ['b', 'c'] }, { categories: ['lamp'] }, { types: ['never'] }][n],
    position: '0' as Position,
    seen: [] as Position[],
  }))
  const look = async (follower: (typeof followers)[number]): Promise<boolean> => {
    const page = await tail.readAll({
      after: follower.position,
      limit: 1 + random(40),
      ...(follower.filter === undefined ? {} : { filter: follower.filter }),
    })
    follower.seen.push(...page.events.map(({ position }) => position))
    assert.ok(comparePositions(page.checkedThrough, follower.position) >= 0)
    follower.position = page.checkedThrough
    return page.end
  }
  for (let round = 0; round < 150; round += 1) {
    now += random(300)
    if (round % 3 === 0) await append(['a', 'b', 'c'][random(3)] ?? 'a', random(60))
    const some = followers.filter(() => random(3) === 0)
    await Promise.all(some.map(look))
  }
  for (const follower of followers) {
    while (!(await look(follower)));
    assert.equal(follower.position, await store.head())
    const expected: Position[] = []
    for (let after = '0', end = false; !end; ) {
      const page = await store.readAll({
        after,
        ...(follower.filter === undefined ? {} : { filter: follower.filter }),
      })
      expected.push(...page.events.map(({ position }) => position))
      after = page.checkedThrough
      end = page.end
    }
    assert.deepEqual(follower.seen, expected)
  }
})

test('what another process appended is found without a hint, after a while', async (t) => {
  const { store, append } = await watchedStore(t)
  let now = 0
  const deaf: EventStore = { ...store, onAppended: () => () => {} }
  const tail = new EventTail(deaf, await store.head(), () => now)
  assert.equal((await tail.readAll({ after: '0' })).events.length, 0)
  await append('a')
  assert.equal((await tail.readAll({ after: '0' })).events.length, 0)
  now += 1_000
  assert.equal((await tail.readAll({ after: '0' })).events.length, 1)
})

test('a read that fails is tried again by the next who asks', async (t) => {
  const { store, append } = await watchedStore(t)
  let fail = true
  const tail = new EventTail(
    { ...store, readAll: (options) => (fail ? Promise.reject(new Error('disk')) : store.readAll(options)) },
    await store.head(),
  )
  await append('a')
  await assert.rejects(tail.readAll({ after: '0' }), /disk/)
  fail = false
  assert.equal((await tail.readAll({ after: '0' })).events.length, 1)
})

test('what the store hands over is not read, and is what a read would give', async (t) => {
  const { store, reads, append } = await watchedStore(t, { hands: true })
  await append('a', 3)
  const tail = new EventTail(store, await store.head())
  await tail.readAll({ after: '3' })
  assert.equal(reads(), 1, 'to begin with it looks once')
  await append('a')
  await append('b', 2)
  const page = await tail.readAll({ after: '3' })
  assert.equal(reads(), 1)
  assert.deepEqual(page, { ...(await store.readAll({ after: '3' })), end: true })
  assert.deepEqual(
    (await tail.readAll({ after: '4', filter: { types: ['b'] } })).events.map(({ position }) => position),
    ['5', '6'],
  )
})

test('of what the store hands over only what somebody wants is made', async (t) => {
  const { store, append } = await watchedStore(t, { hands: true })
  const made: string[] = []
  const counting: EventStore = {
    ...store,
    onAppended: (listener) =>
      store.onAppended((appended) => {
        if (appended === undefined) return listener()
        const { after, through, count, types } = appended
        listener({
          after,
          through,
          count,
          types,
          get events() {
            made.push(through)
            return appended.events
          },
        })
      }),
  }
  const tail = new EventTail(counting, await store.head())
  await tail.readAll({ after: '0' })
  await append('a')
  await append('b')
  const none = await tail.readAll({ after: '0', filter: { types: ['c'] } })
  assert.deepEqual([none.events, none.checkedThrough, none.end, made], [[], '2', true, []])
  const some = await tail.readAll({ after: '0', filter: { types: ['b', 'c'] } })
  assert.deepEqual([some.events.map(({ position }) => position), some.checkedThrough, made], [['2'], '2', ['2']])
  assert.equal((await tail.readAll({ after: '0', filter: { categories: ['lamp'] } })).events.length, 2)
})

test('what is handed over behind a gap is read with what lies in the gap', async (t) => {
  const { store, append, file } = await watchedStore(t, { hands: true })
  const tail = new EventTail(store, await store.head())
  await append('a')
  const other = openSqliteEvents({ file })
  await other.append('lamp-demo-other', [{ id: newId(Date.now()), type: 'other', data: {} }], {
    expected: 'none',
    meta: { correlationId: 'test', actor: 'test', office: 'demo' },
  })
  await other.close()
  await append('a')
  const seen: string[] = []
  for (let after: Position = '0', end = false; !end; ) {
    const page = await tail.readAll({ after })
    seen.push(...page.events.map(({ type }) => type))
    after = page.checkedThrough
    end = page.end
  }
  assert.deepEqual(seen, ['a', 'other', 'a'])
})
