import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark } from '../benchmark.ts'
import { Client } from './product/client.ts'
import { atRate, percentile } from './product/pace.ts'
import { startProduct, untilCaughtUp } from './product/product.ts'
import { openIssuer } from './product/sign-in.ts'
import { dashboardOffice, type StoredDashboards, storeDashboards } from './product/stored-dashboards.ts'

const OFFICES = 40
const QUERIES_PER_SECOND = 20
const ALL = 'p99 of board, coverage and the lists of the first screen, in turn'
const BOARD = 'p99 of the wall board alone'
const COVERAGE = 'p99 of the month’s coverage alone'
const SMALL = 'the same on a hundredth of the data'

const board = '/api/rectification/board'
const coverage = '/api/inspections/coverage'
/** What the first screens of the office ask for. */
const home = [
  board,
  coverage,
  '/api/rectification/problems?limit=6&sort=due&lamp=overdue',
  '/api/rectification/problems?limit=6&sort=due',
  '/api/inspections/visits?limit=6&state=scheduled',
]

/**
 * What the dashboards ask, of 10,000 schools in 40 offices with about a million events: two years of monthly visits, and eleven
 * problems a school, one in ten of them open. Twenty queries a second, so that none waits for the one before.
 */
export const benchmark: Benchmark = {
  names: ['dashboard-query', 'dashboard-query-board', 'dashboard-query-coverage'],
  async prepare({ folder, quick, progress }) {
    const full: StoredDashboards = {
      ...{ offices: OFFICES, schoolsEach: quick ? 25 : 250 },
      ...{ months: 24, problemsPerSchool: quick ? 5 : 11 },
    }
    const issuer = await openIssuer()
    const people = await Promise.all(
      Array.from({ length: OFFICES }, (_, place) =>
        issuer.authorize({ subject: `head-${place}`, office: dashboardOffice(place), roles: ['office-head'] }),
      ),
    )
    const open = async (name: string, sizes: StoredDashboards) => {
      const data = join(folder, name)
      mkdirSync(data)
      const events = await storeDashboards(data, sizes, progress)
      const product = await startProduct(data, issuer)
      await untilCaughtUp(product)
      progress(`  the product on ${events.toLocaleString('en')} events has caught up`)
      const client = new Client(product.address)
      return {
        async p99(paths: readonly string[]): Promise<number> {
          const times: number[] = []
          await atRate(QUERIES_PER_SECOND, QUERIES_PER_SECOND * (quick ? 5 : 20), async (index) => {
            const path = paths[index % paths.length] ?? ''
            const begin = performance.now()
            const { status, body } = await client.get(path, people[(index * 7) % sizes.offices] ?? '')
            if (status !== 200) throw new Error(`GET ${path}: ${status} ${body.slice(0, 300)}`)
            times.push(performance.now() - begin)
          })
          return percentile(times, 0.99)
        },
        async close(): Promise<void> {
          client.close()
          await product.stop()
        },
      }
    }
    const large = await open('large', full)
    const small = await open('small', { ...full, schoolsEach: Math.ceil(full.schoolsEach / 100) })
    return {
      rounds: 3,
      contestants: {
        [ALL]: () => large.p99(home),
        [SMALL]: () => small.p99(home),
        [BOARD]: () => large.p99([board]),
        [COVERAGE]: () => large.p99([coverage]),
      },
      rows: [
        { name: 'dashboard-query', unit: 'ms', measured: ALL, reference: SMALL, reach: '<30 ms' },
        { name: 'dashboard-query-board', unit: 'ms', measured: BOARD, reach: '<30 ms' },
        { name: 'dashboard-query-coverage', unit: 'ms', measured: COVERAGE, reach: '<30 ms' },
      ],
      async dispose() {
        await large.close()
        await small.close()
        await issuer.close()
      },
    }
  },
}
