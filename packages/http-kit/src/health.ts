import type { FastifyInstance } from 'fastify'
import { publicRoute } from './route-kit.ts'

export interface ViewHealth {
  readonly name: string
  readonly position: string
  /** Events not yet applied. */
  readonly lag: number
}

/** Who takes messages from the bus for a service. */
export interface ConsumerHealth {
  readonly service: string
  readonly ok: boolean
  /** Messages published and not yet handled, by topic; null while the bus does not tell. */
  readonly lag: Readonly<Record<string, number>> | null
  /** Its last sign of life, ISO 8601; null when it has not started. */
  readonly lastActivity: string | null
}

export interface Readiness {
  readonly ok: boolean
  /** Engine → what it says of itself. */
  readonly engines: Readonly<Record<string, unknown>>
  readonly views: readonly ViewHealth[]
  readonly consumers?: readonly ConsumerHealth[]
  readonly [more: string]: unknown
}

export interface HealthChecks {
  /** Whether the process should go on; true when absent. */
  readonly live?: () => boolean
  readonly ready: () => Promise<Readiness>
  /** The process is about to stop: whoever sends requests here should send them elsewhere, those that still come are answered. */
  readonly stopping?: (() => boolean) | undefined
}

/** `/health/live` and `/health/ready`: 200 or 503, JSON, open to the machines that watch. */
export function registerHealth(app: FastifyInstance, checks: HealthChecks): void {
  publicRoute(app, {
    method: 'GET',
    url: '/health/live',
    summary: '进程是否在运行',
    because: 'watching machines have no account; it tells nothing but yes or no',
    rateLimit: false,
    handler: (_request, reply) => {
      const ok = checks.live?.() ?? true
      return reply.code(ok ? 200 : 503).send({ ok })
    },
  })
  publicRoute(app, {
    method: 'GET',
    url: '/health/ready',
    summary: '引擎与视图是否就绪',
    because: 'watching machines have no account; it tells positions and lag, no content',
    rateLimit: false,
    handler: async (request, reply) => {
      if (checks.stopping?.() === true)
        return reply.code(503).send({ ok: false, stopping: true, engines: {}, views: [] })
      try {
        const readiness = await checks.ready()
        return reply.code(readiness.ok ? 200 : 503).send(readiness)
      } catch (error) {
        // A check that fails is an answer, not an accident: the watcher wants 503 and the words stay in the log.
        request.log.error({ err: error }, 'readiness check failed')
        return reply.code(503).send({ ok: false, engines: {}, views: [] })
      }
    },
  })
}
