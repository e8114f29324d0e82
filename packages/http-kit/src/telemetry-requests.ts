import type { Attributes } from '@opentelemetry/api'
import type { FastifyInstance } from 'fastify'
import { histogram, type Meter, type MetricDeclaration } from './metric.ts'

/** OpenTelemetry's semantic conventions for HTTP servers. */
export const requestMetrics = {
  duration: {
    name: 'http.server.request.duration',
    kind: 'histogram',
    unit: 's',
    description: 'How long requests took, by route template; a path that was asked for is never a label',
    labels: ['http.request.method', 'url.scheme', 'http.route', 'http.response.status_code', 'error.type'],
    bounds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  },
} as const satisfies Record<string, MetricDeclaration>

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'])

/** Watching machines ask all day; they would hide how long people wait. */
export function isWatched(url: string): boolean {
  return url.startsWith('/health/')
}

/** Measures every request of the app but those of watching machines. Register before the routes. */
export function measureRequests(app: FastifyInstance, meter: Meter): void {
  const duration = histogram(meter, requestMetrics.duration)
  // As many as there are routes and statuses: one object each, instead of one per request.
  const labels = new Map<string, Attributes>()
  app.addHook('onResponse', (request, reply, done) => {
    if (!isWatched(request.url)) {
      const { method, protocol } = request
      const route = request.routeOptions.url
      const key = `${method} ${protocol} ${reply.statusCode} ${route}`
      let known = labels.get(key)
      if (known === undefined) {
        known = labelsOf(method, protocol, route, reply.statusCode)
        labels.set(key, known)
      }
      duration.record(reply.elapsedTime / 1_000, known)
    }
    done()
  })
}

function labelsOf(method: string, scheme: string, route: string | undefined, status: number): Attributes {
  return {
    'http.request.method': knownMethods.has(method) ? method : '_OTHER',
    'url.scheme': scheme,
    ...(route === undefined ? {} : { 'http.route': route }),
    'http.response.status_code': status,
    ...(status >= 500 ? { 'error.type': String(status) } : {}),
  }
}
