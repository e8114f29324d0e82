import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type EventMeta, type EventToAppend, isDomainError, newId } from '@dulian/event-sourcing'
import { type KurrentTestServer, startKurrentTestServer } from '@dulian/kurrentdb-test-server'
import { type KurrentEvents, type KurrentEventsOptions, type KurrentTimes, openKurrentEvents } from '../index.ts'

export const META: EventMeta = { correlationId: 'correlation-1', actor: 'tester', office: 'demo' }

const PATIENT: KurrentTimes = { within: 20_000, answer: 5_000, silence: 5_000, liveness: 60_000 }
/** For what is meant to fail. */
export const IMPATIENT: KurrentTimes = { within: 1_000, answer: 300, silence: 300, liveness: 60_000 }
/** For answers that never come: soon tried again, and for long. */
export const PERSISTENT: KurrentTimes = { ...PATIENT, answer: 300 }

/** A test server of one's own, and stores on it that are closed with it. */
export interface ServerBench {
  readonly server: KurrentTestServer
  /** Of a service of this bench alone, unless another is named. It is patient: a test's machine may be busy. */
  open(options?: Partial<KurrentEventsOptions>): KurrentEvents
}

export type ServerOptions = NonNullable<Parameters<typeof startKurrentTestServer>[0]>

export async function withTestServer(
  work: (bench: ServerBench) => Promise<void>,
  options: ServerOptions = {},
): Promise<void> {
  const server = await startKurrentTestServer(options)
  const service = `test-${randomUUID()}`
  const stores: KurrentEvents[] = []
  try {
    await work({
      server,
      open(more) {
        const times = { ...PATIENT, ...more?.times }
        const store = openKurrentEvents({ address: server.address, service, ...more, times })
        stores.push(store)
        return store
      },
    })
  } finally {
    await Promise.all(stores.map((store) => store.close()))
    await server.stop()
  }
}

export function someEvents(count: number, data: unknown = {}): EventToAppend[] {
  return Array.from({ length: count }, () => ({ id: newId(Date.now()), type: 'happened.v1', data }))
}

export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (isDomainError(error)) return error.code
    throw error
  }
  throw new Error('expected to be refused')
}

/** Tries until the store is available; what it is tried with is safe to repeat. */
export async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (const deadline = performance.now() + 30_000; ; ) {
    try {
      return await work()
    } catch (error) {
      if (!isDomainError(error, 'STORE_UNAVAILABLE') || performance.now() > deadline) throw error
    }
  }
}

export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await delay(5)
  }
}
