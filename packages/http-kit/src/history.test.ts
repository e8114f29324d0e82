import assert from 'node:assert/strict'
import { test } from 'node:test'
import { historyOf, linesOf } from './history.ts'

const happened = (type: string, position: string, actor = 'head') => ({
  type,
  envelope: {
    id: `id-${position}`,
    stream: 'lamp-yongchuan-1',
    version: 1,
    position,
    type: `${type}.v1`,
    time: `2026-11-22T00:00:${position.padStart(2, '0')}.000Z`,
    meta: { correlationId: 'c', actor, office: 'yongchuan' },
  },
})

test('the events of several streams become one history in the order in which they were stored', () => {
  const lamps = [happened('Lit', '2'), happened('Dimmed', '10', 'policy:night')]
  const bulbs = [happened('Changed', '9')]
  const history = historyOf(
    linesOf(lamps, ({ type }) => ({ title: `灯：${type}`, note: null })),
    linesOf(bulbs, () => ({ title: '更换灯泡', note: '第二只' })),
  )
  assert.deepEqual(
    history.map(({ event, title, actor, note }) => [event, title, actor, note]),
    [
      ['Lit', '灯：Lit', 'head', null],
      ['Changed', '更换灯泡', 'head', '第二只'],
      ['Dimmed', '灯：Dimmed', 'policy:night', null],
    ],
  )
  assert.equal(history[0]?.at, '2026-11-22T00:00:02.000Z')
})
