import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Prepared } from './benchmark.ts'
import { measure, median } from './measure.ts'
import { watchSteal } from './steal.ts'

const silent = (): void => {}

/** Contestants that return the given values in turn; the first of each belongs to the round that warms up. */
function prepared(values: { readonly [contestant: string]: readonly number[] }, rounds: number): Prepared {
  const contestants = Object.entries(values).map(([name, all]) => {
    const rest = [...all]
    return [name, async () => rest.shift() ?? Number.NaN] as const
  })
  return {
    contestants: Object.fromEntries(contestants),
    rounds,
    rows: [{ name: 'row', unit: 'events/s', measured: 'ours', reference: 'bare', reach: '≥0.5' }],
  }
}

/** Steal per run, in the order of the runs. */
function stealing(...percents: readonly number[]): () => () => number {
  const rest = [...percents]
  return () => {
    const percent = rest.shift() ?? 0
    return () => percent
  }
}

describe('measuring', () => {
  test('the medians of the rounds are compared, and the round that warms up does not count', async () => {
    const contest = prepared({ ours: [999, 10, 30, 20], bare: [999, 40, 50, 60] }, 3)
    assert.deepEqual(await measure(contest, false, silent, stealing()), [
      {
        name: 'row',
        unit: 'events/s',
        median: 20,
        min: 10,
        max: 30,
        runs: 3,
        reference: { name: 'bare', median: 50 },
        ratio: 0.4,
        stealPercent: 0,
        void: false,
        server: null,
      },
    ])
  })

  test('a round in which anyone was robbed of more than 5 % does not count and is run again', async () => {
    const contest = prepared({ ours: [0, 10, 1_000, 20], bare: [0, 10, 1, 20] }, 2)
    const [result] = await measure(contest, false, silent, stealing(0, 0, 5, 1, 0, 5.1, 2, 0))
    assert.equal(result?.median, 15)
    assert.equal(result?.runs, 2)
    assert.equal(result?.stealPercent, 5)
    assert.equal(result?.void, false)
  })

  test('when undisturbed rounds do not come, the row says that it is void', async () => {
    const contest = prepared({ ours: Array(50).fill(1), bare: Array(50).fill(2) }, 2)
    const [result] = await measure(contest, false, silent, () => () => 30)
    assert.equal(result?.void, true)
    assert.equal(result?.runs, 6)
    assert.equal(result?.stealPercent, 30)
  })

  test('a row without a reference has no ratio', async () => {
    const contest: Prepared = {
      contestants: { ours: async () => 312 },
      rows: [{ name: 'memory', unit: 'MB', measured: 'ours', reach: '≤400' }],
      rounds: 1,
    }
    const [result] = await measure(contest, false, silent, stealing())
    assert.deepEqual([result?.median, result?.reference, result?.ratio], [312, null, null])
  })

  test('an even number of values has its median between the two in the middle', () => {
    assert.equal(median([4, 1, 3, 2]), 2.5)
  })

  test('steal is a share of the time that has passed', () => {
    const percent = watchSteal()()
    assert.ok(percent >= 0 && percent <= 100)
  })
})
