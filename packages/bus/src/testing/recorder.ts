import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { BusMessage, DeliveredMessage } from '../bus.ts'

/** What a consumer was given, and a way to wait for it. */
export class Recorder {
  readonly seen: DeliveredMessage[] = []

  readonly handle = async (message: DeliveredMessage): Promise<void> => {
    this.seen.push(message)
  }

  get ids(): string[] {
    return this.seen.map(({ id }) => id)
  }

  /** The ids of one key, each once, in the order of their first arrival. */
  firsts(subject?: string): string[] {
    const ids = this.seen.filter((message) => subject === undefined || message.subject === subject).map(({ id }) => id)
    return [...new Set(ids)]
  }
}

/** A message of a key; its id tells its place. */
export function message(subject: string, id: string, data: unknown = { id }): BusMessage {
  return {
    id,
    type: 'cn.dulian.testing.something-happened.v1',
    source: '/offices/testing/testing',
    subject,
    time: '2026-05-20T08:00:00.000Z',
    extensions: { office: 'testing', sequence: '1' },
    data,
  }
}

export function numbered(subject: string, from: number, to: number): BusMessage[] {
  return Array.from({ length: to - from + 1 }, (_, place) => message(subject, `${subject}-${from + place}`))
}

export function ids(messages: readonly BusMessage[]): string[] {
  return messages.map(({ id }) => id)
}

/** A name no other test and no earlier run has used: brokers are shared. */
export function unique(name: string): string {
  return `${name}-${randomUUID()}`
}

/** A promise opened from outside, to hold a handler. */
export function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: resolve }
}

/** Waits until the condition holds; fails, naming it, when patience runs out. */
export async function until(
  what: string,
  patience: number,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + patience
  while (!(await condition())) {
    if (Date.now() > end) assert.fail(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
