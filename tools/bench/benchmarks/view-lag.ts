import type { Benchmark } from '../benchmark.ts'
import { Client } from './product/client.ts'
import { atRate, percentile } from './product/pace.ts'
import { signInHeads } from './product/people.ts'
import { startProduct, untilCaughtUp } from './product/product.ts'
import { openIssuer } from './product/sign-in.ts'
import { storeTasks } from './product/stored-tasks.ts'

const COMMANDS_PER_SECOND = 500
const PEOPLE = 200
const TASKS = 10_000
/** Every so manieth command is one that is published and recorded by another service. */
const PUBLISHED = 5
const LAG = 'p99 from the acknowledgement until the view shows it'
const QUERY = 'p99 of the same query without waiting for the position'

/**
 * 500 commands a second to the running product. Whoever has the acknowledgement of a command asks at once for the task
 * with the position they were given; measured is the time until that answer. One command in five is also published on
 * the bus and recorded by another service, as in real life.
 */
export const benchmark: Benchmark = {
  names: ['view-lag'],
  async prepare({ folder, quick, progress }) {
    const issuer = await openIssuer()
    const tasks = await storeTasks(folder, { tasks: TASKS, eventsEach: 1, progress })
    const product = await startProduct(folder, issuer)
    await untilCaughtUp(product)
    const client = new Client(product.address)
    const people = await signInHeads(issuer, PEOPLE)
    const versions = tasks.map(() => 1)
    let count = 0
    const run = async (ask: 'with position' | 'without', rate: number, seconds: number): Promise<number> => {
      const times: number[] = []
      await atRate(rate, rate * seconds, async () => {
        const n = count
        count += 1
        const at = n % tasks.length
        const person = people[n % people.length] ?? ''
        const path = `/api/office/tasks/${tasks[at]?.id}`
        const version = versions[at] ?? 1
        versions[at] = version + 1
        const [step, body] =
          n % PUBLISHED === 0
            ? ['assign', { bodies: [{ name: `区教委第${n}科`, role: 'lead' }] }]
            : ['progress', { percent: n % 100, note: `第${n}次报告：本周完成进校督导，问题已下发整改通知。` }]
        const position = await client.command(`${path}/${step}`, person, body, version)
        const begin = performance.now()
        const answer = await client.get(path, person, ask === 'with position' ? position : undefined)
        times.push(performance.now() - begin)
        if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.body.slice(0, 200)}`)
        const shown = (JSON.parse(answer.body) as { version: number }).version
        if (ask === 'with position' && shown <= version) throw new Error(`version ${shown} after ${version + 1}`)
      })
      return percentile(times, 0.99)
    }
    // A process that has just begun compiles what it runs: it is warmed up at a rate that it can take even so.
    await run('with position', COMMANDS_PER_SECOND / 5, 10)
    const seconds = quick ? 4 : 15
    return {
      rounds: 3,
      contestants: {
        [LAG]: async () => {
          // What nobody waited for in the round before may still be to do.
          await untilCaughtUp(product)
          return await run('with position', COMMANDS_PER_SECOND, seconds)
        },
        [QUERY]: () => run('without', COMMANDS_PER_SECOND, seconds),
      },
      rows: [{ name: 'view-lag', unit: 'ms', measured: LAG, reference: QUERY, reach: '≤150 ms' }],
      async dispose() {
        client.close()
        await product.stop()
        await issuer.close()
      },
    }
  },
}
