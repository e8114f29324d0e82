import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { systemClock } from '@dulian/event-sourcing'
import type { FastifyInstance } from 'fastify'
import { buildHttpApp, publicRoute } from '../src/index.ts'
import { testVerifier } from '../src/testing/index.ts'

interface Slow {
  readonly app: FastifyInstance
  readonly port: number
  readonly agent: Agent
  /** Resolves when a request has been taken in. */
  readonly taken: Promise<void>
  /** Resolves when the app is about to close. */
  readonly closing: Promise<void>
  /** Lets the answers go. */
  finish(): void
}

/** An app that answers when told to, and a client that keeps its connections. */
async function slowApp(t: TestContext, begin: 'nothing' | 'headers'): Promise<Slow> {
  const access = { permissions: {}, roles: {} }
  const app = await buildHttpApp({ name: 'slow', title: '慢', verifier: testVerifier(), access, clock: systemClock })
  const taken = Promise.withResolvers<void>()
  const told = Promise.withResolvers<void>()
  const closing = Promise.withResolvers<void>()
  app.addHook('preClose', (done) => {
    closing.resolve()
    done()
  })
  publicRoute(app, {
    method: 'GET',
    url: '/slow',
    summary: '慢',
    because: 'a test',
    handler: async (_request, reply) => {
      if (begin === 'headers') {
        reply.hijack()
        reply.raw.writeHead(200, { 'content-type': 'text/plain' }).write('begun ')
      }
      taken.resolve()
      await told.promise
      if (begin === 'nothing') return { done: true }
      reply.raw.end('done')
      return reply
    },
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true })
  t.after(() => {
    agent.destroy()
    app.server.closeAllConnections()
  })
  const { port } = app.server.address() as AddressInfo
  return { app, port, agent, taken: taken.promise, closing: closing.promise, finish: told.resolve }
}

async function textOf(response: IncomingMessage): Promise<string> {
  return Buffer.concat(await response.toArray()).toString()
}

for (const begin of ['nothing', 'headers'] as const) {
  test(`an app that closes answers what it has taken in (sent so far: ${begin}) and does not wait for kept connections`, {
    timeout: 30_000,
  }, async (t) => {
    const { app, port, agent, taken, closing, finish } = await slowApp(t, begin)
    const answered = once(get({ port, agent, path: '/slow' }), 'response')
    await taken
    const closed = app.close()
    await closing
    finish()
    const [response] = (await answered) as [IncomingMessage]
    assert.equal(response.statusCode, 200)
    assert.match(await textOf(response), /done/)
    await closed
    assert.equal(app.server.listening, false)
  })
}

test('what comes while the app closes is sent away with a problem', { timeout: 30_000 }, async (t) => {
  const { app, port, agent, taken, closing, finish } = await slowApp(t, 'nothing')
  const late = connect({ host: '127.0.0.1', port })
  await once(late, 'connect')
  // Half a question keeps the connection from being closed as idle.
  late.write('GET /slow HTTP/1.1\r\nhost: x\r\n')
  const answered = once(get({ port, agent, path: '/slow' }), 'response')
  await taken
  const closed = app.close()
  await closing
  late.write('\r\n')
  const said = Buffer.concat(await late.toArray()).toString()
  assert.match(said, /^HTTP\/1\.1 503 /)
  assert.match(said, /\r\ncontent-type: application\/problem\+json/)
  assert.match(said, /\r\nconnection: close\r\n/)
  assert.match(said, /"code":"SERVICE_UNAVAILABLE"/)
  finish()
  const [response] = (await answered) as [IncomingMessage]
  assert.equal(response.statusCode, 200)
  response.resume()
  await closed
})
