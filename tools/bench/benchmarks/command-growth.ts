import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark } from '../benchmark.ts'
import { Client } from './product/client.ts'
import { percentile } from './product/pace.ts'
import { signInHeads } from './product/people.ts'
import { startProduct, untilCaughtUp } from './product/product.ts'
import { openIssuer } from './product/sign-in.ts'
import { OFFICES, storeTasks } from './product/stored-tasks.ts'

const EVENTS_EACH = 10
const SMALL = 10_000
const COMMANDS = 300

/** One caller, one command after the other, to tasks all over the store: beside each other at two sizes of the store. */
export const benchmark: Benchmark = {
  names: ['command-growth'],
  async prepare({ folder, quick, progress }) {
    const large = quick ? 100_000 : 1_000_000
    const issuer = await openIssuer()
    const people = await signInHeads(issuer, OFFICES)
    const open = async (events: number): Promise<{ run: () => Promise<number>; close: () => Promise<void> }> => {
      const data = join(folder, String(events))
      mkdirSync(data)
      const tasks = await storeTasks(data, { tasks: events / EVENTS_EACH, eventsEach: EVENTS_EACH, progress })
      const product = await startProduct(data, issuer)
      await untilCaughtUp(product)
      progress(`  the product on ${events} events has caught up`)
      const client = new Client(product.address)
      // As many tasks on either side, so that those used before are as many too.
      const stride = events / SMALL
      let count = 0
      return {
        async run() {
          const times: number[] = []
          for (let command = 0; command < COMMANDS; command += 1) {
            const place = (count % (SMALL / EVENTS_EACH)) * stride
            const version = EVENTS_EACH + Math.floor(count / (SMALL / EVENTS_EACH))
            count += 1
            const begin = performance.now()
            await client.command(
              `/api/office/tasks/${tasks[place]?.id}/progress`,
              people[place % OFFICES] ?? '',
              { percent: 50, note: '本周完成进校督导，问题已下发整改通知。' },
              version,
            )
            times.push(performance.now() - begin)
          }
          return percentile(times, 0.5)
        },
        async close() {
          client.close()
          await product.stop()
        },
      }
    }
    const small = await open(SMALL)
    const big = await open(large)
    const name = (events: number): string => `p50 at ${events.toLocaleString('en')} stored events`
    return {
      contestants: { [name(large)]: big.run, [name(SMALL)]: small.run },
      rows: [{ name: 'command-growth', unit: 'ms', measured: name(large), reference: name(SMALL), reach: '≤1.2' }],
      async dispose() {
        await small.close()
        await big.close()
        await issuer.close()
      },
    }
  },
}
