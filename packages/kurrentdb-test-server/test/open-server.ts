import type { TestContext } from 'node:test'
import {
  type AllStreamSubscription,
  EventStoreDBClient,
  type JSONEventType,
  jsonEvent,
  type ResolvedEvent,
  type StreamingRead,
  type StreamSubscription,
} from '@eventstore/db-client'

import { type KurrentTestServerOptions, startKurrentTestServer } from '../src/index.ts'

/**
 * A server of its own for one test, the real client on it, and further clients on demand. Clients of one process with
 * the same address and settings share one connection; each of these has a setting of its own and thereby its own.
 */
export async function openServer(t: TestContext, options: KurrentTestServerOptions = {}) {
  const server = await startKurrentTestServer(options)
  let keepAliveInterval = 10_000
  const connect = (address = server.address) => {
    const client = EventStoreDBClient.connectionString(`${address}&keepAliveInterval=${keepAliveInterval}`)
    keepAliveInterval += 1
    t.after(() => client.dispose())
    return client
  }
  t.after(() => server.stop())
  return { server, connect, client: connect() }
}

/** A small JSON event. */
export function event(type: string, id?: string, data: Record<string, unknown> = {}) {
  return jsonEvent<JSONEventType<string, Record<string, unknown>>>({ type, data, ...(id !== undefined && { id }) })
}

/** Reads to the end. */
export async function all(read: StreamingRead<ResolvedEvent>): Promise<ResolvedEvent[]> {
  const events: ResolvedEvent[] = []
  for await (const resolved of read) events.push(resolved)
  return events
}

/** The types of what a read gives, in order. */
export async function typesOf(read: StreamingRead<ResolvedEvent>): Promise<(string | undefined)[]> {
  return (await all(read)).map((resolved) => resolved.event?.type)
}

/** The next so many events of a subscription; the subscription ends with them. */
export async function take(
  subscription: StreamSubscription | AllStreamSubscription,
  count: number,
): Promise<ResolvedEvent[]> {
  const events: ResolvedEvent[] = []
  if (count === 0) return events
  for await (const resolved of subscription) {
    events.push(resolved)
    if (events.length === count) break
  }
  return events
}

/** Waits until a condition holds; fails the test after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`never came true: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
