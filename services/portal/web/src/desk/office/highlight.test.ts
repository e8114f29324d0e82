import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highlight } from './highlight.ts'

const text = '每年组织1次综合督导，2026年6月30日前完成。（责任单位：区教委、区教委督导科）'

test('[G4] bodies, dates and quantities stand out where they are printed, and no character is lost', () => {
  const segments = highlight(text, {
    bodies: [
      { name: '区教委', role: 'lead' },
      { name: '区教委督导科', role: 'cooperating' },
    ],
    dates: [{ text: '2026年6月30日前', from: '2026-01-01', to: '2026-06-30' }],
    quantities: [{ text: '1次', value: 1, unit: '次/年' }],
  })
  assert.equal(segments.map((segment) => segment.text).join(''), text)
  assert.deepEqual(
    segments.filter((segment) => segment.kind !== undefined),
    [
      { text: '1次', kind: 'quantity' },
      { text: '2026年6月30日前', kind: 'date' },
      { text: '区教委', kind: 'body' },
      { text: '区教委督导科', kind: 'body' },
    ],
  )
})

test('a text in which nothing was recognised stays one piece', () => {
  assert.deepEqual(highlight(text, { bodies: [], dates: [], quantities: [] }), [{ text }])
})
