import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shareOut } from './assigner.ts'

const six = (): number[] => [0, 1, 2, 3, 4, 5]

test('members that want the same get equally much, the dead letters with their partitions', () => {
  const topics = ['t', 't.dlq.g']
  const shares = shareOut(new Map(['a', 'b', 'c'].map((member) => [member, topics])), topics, six, 'g')
  assert.deepEqual(Object.fromEntries(shares), {
    a: { t: [0, 3], 't.dlq.g': [0, 3] },
    b: { t: [1, 4], 't.dlq.g': [1, 4] },
    c: { t: [2, 5], 't.dlq.g': [2, 5] },
  })
})

test('nobody gets a topic it has not asked for', () => {
  const wishes = new Map([
    ['a', ['both', 'both.dlq.g', 'mine', 'mine.dlq.g']],
    ['b', ['both', 'both.dlq.g']],
  ])
  const shares = shareOut(wishes, ['both', 'both.dlq.g', 'mine', 'mine.dlq.g'], six, 'g')
  assert.deepEqual(shares.get('a')?.mine, six())
  assert.equal(shares.get('b')?.mine, undefined)
  assert.equal((shares.get('a')?.both?.length ?? 0) + (shares.get('b')?.both?.length ?? 0), 6)
})

test('several topics are shared out evenly together', () => {
  const wishes = new Map(['a', 'b', 'c', 'd'].map((member) => [member, ['t', 'u']]))
  const shares = shareOut(wishes, ['t', 'u'], () => [0], 'g')
  const counts = [...shares.values()].map((share) => Object.values(share).flat().length)
  assert.deepEqual(counts, [1, 1, 0, 0])
})

test('a topic that has more partitions than its dead letters is shared out all the same', () => {
  const shares = shareOut(
    new Map([['a', ['t', 't.dlq.g']]]),
    ['t', 't.dlq.g'],
    (topic) => (topic === 't' ? six() : [0]),
    'g',
  )
  assert.deepEqual(shares.get('a'), { t: six(), 't.dlq.g': [0] })
})
