import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { engineToSkip, findEngine } from '@dulian/test-engines'
import type { Document, DocumentWrite, GroupCount, Json, Query, SpaceDefinition, ViewSpace, Where } from '@dulian/views'
import { openSqliteViews } from '@dulian/views-sqlite'
import { MongoClient } from 'mongodb'
import { openMongoViews } from './index.ts'
import { PATIENT } from './testing/patience.ts'

const engine = await findEngine('mongodb')
after(() => engine?.stop())

const SEEDS = [1, 2, 3, 4]
const DOCUMENTS = 600
const QUERIES = 250

const THINGS: SpaceDefinition = {
  name: 'things',
  revision: 1,
  collections: {
    items: { indexes: { ab: ['a', 'b'], bc: ['b', 'c.d'], cd: ['c.d', 'a', 'b'] }, tokens: 'words' },
  },
}
const FIELDS = ['a', 'b', 'c.d']

const NUMBERS = [-1e300, -2, -1.5, -0, 0, 1, 1.5, 2, 2 ** 31, 2 ** 53, 1e300]
const TEXTS = [
  '',
  '0',
  '1',
  'A',
  'a',
  'a\u0000',
  'a\u0000b',
  'ab',
  'b',
  'ü',
  '督',
  '督导',
  '\u{d7ff}',

  'true',
]
/** Whose order differs between UTF-8 and UTF-16. */
const FAR_TEXTS = ['\ue000', '，', '\ufffd', '𠮷', '👩‍🏫']
const TOKENS = ['督', '督导', '永川', 'x', '1', '']

describe('MongoDB and SQLite', { skip: engineToSkip(engine, 'mongodb') }, () => {
  for (const seed of SEEDS) {
    test(`give the same answers to random questions about random documents (seed ${seed})`, async (t) => {
      const { spaces, texts } = await openBoth(t)
      const random = randomOf(seed)
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
      const scalar = (): Json =>
        pick<() => Json>([() => null, () => pick(NUMBERS), () => pick(texts), () => random() < 0.5])()
      const value = (): Json | undefined =>
        pick<() => Json | undefined>([scalar, scalar, scalar, scalar, () => undefined, () => [1], () => ({ e: 1 })])()
      const document = (): Document => ({
        a: value(),
        b: value(),
        c: random() < 0.8 ? { d: value(), 'x.y': 1, $set: 2 } : value(),
        words: random() < 0.8 ? TOKENS.filter(() => random() < 0.4) : value(),
      })

      for (let batch = 1; batch <= 5; batch += 1) {
        const writes = Array.from({ length: DOCUMENTS / 5 }, (): DocumentWrite => {
          const id = random() < 0.02 ? `${pick(texts)}?` : `i${Math.floor(random() * DOCUMENTS)}`
          const version = String(1 + Math.floor(random() * 5))
          return { collection: 'items', id, version, document: random() < 0.1 ? null : document() }
        })
        for (const space of spaces) {
          const lease = await space.acquire('tester', 60_000)
          assert.ok(lease)
          await space.commit(lease, { position: String(batch), writes })
        }
      }

      const bound = (): string | number => (random() < 0.5 ? pick(NUMBERS) : pick(texts))
      const condition = (): Where[string] =>
        pick<() => Where[string]>([
          () => scalar() as string | number | boolean | null,
          () => ({ in: Array.from({ length: Math.floor(random() * 4) }, bound) }),
          () => ({ not: scalar() as string | number | boolean | null }),
          () =>
            Object.fromEntries(['gte', 'gt', 'lte', 'lt'].flatMap((name) => (random() < 0.4 ? [[name, bound()]] : []))),
        ])()
      let declared = 0
      for (let n = 0; n < QUERIES; n += 1) {
        const where = Object.fromEntries([
          ...FIELDS.flatMap((field) => (random() < 0.5 ? [[field, condition()] as const] : [])),
          ...(random() < 0.3 ? [['words', { all: TOKENS.filter(() => random() < 0.3) }] as const] : []),
        ])
        const sort = FIELDS.filter(() => random() < 0.4)
          .sort(() => random() - 0.5)
          .map((field) => [field, random() < 0.5 ? 'asc' : 'desc'] as const)
        const query: Query = { where, sort, limit: pick([30, 100, 1_000]) }
        const [one, other] = await Promise.all(spaces.map((space) => answersOf(space, query)))
        assert.deepEqual(other, one, JSON.stringify(query))
        if (typeof one !== 'string') declared += 1
      }
      assert.ok(declared > QUERIES / 5, `${declared} of them were declared`)
    })
  }

  test('page through 10,000 documents in both directions without leaving one out', async (t) => {
    const { spaces } = await openBoth(t)
    for (const space of spaces) {
      const lease = await space.acquire('tester', 60_000)
      assert.ok(lease)
      for (let batch = 1; batch <= 10; batch += 1) {
        const version = String(batch)
        const writes = Array.from({ length: 1_000 }, (_, n): DocumentWrite => {
          const document = { a: 'yc', b: n % 7 === 0 ? null : n % 13, words: ['督导'] }
          return { collection: 'items', id: `i${batch}-${n}`, version, document }
        })
        await space.commit(lease, { position: version, writes })
      }
    }
    for (const direction of ['asc', 'desc'] as const) {
      const query: Query = { where: { a: 'yc' }, sort: [['b', direction]], limit: 900 }
      const [one = [], other = []] = await Promise.all(spaces.map((space) => pagesOf(space, query)))
      const ids = other.flat()
      assert.equal(new Set(ids).size, 10_000)
      assert.equal(ids.length, 10_000)
      assert.deepEqual(other, one)
    }
  })

  async function openBoth(t: { after(work: () => unknown): void }) {
    const folder = await mkdtemp(join(tmpdir(), 'dulian-same-answers-'))
    const sqlite = openSqliteViews({ folder })
    const mongo = openMongoViews({ address: engine?.address ?? '', service: `test-${randomUUID()}`, ...PATIENT })
    t.after(async () => {
      await sqlite.close()
      await mongo.close()
      await rm(folder, { recursive: true })
    })
    const texts = (await ordersByBytes(engine?.address ?? '')) ? [...TEXTS, ...FAR_TEXTS] : TEXTS
    return { spaces: [await sqlite.open(THINGS), await mongo.open(THINGS)], texts }
  }
})

/** MongoDB does; mongo-java-server orders by UTF-16 units, and is spared the texts where that differs. */
async function ordersByBytes(address: string): Promise<boolean> {
  const client = new MongoClient(address)
  try {
    const texts = client.db(`dulian-test-${randomUUID()}`).collection<{ _id: string }>('texts')
    await texts.insertMany([{ _id: '𠮷' }, { _id: '，' }])
    const [first] = await texts.find().sort({ _id: 1 }).toArray()
    return first?._id === '，'
  } finally {
    await client.close()
  }
}

/** Everything the port answers to a question, or the code with which it refuses it. */
async function answersOf(space: ViewSpace, query: Query): Promise<unknown> {
  try {
    const pages = await pagesOf(space, query)
    const groups = await space.group('items', ['b', 'a'], query.where).catch(codeOf)
    const count = await space.count('items', query.where).catch(codeOf)
    return { pages, count, groups: typeof groups === 'string' ? groups : ordered(groups) }
  } catch (error) {
    return codeOf(error)
  }
}

/** Ids page by page, each page with its cursor and the last document's content. */
async function pagesOf(space: ViewSpace, query: Query): Promise<unknown[][]> {
  const pages: unknown[][] = []
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await space.find('items', { ...query, cursor })
    pages.push(items.map(({ id }) => id))
    if (nextCursor === undefined) return pages
    cursor = nextCursor
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  throw error
}

function ordered(groups: readonly GroupCount[]): string[] {
  return groups.map((group) => JSON.stringify(group)).sort()
}

/** mulberry32: small numbers that look random and are the same every time. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
