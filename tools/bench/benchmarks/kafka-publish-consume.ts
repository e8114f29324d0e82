import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bus, BusMessage } from '@dulian/bus'
import { openKafkaBus } from '@dulian/bus-kafka'
import { openSqliteBus } from '@dulian/bus-sqlite'
import { findEngine, noEngine } from '@dulian/test-engines'
import type { Benchmark } from '../benchmark.ts'

const BATCH = 100
const PER_SECOND = 200

/**
 * Messages of about 300 bytes from the publisher's call to the end of the consumer's handler. Throughput: batches of a hundred,
 * one after the other, as the publisher of a service sends them. Latency: one message at a time, 200 a second.
 */
export const benchmark: Benchmark = {
  names: ['kafka-publish-consume', 'kafka-publish-consume-p50', 'kafka-publish-consume-p99'],
  async prepare({ folder, quick }) {
    const engine = await findEngine('kafka')
    if (engine === undefined) return noEngine('kafka')
    const count = quick ? 2_000 : 20_000
    const seconds = quick ? 2 : 10
    const kafka = openKafkaBus({ address: engine.address })
    const embedded = openSqliteBus({ file: join(folder, 'bus.db') })
    // Both figures of latency come from one run of each bus.
    const latencies = new Map<Bus, readonly number[]>()
    const latencyOf = async (bus: Bus, share: number): Promise<number> => {
      const known = latencies.get(bus) ?? (await latency(bus, seconds))
      if (latencies.has(bus)) latencies.delete(bus)
      else latencies.set(bus, known)
      return known[Math.min(known.length - 1, Math.floor(known.length * share))] ?? Number.NaN
    }
    return {
      server: engine.title,
      rounds: 5,
      contestants: {
        'Kafka, messages/s': () => throughput(kafka, count),
        'embedded, messages/s': () => throughput(embedded, count),
        'Kafka, p50': () => latencyOf(kafka, 0.5),
        'Kafka, p99': () => latencyOf(kafka, 0.99),
        'embedded, p50': () => latencyOf(embedded, 0.5),
        'embedded, p99': () => latencyOf(embedded, 0.99),
      },
      rows: [
        {
          name: 'kafka-publish-consume',
          unit: 'messages/s',
          measured: 'Kafka, messages/s',
          reference: 'embedded, messages/s',
          reach: 'for comparison',
        },
        {
          name: 'kafka-publish-consume-p50',
          unit: 'ms',
          measured: 'Kafka, p50',
          reference: 'embedded, p50',
          reach: 'for comparison',
        },
        {
          name: 'kafka-publish-consume-p99',
          unit: 'ms',
          measured: 'Kafka, p99',
          reference: 'embedded, p99',
          reach: 'for comparison',
        },
      ],
      async dispose() {
        await kafka.close()
        await embedded.close()
        await engine.stop()
      },
    }
  },
}

async function throughput(bus: Bus, count: number): Promise<number> {
  const name = `bench-${randomUUID()}`
  let handled = 0
  const { promise: all, resolve } = Promise.withResolvers<void>()
  const consumer = await bus.subscribe({
    group: `${name}-group`,
    topics: [name],
    handle: async () => {
      handled += 1
      if (handled === count) resolve()
    },
  })
  await bus.publish(name, [message(-1)])
  await consumer.caughtUp()
  handled = 0
  const begin = performance.now()
  for (let sent = 0; sent < count; sent += BATCH) {
    await bus.publish(
      name,
      Array.from({ length: BATCH }, (_, index) => message(sent + index)),
    )
  }
  await all
  const rate = (count * 1_000) / (performance.now() - begin)
  await consumer.close()
  return rate
}

/** Sorted milliseconds. */
async function latency(bus: Bus, seconds: number): Promise<readonly number[]> {
  const name = `bench-${randomUUID()}`
  const sentAt = new Map<string, number>()
  const took: number[] = []
  const consumer = await bus.subscribe({
    group: `${name}-group`,
    topics: [name],
    handle: async ({ id }) => {
      const sent = sentAt.get(id)
      if (sent !== undefined) took.push(performance.now() - sent)
    },
  })
  await bus.publish(name, [message(-1)])
  await consumer.caughtUp()
  const publishing: Promise<void>[] = []
  const begin = performance.now()
  for (let n = 0; n < seconds * PER_SECOND; n += 1) {
    const wait = begin + (n * 1_000) / PER_SECOND - performance.now()
    if (wait > 0) await delay(wait)
    const sent = message(n)
    sentAt.set(sent.id, performance.now())
    publishing.push(bus.publish(name, [sent]))
  }
  await Promise.all(publishing)
  await consumer.caughtUp()
  await consumer.close()
  return took.sort((a, b) => a - b)
}

function message(n: number): BusMessage {
  return {
    id: randomUUID(),
    type: 'cn.dulian.inspections.finding-confirmed.v1',
    source: '/offices/bench/inspections',
    subject: `visit-bench-${n % 500}`,
    time: '2026-11-22T08:00:00.000Z',
    extensions: { office: 'bench', correlationid: 'bench', sequence: String(n) },
    data: {
      schoolId: `school-${n % 480}`,
      item: '食堂留样记录不全',
      remark: 'seen together with the head of the school',
    },
  }
}
