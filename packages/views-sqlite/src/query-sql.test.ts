import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Database } from '@dulian/sqlite'
import { type CollectionDefinition, effectiveSort, type Query } from '@dulian/views'
import { CollectionTable } from './collection-table.ts'
import { afterSteps, orderSql, whereSql } from './query-sql.ts'

const DEFINITION: CollectionDefinition = {
  indexes: { byDate: ['office', 'date'], byState: ['office', 'state', 'due'] },
  tokens: 'words',
}
const TABLE = { documents: '"documents:items"', tokens: '"tokens:items"', tokenPath: '$."words"' }

const folder = mkdtempSync(join(tmpdir(), 'views-'))
const db = new Database(join(folder, 'plans.db'), { synchronous: 'NORMAL', cacheKiB: 100 })
const table = new CollectionTable(db, 'items', DEFINITION)
table.prepare(undefined)
for (const step of table.indexing()) step()
after(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

function plansOf(query: Query, values?: readonly (string | null)[]): string[] {
  const where = whereSql(TABLE, query.where)
  const sort = effectiveSort(query)
  const steps = values === undefined ? [{ text: '1', values: [] }] : afterSteps(sort, { id: 'x', values })
  return steps.map((step) =>
    db
      .all(
        `EXPLAIN QUERY PLAN SELECT id, document FROM ${TABLE.documents} WHERE ${where.text} AND ${step.text} ORDER BY ${orderSql(sort)} LIMIT 50`,
        ...where.values,
        ...step.values,
      )
      .map((row) => String(row[3]))
      .join(' | '),
  )
}

// Deep pages must cost what the first one costs: SQLite has to enter the index at the cursor, and sort nothing.
const cases: readonly (readonly [
  what: string,
  query: Query,
  values: (string | null)[],
  index: string,
  enters: string,
])[] = [
  ['upwards', { where: { office: 'yc' }, sort: [['date', 'asc']] }, ['2026'], 'byDate', '"$office"=? AND "$date">?'],
  ['downwards', { where: { office: 'yc' }, sort: [['date', 'desc']] }, ['2026'], 'byDate', '"$office"=? AND "$date"<?'],
  [
    'behind two equalities',
    { where: { office: 'yc', state: 'open' }, sort: [['due', 'asc']] },
    ['2026'],
    'byState',
    '"$office"=? AND "$state"=? AND "$due">?',
  ],
]
for (const [what, query, values, index, enters] of cases) {
  test(`pages are read from the declared index without sorting: ${what}`, () => {
    for (const plan of [...plansOf(query), ...plansOf(query, values), ...plansOf(query, [null])]) {
      assert.match(plan, new RegExp(`USING INDEX index:items:${index}`), plan)
      assert.doesNotMatch(plan, /TEMP B-TREE/, plan)
    }
    const [first = ''] = plansOf(query, values)
    assert.ok(
      first
        .replaceAll('$', '"$')
        .replaceAll(/("\$\w+)/g, '$1"')
        .includes(enters),
      first,
    )
  })
}

test('a search by tokens starts from the tokens, not from the index of a further condition', () => {
  const [plan = ''] = plansOf({ where: { office: 'yc', words: { all: ['督导', '永川'] } } })
  assert.match(plan, /SEARCH documents:items USING INTEGER PRIMARY KEY/)
  assert.doesNotMatch(plan, /USING INDEX index:items/)
})
