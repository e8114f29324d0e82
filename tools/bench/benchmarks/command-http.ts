import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark } from '../benchmark.ts'
import { drive, hasWrk, type Load } from './product/load.ts'
import { signInHeads } from './product/people.ts'
import { startProduct, untilCaughtUp } from './product/product.ts'
import { type ServerProcess, startServer } from './product/server-process.ts'
import { openIssuer } from './product/sign-in.ts'
import { type StoredTask, storeTasks } from './product/stored-tasks.ts'

const CONNECTIONS = 64
const PEOPLE = 400
/** Those of the warm-up and those that count: so many each to begin with, and the same number to go round. */
const TASKS = 1_000
const BODY = JSON.stringify({
  percent: 60,
  note: '本周完成进校督导12所，发现问题5个，均已下发整改通知并约定复查时间。',
})
const PRODUCT = 'POST /api/office/tasks/:id/progress'
const BARE = 'bare Fastify POST'

/**
 * A command of the product as people send it: signed in, checked by zod, held against the person's scope, decided on
 * the loaded stream and appended durably, by the all-in-one in its own process with everything that follows the store
 * (views, policies, publisher) at work. Every request has its own key, its own version and one of many people. The
 * reference is a bare Fastify in its own process under the same load.
 */
export const benchmark: Benchmark = {
  names: ['command-http'],
  async prepare({ folder, quick, progress }) {
    const withWrk = hasWrk()
    if (!withWrk) progress('  wrk is not installed: driven by autocannon, which takes more of the machine itself')
    const issuer = await openIssuer()
    const people = await signInHeads(issuer, PEOPLE)
    const seconds = quick ? 3 : 6
    const underLoad = async (server: ServerProcess, tasks: readonly StoredTask[]): Promise<number> => {
      const paths = tasks.map(({ id }) => `/api/office/tasks/${id}/progress`)
      const load = (name: string, from: number, time: number): Load => ({
        address: server.address,
        name,
        people,
        openings: paths.slice(from, from + TASKS),
        paths: paths.slice(from + TASKS, from + 2 * TASKS),
        body: BODY,
        connections: CONNECTIONS,
        seconds: time,
        folder,
      })
      await drive(load('warm', 0, 2), withWrk)
      return await drive(load('counted', 2 * TASKS, seconds), withWrk)
    }
    let runs = 0
    return {
      rounds: 5,
      contestants: {
        [PRODUCT]: async () => {
          runs += 1
          const data = join(folder, `run-${runs}`)
          mkdirSync(data)
          const tasks = await storeTasks(data, { tasks: 4 * TASKS, eventsEach: 1 })
          const product = await startProduct(data, issuer)
          try {
            await untilCaughtUp(product)
            return await underLoad(product, tasks)
          } finally {
            await product.stop()
            rmSync(data, { recursive: true, force: true })
          }
        },
        [BARE]: async () => {
          const server = await startServer({
            module: fileURLToPath(new URL('./product/bare-server.ts', import.meta.url)),
            environment: {},
          })
          try {
            const tasks = Array.from({ length: 4 * TASKS }, (_, index) => ({ office: '', id: `task-${index}` }))
            return await underLoad(server, tasks)
          } finally {
            await server.stop()
          }
        },
      },
      rows: [{ name: 'command-http', unit: 'commands/s', measured: PRODUCT, reference: BARE, reach: '≥0.40' }],
      dispose: () => issuer.close(),
    }
  },
}
