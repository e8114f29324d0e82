import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Document } from '../document.ts'
import type { GroupCount, Query, Where } from '../query.ts'
import { queryTokens, searchTokens } from '../search-tokens.ts'
import { failsWith, idsOf, put, type ViewCase } from './view-case.ts'

const DOCUMENTS: Readonly<Record<string, Document>> = {
  a: { office: 'yc', date: '2026-01-05', state: 'open', rank: 3, flag: true, school: { zone: 'z1', name: '一小' } },
  b: { office: 'yc', date: '2026-02-05', state: 'open', rank: 1, flag: false, school: { zone: 'z1', name: '二小' } },
  c: { office: 'yc', date: '2026-03-05', state: 'closed', rank: 2, school: { zone: 'z2', name: '一小' } },
  d: { office: 'cq', date: '2026-02-01', state: 'open', rank: 10, flag: true },
  e: { office: 'yc', date: null, state: null, rank: '1', flag: 1 },
  f: { office: 'yc' },
}

export function queryCases(start: () => ViewCase): void {
  const cases: readonly (readonly [what: string, where: Where, ids: string])[] = [
    ['nothing: everything', {}, 'abcdef'],
    ['a text equals', { office: 'cq' }, 'd'],
    ['several texts equal', { office: 'yc', state: 'open' }, 'ab'],
    ['a number equals that number, not the text', { rank: 1 }, 'b'],
    ['a text equals that text, not the number', { rank: '1' }, 'e'],
    ['true is not 1', { office: 'yc', flag: true }, 'a'],
    ['false is not missing', { office: 'yc', flag: false }, 'b'],
    ['null is null or missing', { office: 'yc', state: null }, 'ef'],
    ['one of several', { office: 'yc', state: { in: ['closed', 'open', 'other'] } }, 'abc'],
    ['one of several numbers', { rank: { in: [1, 10, 99] } }, 'bd'],
    ['one of none', { office: 'yc', state: { in: [] } }, ''],
    ['from a text on', { office: 'yc', date: { gte: '2026-02-05' } }, 'bc'],
    ['after a text', { office: 'yc', date: { gt: '2026-02-05' } }, 'c'],
    ['up to a text', { office: 'yc', date: { lte: '2026-02-05' } }, 'ab'],
    ['before a text', { office: 'yc', date: { lt: '2026-02-05' } }, 'a'],
    ['between two texts', { office: 'yc', date: { gte: '2026-01-31', lt: '2026-03-05' } }, 'b'],
    ['numbers from', { rank: { gte: 2 } }, 'acd'],
    ['numbers below, which no text is', { rank: { lt: 3 } }, 'bc'],
    ['numbers between', { rank: { gt: 1, lte: 3 } }, 'ac'],
    ['texts from, which no number is', { rank: { gte: '0' } }, 'e'],
    ['texts below, which no number is', { rank: { lt: '5' } }, 'e'],
    ['anything but a text, missing included', { office: 'yc', state: { not: 'open' } }, 'cef'],
    ['anything but null', { office: 'yc', state: { not: null } }, 'abc'],
    ['anything but true', { office: 'yc', flag: { not: true } }, 'bcef'],
    ['inside of an object', { 'school.zone': 'z1' }, 'ab'],
    ['inside of an object, twice', { 'school.zone': 'z1', 'school.name': '二小' }, 'b'],
    ['a condition left undefined is none', { office: 'yc', state: undefined, rank: 2 }, 'c'],
    ['a further indexed field behind the index', { office: 'yc', state: 'open', flag: true }, 'a'],
  ]
  for (const [what, where, expected] of cases) {
    test(`found, counted and grouped alike: ${what}`, async () => {
      const { space } = await start().filled(DOCUMENTS)
      assert.equal((await idsOf(space, { where })).join(''), expected)
      assert.equal(await space.count('items', where), expected.length)
      const groups = await space.group('items', ['office'], where)
      assert.equal(
        groups.reduce((sum, { count }) => sum + count, 0),
        expected.length,
      )
    })
  }

  const sorts: readonly (readonly [what: string, query: Query, ids: string])[] = [
    ['ascending, what has no value first', { where: { office: 'yc' }, sort: [['date', 'asc']] }, '[ef]abc'],
    ['descending, what has no value last', { where: { office: 'yc' }, sort: [['date', 'desc']] }, 'cba[ef]'],
    ['numbers as numbers', { where: { office: { in: ['yc', 'cq'] }, state: 'open' }, sort: [['rank', 'asc']] }, 'bad'],
    ['by the fields after the equalities', { where: { office: 'yc', state: 'open' }, sort: [['rank', 'asc']] }, 'ba'],
    [
      'by a field that an equality pins down',
      {
        where: { office: 'yc' },
        sort: [
          ['office', 'desc'],
          ['date', 'desc'],
        ],
      },
      'cba[ef]',
    ],
    [
      'by two fields in two directions',
      {
        where: { office: 'yc' },
        sort: [
          ['state', 'desc'],
          ['rank', 'asc'],
        ],
      },
      'bac[ef]',
    ],
    ['by an index alone, numbers before texts', { where: {}, sort: [['rank', 'asc']] }, 'fbcade'],
  ]
  for (const [what, query, expected] of sorts) {
    test(`sorted ${what}`, async () => {
      const { space } = await start().filled(DOCUMENTS)
      // Letters in brackets are equal: any order of them is right.
      const pattern = expected.replace('[ef]', '(ef|fe)')
      assert.match((await idsOf(space, query)).join(''), new RegExp(`^${pattern}$`))
    })
  }

  test('without a sort, documents come by id', async () => {
    const { space } = await start().filled({
      b: { office: 'yc' },
      a: { office: 'yc' },
      '10': { office: 'yc' },
      '9': {},
    })
    assert.deepEqual(await idsOf(space, { where: {} }), ['10', '9', 'a', 'b'])
    assert.deepEqual(await idsOf(space, { where: { office: 'yc' } }), ['10', 'a', 'b'])
  })

  const refused: readonly (readonly [what: string, query: Query])[] = [
    ['a field in no index', { where: { title: 'x' } }],
    ['a field in no index, beside one that is', { where: { office: 'yc', title: 'x' } }],
    ['sorting by a field in no index', { where: { office: 'yc' }, sort: [['title', 'asc']] }],
    ['a field that leads no index', { where: { state: 'open' } }],
    ['a range alone on a field that leads no index', { where: { date: { gte: '2026' } } }],
    ['only what something is not', { where: { office: { not: 'yc' } } }],
    ['a sort that no index gives after the equalities', { where: { state: 'open' }, sort: [['date', 'asc']] }],
    ['a sort past the first field', { where: {}, sort: [['date', 'asc']] }],
    ['tokens of another field', { where: { office: { all: ['yc'] } } }],
    ['no document at all', { where: {}, limit: 0 }],
    ['more documents than a page may have', { where: {}, limit: 1001 }],
    ['half a document', { where: {}, limit: 1.5 }],
  ]
  for (const [what, query] of refused) {
    test(`refused as not declared: ${what}`, async () => {
      const { space } = await start().filled(DOCUMENTS)
      await assert.rejects(space.find('items', query), failsWith('QUERY_NOT_DECLARED'))
      if (query.sort !== undefined || query.limit !== undefined) return
      await assert.rejects(space.count('items', query.where), failsWith('QUERY_NOT_DECLARED'))
      await assert.rejects(space.group('items', ['office'], query.where), failsWith('QUERY_NOT_DECLARED'))
    })
  }

  test('refused as not declared: another collection, grouping by a field in no index', async () => {
    const { space } = await start().filled(DOCUMENTS)
    await assert.rejects(space.find('nothing', { where: {} }), failsWith('QUERY_NOT_DECLARED'))
    await assert.rejects(space.find('toString', { where: {} }), failsWith('QUERY_NOT_DECLARED'))
    await assert.rejects(space.count('nothing', {}), failsWith('QUERY_NOT_DECLARED'))
    await assert.rejects(space.get('nothing', 'a'), failsWith('QUERY_NOT_DECLARED'))
    await assert.rejects(space.getMany('nothing', ['a']), failsWith('QUERY_NOT_DECLARED'))
    await assert.rejects(space.group('items', ['title'], {}), failsWith('QUERY_NOT_DECLARED'))
  })

  test('groups count documents by one field and by several', async () => {
    const { space } = await start().filled(DOCUMENTS)
    assert.deepEqual(ordered(await space.group('items', ['state'], { office: 'yc' })), [
      { key: ['closed'], count: 1 },
      { key: ['open'], count: 2 },
      { key: [null], count: 2 },
    ])
    assert.deepEqual(ordered(await space.group('items', ['office', 'flag'], {})), [
      { key: ['cq', true], count: 1 },
      { key: ['yc', 1], count: 1 },
      { key: ['yc', false], count: 1 },
      { key: ['yc', null], count: 2 },
      { key: ['yc', true], count: 1 },
    ])
    assert.deepEqual(await space.group('items', [], { office: 'yc' }), [{ key: [], count: 5 }])
    assert.deepEqual(await space.group('items', ['state'], { office: 'nobody' }), [])
    assert.deepEqual(await space.group('items', [], { office: 'nobody' }), [])
  })

  test('text is found by its tokens: pairs of Chinese characters, words, single characters', async () => {
    const titles: Record<string, string> = {
      a: '永川区2026年教育督导工作计划',
      b: '责任督学每月到校督导一次 OECD-PISA',
      c: '川永导督',
    }
    const documents = Object.entries(titles).map(([id, title]): [string, Document] => [
      id,
      { office: 'yc', rank: title.length, words: searchTokens(title) },
    ])
    const { space } = await start().filled(Object.fromEntries(documents))
    const search = (text: string): Promise<string[]> => idsOf(space, { where: { words: { all: queryTokens(text) } } })
    assert.deepEqual(await search('督导'), ['a', 'b'])
    assert.deepEqual(await search('永川区'), ['a'])
    assert.deepEqual(await search('督导计划'), [])
    assert.deepEqual(await search('督导 计划'), ['a'])
    assert.deepEqual(await search('pisa'), ['b'])
    assert.deepEqual(await search('２０２６'), ['a'])
    assert.deepEqual(await search('督'), ['a', 'b', 'c'])
    assert.deepEqual(await search('綦江'), [])
    assert.deepEqual(await search(''), ['a', 'b', 'c'], 'no token asks for nothing')
    assert.deepEqual(await idsOf(space, { where: { office: 'yc', words: { all: ['督导', '督导'] } } }), ['a', 'b'])
    assert.deepEqual(await idsOf(space, { where: { office: 'cq', words: { all: ['督导'] } } }), [])
    assert.deepEqual(
      await idsOf(space, { where: { office: 'yc', words: { all: ['督导'] } }, sort: [['rank', 'desc']] }),
      ['b', 'a'],
    )
    assert.equal(await space.count('items', { words: { all: ['督导'] } }), 2)
  })

  test('a document written again is found by the tokens it has now, wherever they stand and whatever else looks like them', async () => {
    const { space, lease } = await start().filled({ one: { office: 'yc', words: ['督导', '整改'] } })
    const found = (token: string): Promise<string[]> => idsOf(space, { where: { words: { all: [token] } } })
    const versions: readonly (readonly [Document, readonly string[]])[] = [
      [{ office: 'cq', words: ['督导', '整改'] }, ['督导', '整改']],
      [{ words: ['督导'], office: 'cq' }, ['督导']],
      [{ words: ['整改'], inner: { office: 'cq', words: ['督导'] } }, ['整改']],
      [{ words: ['督导'], inner: { office: 'cq', words: ['督导'] } }, ['督导']],
      [{ words: ['整改'], title: ',"words":["整改"]}' }, ['整改']],
      [{ office: 'cq', words: ['督导'] }, ['督导']],
      [{ office: 'cq', 'x,"words': ['督导'] }, []],
      [{ office: 'cq', words: ['整改', '整改'] }, ['整改']],
      [{ office: 'cq', words: '整改' }, []],
    ]
    for (const [index, [document, tokens]] of versions.entries()) {
      const version = String(index + 2)
      await space.commit(lease, { position: version, writes: [put('one', version, document)] })
      for (const token of ['督导', '整改']) {
        assert.deepEqual(await found(token), tokens.includes(token) ? ['one'] : [], `${token} in ${version}`)
      }
    }
  })
}

function ordered(groups: readonly GroupCount[]): GroupCount[] {
  return [...groups].sort((a, b) => (JSON.stringify(a.key) < JSON.stringify(b.key) ? -1 : 1))
}
