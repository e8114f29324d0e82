import { openKafkaBus } from '../index.ts'
import { QUICK_TIMES } from './fixture.ts'

/** What the kill test runs in a process of its own: a slow consumer that prints each id it has begun to handle. */
const [address = '', topic = '', group = ''] = process.argv.slice(2)
const bus = openKafkaBus({ address, times: QUICK_TIMES })
await bus.subscribe({
  group,
  topics: [topic],
  retry: { attempts: 2, delay: () => 1 },
  handle: async ({ id }) => {
    process.stdout.write(`${id}\n`)
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (id === 'poison-1') throw new TypeError('poison')
  },
})
