import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { type TestContext, test } from 'node:test'
import { Upstreams } from './upstreams.ts'

interface Process {
  readonly address: string
  ready: boolean
}

/** Something that says of itself whether it is ready. */
async function process(t: TestContext, ready: boolean): Promise<Process> {
  const server: Server = createServer((_request, response) => {
    response.statusCode = state.ready ? 200 : 503
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const bound = server.address()
  const state = { address: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`, ready }
  return state
}

/** Which processes the next requests go to. */
function turns(upstreams: Upstreams, count: number): Set<string> {
  return new Set(Array.from({ length: count }, () => upstreams.next('office')))
}

test('requests go in turn to the processes that are ready, and none to one that is about to stop', async (t) => {
  const [one, two] = [await process(t, true), await process(t, true)]
  const upstreams = new Upstreams({ office: [one.address, two.address] })
  await upstreams.look()
  assert.deepEqual(turns(upstreams, 4), new Set([one.address, two.address]))
  one.ready = false
  await upstreams.look()
  assert.deepEqual(turns(upstreams, 4), new Set([two.address]))
  one.ready = true
  await upstreams.look()
  assert.deepEqual(turns(upstreams, 4), new Set([one.address, two.address]))
})

test('a process that refuses a connection is left out until it says that it is ready', async (t) => {
  const [one, two] = [await process(t, true), await process(t, true)]
  const upstreams = new Upstreams({ office: [one.address, two.address] })
  upstreams.failed('office', two.address)
  assert.deepEqual(turns(upstreams, 4), new Set([one.address]))
  await upstreams.look()
  assert.deepEqual(turns(upstreams, 4), new Set([one.address, two.address]))
})

test('while none is ready requests go to all: a service whose store is away still answers what it can', async (t) => {
  const [one, two] = [await process(t, false), await process(t, false)]
  const upstreams = new Upstreams({ office: [one.address, two.address] })
  await upstreams.look()
  assert.deepEqual(turns(upstreams, 4), new Set([one.address, two.address]))
  assert.deepEqual(upstreams.readiness(), { office: [false, false] })
})

test('watching sees a process come and go by itself, and ends when it is closed', async (t) => {
  const one = await process(t, false)
  const upstreams = new Upstreams({ office: [one.address] })
  upstreams.start()
  const seen = async (wanted: boolean): Promise<void> => {
    const deadline = Date.now() + 20_000
    while (upstreams.readiness().office?.[0] !== wanted) {
      assert.ok(Date.now() < deadline, `seen as ${wanted}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  await seen(false)
  one.ready = true
  await seen(true)
  await upstreams.close()
})
