import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findTestTitles } from './find-test-titles.ts'

function find(text: string): { title: string; rows: readonly string[] }[] {
  return findTestTitles({ path: 'a.test.ts', text }).map(({ title, rows }) => ({ title, rows }))
}

test('rows are read from the title of a test, one or several', () => {
  assert.deepEqual(find(`test('[G5] an item becomes a task', () => {})`), [
    { title: 'an item becomes a task', rows: ['G5'] },
  ])
  assert.deepEqual(find(`it('[G5, I1][N10] all of it', () => {})`)[0]?.rows, ['G5', 'I1', 'N10'])
})

test('a test inherits the rows and the titles of its suites', () => {
  const [found] = find(`describe('[X1] a problem', () => { it('is opened', async () => {}) })`)
  assert.deepEqual(found, { title: 'a problem › is opened', rows: ['X1'] })
})

test('tests of a context, skipped tests and templates count', () => {
  const found = find(`
    test('outer', async (t) => { await t.test('[D3] inner', () => {}) })
    test.skip('[D4] skipped', () => {})
    for (const engine of engines) test(\`[N13] on \${engine}\`, () => {})`)
  assert.deepEqual(
    found.map(({ rows }) => rows),
    [[], ['D3'], ['D4'], ['N13']],
  )
  assert.equal(found[3]?.title, 'on …')
})

test('what only looks like a test is none', () => {
  assert.deepEqual(find(`/x/.test('[G5]'); pattern.test('[G5] a', 'b'); other('[G5] a', () => {})`), [])
})

test('half-written code is read as far as it goes', () => {
  assert.deepEqual(find(`test('[G5] first', () => {})\ntest('second', () => { const = (`)[0]?.rows, ['G5'])
})
