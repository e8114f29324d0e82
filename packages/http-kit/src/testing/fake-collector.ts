import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/** One figure as it reached the collector. */
export interface Point {
  readonly labels: Readonly<Record<string, string>>
  /** Of a histogram: how many values. */
  readonly value: number
}

/** A collector that keeps what it is told: OTLP over HTTP, in JSON. */
export interface FakeCollector {
  readonly endpoint: string
  /** Bodies as they came, each with its path before it. */
  readonly received: readonly string[]
  /** Every metric ever sent → unit and kind of data. */
  kinds(): ReadonlyMap<string, { readonly unit: string; readonly data: string }>
  /** The points of a metric as they were last sent; empty when it never was. */
  points(metric: string): readonly Point[]
  /** Who said so, in the last export. */
  resource(): Readonly<Record<string, string>>
  close(): Promise<void>
}

const Labels = z
  .array(
    z.object({
      key: z.string(),
      value: z.object({
        stringValue: z.string().optional(),
        intValue: z.union([z.number(), z.string()]).optional(),
        boolValue: z.boolean().optional(),
      }),
    }),
  )
  .default([])
const Data = z.object({
  dataPoints: z.array(
    z.object({
      attributes: Labels,
      asDouble: z.number().optional(),
      asInt: z.coerce.number().optional(),
      count: z.coerce.number().optional(),
    }),
  ),
})
const Export = z.object({
  resourceMetrics: z.array(
    z.object({
      resource: z.object({ attributes: Labels }),
      scopeMetrics: z.array(
        z.object({
          metrics: z.array(
            z.object({
              name: z.string(),
              unit: z.string(),
              gauge: Data.optional(),
              sum: Data.extend({ isMonotonic: z.boolean() }).optional(),
              histogram: Data.optional(),
            }),
          ),
        }),
      ),
    }),
  ),
})

export async function startFakeCollector(): Promise<FakeCollector> {
  const received: string[] = []
  const metrics = new Map<string, { unit: string; data: string; points: Point[] }>()
  let resource: Record<string, string> = {}

  function take(body: string): void {
    for (const { resource: from, scopeMetrics } of Export.parse(JSON.parse(body)).resourceMetrics) {
      resource = textsOf(from.attributes)
      for (const { name, unit, gauge, sum, histogram } of scopeMetrics.flatMap((scope) => scope.metrics)) {
        const data = gauge === undefined ? (sum === undefined ? 'histogram' : 'sum') : 'gauge'
        const points = (gauge ?? sum ?? histogram)?.dataPoints ?? []
        metrics.set(name, {
          unit,
          data: sum?.isMonotonic === true ? 'counter' : data,
          points: points.map((point) => ({
            labels: textsOf(point.attributes),
            value: point.count ?? point.asDouble ?? point.asInt ?? Number.NaN,
          })),
        })
      }
    }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      received.push(`${request.url} ${body}`)
      if (request.url === '/v1/metrics') take(body)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    kinds: () => metrics,
    points: (metric) => metrics.get(metric)?.points ?? [],
    resource: () => resource,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function textsOf(labels: z.output<typeof Labels>): Record<string, string> {
  return Object.fromEntries(labels.map(({ key, value }) => [key, String(Object.values(value)[0])]))
}
