import type { Bus, BusMessage } from '@dulian/bus'
import type { RecordedEvent } from '@dulian/event-sourcing'
import { comparePositions, type EventStore, type Position, START } from '@dulian/event-sourcing'
import type { Checkpoint } from './checkpoints.ts'

export interface AddressedMessage {
  readonly topic: string
  readonly message: BusMessage
}

/** A message that somebody has not stored yet. */
export interface MessageInFlight extends AddressedMessage {
  /** Services that wait for it. */
  readonly missingIn: readonly string[]
}

/** What a service tells the others. */
export interface Publishing {
  readonly types: readonly string[]
  /** The messages of one event, as the service's publisher makes them; throws for an event that cannot be published. */
  messagesOf(event: RecordedEvent): readonly AddressedMessage[]
  /** Where its publisher is; absent when it never ran. */
  readonly checkpoint: Checkpoint | undefined
}

/** What a service hears of the others, and where it keeps it. */
export interface Listening {
  readonly service: string
  readonly events: EventStore
  /** Category of the streams in which it keeps messages as events, each under the message's id. */
  readonly inbox: string
  readonly consumes: readonly { readonly topic: string; readonly type: string }[]
}

/**
 * The messages of one service that are published and that a consumer has not stored yet, in the order of publication. Found
 * in the events of both sides alone: what was published is known from the publisher's checkpoint, what arrived from the
 * inbox. Messages of a key arrive in order, so one that is missing although a later one of its key is there was dropped
 * by an operator, or was published before anybody wanted it: it is not in flight. What waits behind a dead letter is, and
 * so is the dead letter.
 */
export async function messagesInFlight(
  source: EventStore,
  publishing: Publishing,
  listeners: readonly Listening[],
): Promise<readonly MessageInFlight[]> {
  const { checkpoint } = publishing
  if (checkpoint === undefined) return []
  const inboxes = await Promise.all(listeners.map((listener) => Inbox.read(listener)))
  let place = 0
  for await (const addressed of publishedMessages(source, publishing, checkpoint)) {
    place += 1
    for (const inbox of inboxes) inbox.pass(addressed, place)
  }
  const found = new Map<number, { addressed: AddressedMessage; missingIn: string[] }>()
  for (const inbox of inboxes) {
    for (const [at, addressed] of inbox.missing()) {
      const known = found.get(at)
      if (known === undefined) found.set(at, { addressed, missingIn: [inbox.service] })
      else known.missingIn.push(inbox.service)
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([, { addressed, missingIn }]) => ({ ...addressed, missingIn }))
}

async function* publishedMessages(
  source: EventStore,
  { types, messagesOf }: Publishing,
  { position, parked }: Checkpoint,
): AsyncGenerator<AddressedMessage> {
  const setAside = new Set(parked.map(({ eventId, stream }) => `${eventId} ${stream}`))
  for (let after: Position = START; ; ) {
    const page = await source.readAll({ after, filter: { types } })
    for (const event of page.events) {
      if (comparePositions(event.position, position) > 0) return
      if (!setAside.has(`${event.id} ${event.stream}`)) yield* publishable(event, messagesOf)
    }
    if (page.end) return
    after = page.checkedThrough
  }
}

function publishable(event: RecordedEvent, messagesOf: Publishing['messagesOf']): readonly AddressedMessage[] {
  try {
    return messagesOf(event)
  } catch {
    // The publisher could not either: it set the event aside, and an operator has skipped it.
    return []
  }
}

/** Puts them on another bus. Twice is harmless: an inbox stores a message once. */
export async function publishInFlight(bus: Bus, messages: readonly AddressedMessage[]): Promise<void> {
  const byTopic = Map.groupBy(messages, ({ topic }) => topic)
  for (const [topic, addressed] of byTopic) {
    await bus.publish(
      topic,
      addressed.map(({ message }) => message),
    )
  }
}

/** One consumer's stored messages, held against what was published. */
class Inbox {
  readonly service: string
  readonly #wanted: ReadonlySet<string>
  readonly #stored: ReadonlySet<string>
  readonly #missing = new Map<string, [place: number, addressed: AddressedMessage][]>()

  static async read({ service, events, inbox, consumes }: Listening): Promise<Inbox> {
    const stored = new Set<string>()
    for (let after: Position = START; consumes.length > 0; ) {
      const page = await events.readAll({ after, filter: { categories: [inbox] }, limit: 5_000 })
      for (const { id } of page.events) stored.add(id)
      if (page.end) break
      after = page.checkedThrough
    }
    return new Inbox(service, new Set(consumes.map(({ topic, type }) => `${topic} ${type}`)), stored)
  }

  private constructor(service: string, wanted: ReadonlySet<string>, stored: ReadonlySet<string>) {
    this.service = service
    this.#wanted = wanted
    this.#stored = stored
  }

  /** In the order of publication; `place` counts them. */
  pass(addressed: AddressedMessage, place: number): void {
    const { topic, message } = addressed
    if (!this.#wanted.has(`${topic} ${message.type}`)) return
    const key = `${topic} ${message.subject}`
    if (this.#stored.has(message.id)) {
      this.#missing.delete(key)
      return
    }
    const missing = this.#missing.get(key) ?? []
    missing.push([place, addressed])
    this.#missing.set(key, missing)
  }

  missing(): readonly (readonly [place: number, addressed: AddressedMessage])[] {
    return [...this.#missing.values()].flat()
  }
}
