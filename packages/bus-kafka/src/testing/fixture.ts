import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { BusMessage, ConsumerOptions, DeliveredMessage } from '@dulian/bus'
import type { GroupTimes } from '../group-member.ts'
import { KafkaBus, type KafkaBusOptions } from '../kafka-bus.ts'

/** The shortest session a broker allows by default: how soon a killed consumer's partitions are taken over. */
export const QUICK_TIMES: GroupTimes = { session: 6_000, heartbeat: 300, rebalance: 10_000 }

export function message(subject: string, id: string, data: unknown = { id }): BusMessage {
  const type = 'cn.dulian.testing.something-happened.v1'
  const time = '2026-05-20T08:00:00.000Z'
  return { id, type, source: '/offices/testing/testing', subject, time, extensions: { office: 'testing' }, data }
}

/** Messages of one key; the id is the key and the place. */
export function numbered(subject: string, from: number, to: number): BusMessage[] {
  return Array.from({ length: to - from + 1 }, (_, place) => message(subject, `${subject}-${from + place}`))
}

export function idsOf(messages: readonly { readonly id: string }[]): string[] {
  return messages.map(({ id }) => id)
}

/** A name no other test and no earlier run has used: brokers are shared. */
export function unique(name: string): string {
  return `${name}-${randomUUID()}`
}

export function openBus(t: TestContext, address: string, options: Partial<KafkaBusOptions> = {}): KafkaBus {
  const bus = new KafkaBus({ address, times: QUICK_TIMES, ...options })
  atEnd(t, () => bus.close())
  return bus
}

const cleaning = new WeakMap<TestContext, (() => void | Promise<void>)[]>()

/** Cleans up when the test ends: what was begun last first (the runner goes the other way round). */
export function atEnd(t: TestContext, clean: () => void | Promise<void>): void {
  const known = cleaning.get(t)
  if (known !== undefined) {
    known.push(clean)
    return
  }
  const stack = [clean]
  cleaning.set(t, stack)
  t.after(async () => {
    for (const next of stack.reverse()) await next()
  })
}

/** A group's options with quick retries. */
export function consumerOf(
  topic: string,
  group: string,
  handle: ConsumerOptions['handle'],
): ConsumerOptions & { readonly group: string } {
  return { group, topics: [topic], handle, retry: { attempts: 2, delay: () => 1 } }
}

export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  patience = 60_000,
): Promise<void> {
  const end = Date.now() + patience
  while (!(await condition())) {
    if (Date.now() > end) assert.fail(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Asserts that the first arrivals of each key are complete and in the order of their numbers. */
export function assertInOrder(
  seen: readonly Pick<DeliveredMessage, 'id' | 'subject'>[],
  keys: readonly string[],
  last: number,
): void {
  for (const key of keys) {
    const firsts = new Set(seen.filter(({ subject }) => subject === key).map(({ id }) => id))
    assert.deepEqual([...firsts], idsOf(numbered(key, 1, last)))
  }
}

/** A log that keeps what it is told. */
export function keepingLog() {
  const told: { readonly facts: Readonly<Record<string, unknown>>; readonly text: string }[] = []
  const tell = (facts: Readonly<Record<string, unknown>>, text: string): void => {
    told.push({ facts, text })
  }
  return { told, log: { warn: tell, error: tell } }
}
