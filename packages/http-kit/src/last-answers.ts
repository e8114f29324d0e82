import type { FastifyInstance } from 'fastify'
import { httpError } from './errors.ts'

const SWEEP_MS = 50

/**
 * Lets an app that closes finish what it has taken in, and nothing more: what comes later is sent away, and a connection
 * ends with its last answer. Kept alive, it would hold the process until it times out.
 */
export function giveLastAnswers(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', (done) => {
    closing = true
    if (app.server.listening) {
      const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS)
      app.server.once('close', () => clearInterval(sweep))
    }
    done()
  })
  app.addHook('onRequest', (_request, reply, done) => {
    if (!closing) return done()
    reply.header('connection', 'close')
    done(httpError('SERVICE_UNAVAILABLE'))
  })
}
