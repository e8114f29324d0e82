import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Document } from '../document.ts'
import type { Query } from '../query.ts'
import { failsWith, idsOfAllPages, put, type ViewCase } from './view-case.ts'

function name(n: number): string {
  return `i${String(n).padStart(3, '0')}`
}

/** 60 documents; many share a date, some have none. */
function many(): Record<string, Document> {
  return Object.fromEntries(
    Array.from({ length: 60 }, (_, n): [string, Document] => [
      name(n),
      {
        office: 'yc',
        state: n % 2 === 0 ? 'open' : 'shut',
        rank: n % 11 < 3 ? null : n % 7,
        ...(n % 5 === 0 ? {} : { date: `2026-0${1 + (n % 4)}` }),
      },
    ]),
  )
}

const QUERIES: readonly (readonly [what: string, query: Query])[] = [
  ['by id', { where: {} }],
  ['by id behind an equality', { where: { office: 'yc' } }],
  ['upwards over equal and missing values', { where: { office: 'yc' }, sort: [['date', 'asc']] }],
  ['downwards over equal and missing values', { where: { office: 'yc' }, sort: [['date', 'desc']] }],
  [
    'by two fields',
    {
      where: { office: 'yc' },
      sort: [
        ['state', 'desc'],
        ['rank', 'desc'],
      ],
    },
  ],
  [
    'by two fields in two directions',
    {
      where: { office: 'yc' },
      sort: [
        ['state', 'asc'],
        ['rank', 'desc'],
      ],
    },
  ],
]

export function pagingCases(start: () => ViewCase): void {
  for (const [what, query] of QUERIES) {
    test(`pages of any size give every document once, in the order of one large page: ${what}`, async () => {
      const { space } = await start().filled(many())
      const whole = await idsOfAllPages(space, { ...query, limit: 1_000 })
      assert.equal(new Set(whole).size, 60)
      for (const limit of [1, 7, 20, 59, 60, 61]) {
        assert.deepEqual(await idsOfAllPages(space, { ...query, limit }), whole, `pages of ${limit}`)
      }
    })

    test(`what stays where it is is neither repeated nor skipped while others change: ${what}`, async () => {
      const { space, lease } = await start().filled(many())
      const stable = Array.from({ length: 60 }, (_, n) => n).filter((n) => n % 3 === 0)
      const ids = await idsOfAllPages(space, { ...query, limit: 8 }, async (page) => {
        const version = String(page + 1)
        const moving = name(3 * page + 1)
        const going = name(3 * page + 2)
        await space.commit(lease, {
          position: version,
          writes: [
            put(`a-new-${page}`, version, { office: 'yc', state: 'open', rank: 0, date: '2025' }),
            put(`z-new-${page}`, version, { office: 'yc', state: 'shut', rank: 99, date: '2027' }),
            put(moving, version, { office: 'yc', state: 'shut', rank: 50, date: '2026-12' }),
            put(going, version, null),
          ],
        })
      })
      for (const n of stable) {
        assert.equal(ids.filter((id) => id === name(n)).length, 1, `${name(n)} comes once`)
      }
    })
  }

  test('the last page has no cursor, and neither has an empty one', async () => {
    const { space } = await start().filled({ a: { office: 'yc' }, b: { office: 'yc' } })
    assert.equal((await space.find('items', { where: {}, limit: 2 })).nextCursor, undefined)
    assert.equal((await space.find('items', { where: { office: 'nobody' } })).nextCursor, undefined)
    assert.notEqual((await space.find('items', { where: {}, limit: 1 })).nextCursor, undefined)
  })

  test('a page has 50 documents when nothing else is asked for', async () => {
    const { space } = await start().filled(many())
    assert.equal((await space.find('items', { where: {} })).items.length, 50)
  })

  test('a cursor belongs to its query; the size of a page may change', async () => {
    const { space } = await start().filled(many())
    const query: Query = { where: { office: 'yc', state: 'open' }, sort: [['rank', 'asc']], limit: 5 }
    const { nextCursor: cursor } = await space.find('items', query)
    assert.ok(cursor)
    const next = await space.find('items', { ...query, limit: 9, cursor })
    assert.equal(next.items.length, 9)
    const invalid = failsWith('CURSOR_INVALID')
    const others: Query[] = [
      { ...query, where: { office: 'yc', state: 'shut' } },
      { ...query, where: { office: 'cq', state: 'open' } },
      { ...query, sort: [['rank', 'desc']] },
      { where: { office: 'yc' } },
      { where: {} },
    ]
    for (const other of others) await assert.rejects(space.find('items', { ...other, cursor }), invalid)
    await assert.rejects(space.find('others', { where: {}, cursor }), invalid)
    for (const nonsense of ['', 'x', 'e30', 'bnVsbA', '👩‍🏫', `${cursor}x`, cursor.slice(3), 'a'.repeat(10_000)]) {
      await assert.rejects(space.find('items', { ...query, cursor: nonsense }), invalid, nonsense.slice(0, 20))
    }
  })

  test('a cursor outlives a restart', async () => {
    const on = start()
    const { space } = await on.filled(many())
    const query: Query = { where: { office: 'yc' }, sort: [['date', 'desc']], limit: 10 }
    const whole = await idsOfAllPages(space, { ...query, limit: 1_000 })
    const { nextCursor } = await space.find('items', query)
    assert.ok(nextCursor)
    const again = await on.reopen()
    const page = await again.find('items', { ...query, cursor: nextCursor })
    assert.deepEqual(
      page.items.map(({ id }) => id),
      whole.slice(10, 20),
    )
  })
}
