import type { Bus, BusMessage } from '@dulian/bus'
import { deterministicId, parseStreamName, type RecordedEvent } from '@dulian/event-sourcing'
import type { PublicationPart } from './service-definition.ts'

/** Puts a service's public facts on the bus, in stream order, at least once. */
export interface Publisher {
  readonly types: readonly string[]
  flush(events: readonly RecordedEvent[]): Promise<void>
}

export function publisher(service: string, parts: readonly PublicationPart[], bus: Bus): Publisher {
  const byType = new Map(parts.flatMap((part) => part.types.map((type) => [type, part] as const)))
  return {
    types: [...byType.keys()],
    async flush(events) {
      const byTopic = new Map<string, BusMessage[]>()
      for (const event of events) {
        const announcements = byType.get(event.type)?.announce(event) ?? []
        announcements.forEach((announcement, index) => {
          const { contract } = announcement
          const messages = byTopic.get(contract.topic) ?? []
          messages.push({
            // The first message of an event bears the event's own id, so that its way can be followed by it.
            id: index === 0 ? event.id : deterministicId(event.id, contract.type, String(index)),
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
              ...(event.meta.traceparent === undefined ? {} : { traceparent: event.meta.traceparent }),
            },
            data: contract.schema.parse(announcement.data),
          })
          byTopic.set(contract.topic, messages)
        })
      }
      for (const [topic, messages] of byTopic) await bus.publish(topic, messages)
    },
  }
}
