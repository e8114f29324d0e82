import assert from 'node:assert/strict'
import { type Answer, ok, type Person } from './test-instance.ts'

const api = '/api/rectification'

/** The board, held against the list it counts [D3]. */
export async function boardIsList(person: Person): Promise<Answer['body']> {
  const board = ok(await person.get(`${api}/board`)).body
  const list = await allProblems(person)
  const withLamp = (lamp: string) => list.filter((problem) => problem.lamp === lamp).length
  assert.deepEqual(board.totals, {
    open: list.length - withLamp('closed'),
    onTime: withLamp('on-time'),
    dueSoon: withLamp('due-soon'),
    overdue: withLamp('overdue'),
    awaitingVerification: list.filter(({ state }) => state === 'reported').length,
    cancelled: withLamp('closed'),
  })
  assert.deepEqual(board.tiles.map(({ problemId }: { problemId: string }) => problemId).sort(), openIds(list))
  for (const lamp of ['on-time', 'due-soon', 'overdue', 'closed']) {
    const filtered = ok(await person.get(`${api}/problems?limit=200&lamp=${lamp}`)).body.items
    assert.equal(filtered.length, withLamp(lamp), lamp)
  }
  return board
}

export interface ListedProblem {
  readonly problemId: string
  readonly findingId: string
  readonly title: string
  readonly state: string
  readonly lamp: string
  readonly evidence: number
}

export async function allProblems(person: Person): Promise<readonly ListedProblem[]> {
  return ok(await person.get(`${api}/problems?limit=200`)).body.items
}

export function openIds(list: readonly ListedProblem[]): string[] {
  return list
    .filter(({ state }) => state !== 'cancelled')
    .map(({ problemId }) => problemId)
    .sort()
}
