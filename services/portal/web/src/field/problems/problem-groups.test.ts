import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from '../../api/types.ts'
import { isReCheckDue, problemGroups } from './problem-groups.ts'

type Stand = Pick<Problem, 'problemId' | 'state' | 'reCheck'>
const problem = (problemId: string, state: Problem['state'], reCheck: Problem['reCheck'] = null): Problem => {
  const stand: Stand = { problemId, state, reCheck }
  return stand as Problem
}
const due = { state: 'overdue', from: '2026-11-01', dueOn: '2026-11-10', checkedOn: null } as Problem['reCheck']

test('[X7] a re-check that is due is mine to make also when a hundred problems stand before it, and stands there once', () => {
  const first = Array.from({ length: 100 }, (_, place) => problem(`p${place}`, 'demanded'))
  const late = problem('late', 'cancelled', due)
  const groups = (lists: Problem[][]) =>
    problemGroups(lists, (one) => isReCheckDue(one)).map(({ title, items }) => [title, items.length])
  assert.deepEqual(groups([first, [], [late]]), [
    ['等我办理', 1],
    ['等他人办理', 100],
    ['已销号', 0],
  ])
  assert.deepEqual(groups([[...first.slice(1), late], [], [late]])[0], ['等我办理', 1])
  assert.deepEqual(groups([[problem('done', 'cancelled')], [], []])[2], ['已销号', 1])
})
