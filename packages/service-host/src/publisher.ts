import type { Bus, BusMessage } from '@dulian/bus'
import { deterministicId, parseStreamName, type RecordedEvent } from '@dulian/event-sourcing'
import { versionsBeside } from './contract-versions.ts'
import type { Announcement, PublicationPart } from './service-definition.ts'

/** Puts a service's public facts on the bus, in stream order, at least once. */
export interface Publisher {
  readonly types: readonly string[]
  /** Throws for an event that cannot be read or would break its contract, so that it alone is parked. */
  handle(event: RecordedEvent): void
  /** What was handled goes out together. Throws while the bus does not take it: then all of it is tried again. */
  flush(events: readonly RecordedEvent[]): Promise<void>
}

export interface Addressed {
  readonly topic: string
  readonly message: BusMessage
}

/** What a service has to tell: of which events, and how the messages of one are made. */
export interface Publication {
  readonly types: readonly string[]
  /** Throws for an event that cannot be read or would break its contract. */
  messagesOf(event: RecordedEvent): readonly Addressed[]
}

export function publication(service: string, parts: readonly PublicationPart[]): Publication {
  const byType = new Map(parts.flatMap((part) => part.types.map((type) => [type, part] as const)))

  function messagesOf(event: RecordedEvent): readonly Addressed[] {
    const announcements = byType.get(event.type)?.announce(event) ?? []
    // The first message of an event bears the event's own id, so that its way can be followed by it.
    const idOf = ({ contract }: Announcement, index: number): string =>
      index === 0 ? event.id : deterministicId(event.id, contract.type, String(index))
    const types = announcements.map(({ contract }) => contract.type)
    const ids = announcements.map(idOf)
    return announcements.map(({ contract, data }, index) => ({
      topic: contract.topic,
      message: {
        id: ids[index] ?? event.id,
        type: contract.type,
        source: `/offices/${parseStreamName(event.stream).office}/${service}`,
        subject: event.stream,
        time: event.time,
        extensions: {
          office: event.meta.office,
          correlationid: event.meta.correlationId,
          causationid: event.id,
          partitionkey: event.stream,
          sequence: event.position,
          ...versionsBeside(index, types, ids),
          ...(event.meta.traceparent === undefined ? {} : { traceparent: event.meta.traceparent }),
        },
        data: contract.schema.parse(data),
      },
    }))
  }

  return { types: [...byType.keys()], messagesOf }
}

export function publisher(service: string, parts: readonly PublicationPart[], bus: Bus): Publisher {
  const { types, messagesOf } = publication(service, parts)
  const prepared = new Map<string, readonly Addressed[]>()

  return {
    types,
    handle(event) {
      prepared.set(event.id, messagesOf(event))
    },
    async flush(events) {
      const byTopic = new Map<string, BusMessage[]>()
      for (const event of events) {
        for (const { topic, message } of prepared.get(event.id) ?? messagesOf(event)) {
          const messages = byTopic.get(topic) ?? []
          messages.push(message)
          byTopic.set(topic, messages)
        }
      }
      prepared.clear()
      for (const [topic, messages] of byTopic) await bus.publish(topic, messages)
    },
  }
}
