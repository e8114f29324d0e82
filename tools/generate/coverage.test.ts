import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { renderCoverage } from './coverage.ts'

const rows = [
  { id: 'G5', title: 'Annual plan', chinese: '年度要点' },
  { id: 'X1', title: 'Closed loop', chinese: '闭环' },
]

test('every row stands in the page, with its tests or with “not yet”', () => {
  const page = renderCoverage(rows, [{ file: 'a.test.ts', title: 'is read | whole', rows: ['G5'] }])
  assert.match(page, /1 of 2 rows have a test/)
  assert.match(page, /\| G5 \| Annual plan<br>年度要点 \| is read \\\| whole \(`a\.test\.ts`\) \|/)
  assert.match(page, /\| X1 \| .* \| not yet \|/)
})

test('a test that names an unknown row is refused', () => {
  assert.throws(() => renderCoverage(rows, [{ file: 'a.test.ts', title: 'x', rows: ['G99'] }]), /a\.test\.ts: \[G99\]/)
})

test('the committed rows are complete: each strand numbered from 1 without a gap', async () => {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'rows.json')
  const committed: { id: string }[] = JSON.parse(await readFile(file, 'utf8'))
  const expected = Object.entries({ R: 16, I: 26, X: 19, Q: 20, C: 11, D: 6, G: 13, N: 16 })
  assert.deepEqual(
    committed.map(({ id }) => id),
    expected.flatMap(([letter, count]) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)),
  )
})
