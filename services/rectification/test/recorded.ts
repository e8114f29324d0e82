import { deterministicId, type EventCatalogue, type RecordedEvent, streamName } from '@dulian/event-sourcing'

type AnyEvent = { readonly type: string; readonly data: unknown }

/** Makes recorded events one after another, as the store would: positions and versions count up. */
export function recorder(start = '2026-11-02T01:00:00.000Z') {
  const versions = new Map<string, number>()
  const events: RecordedEvent[] = []
  let now = start
  return {
    events,
    /** The next events happen then. */
    at(instant: string): void {
      now = instant
    },
    add<E extends AnyEvent>(
      catalogue: EventCatalogue<E>,
      category: string,
      id: string,
      event: E,
      office = 'yongchuan',
    ) {
      const stream = streamName(category, office, id)
      const version = (versions.get(stream) ?? 0) + 1
      versions.set(stream, version)
      const position = String(events.length + 1)
      const recorded: RecordedEvent = {
        ...catalogue.encode(event),
        id: deterministicId('event', position),
        stream,
        version,
        position,
        time: now,
        meta: { correlationId: 'test', actor: 'somebody', office },
      }
      events.push(recorded)
      return recorded
    },
  }
}
