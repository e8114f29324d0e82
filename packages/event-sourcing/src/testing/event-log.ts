import type { EventCatalogue } from '../event-catalogue.ts'
import { parseStreamName, type RecordedEvent, type StreamName } from '../event-store.ts'
import { deterministicId } from '../ids.ts'

type AnyEvent = { readonly type: string; readonly data: unknown }

/** Events as a store would hand them out, in the order in which they are told: positions and versions count up. */
export class EventLog {
  readonly events: RecordedEvent[] = []
  readonly #versions = new Map<StreamName, number>()
  #now: string

  constructor(start = '2026-11-02T01:00:00.000Z') {
    this.#now = start
  }

  /** The next events happen then. */
  at(instant: string): this {
    this.#now = instant
    return this
  }

  add<E extends AnyEvent>(catalogue: EventCatalogue<E>, stream: StreamName, ...events: readonly E[]): this {
    const { office } = parseStreamName(stream)
    for (const event of events) {
      const version = (this.#versions.get(stream) ?? 0) + 1
      this.#versions.set(stream, version)
      const position = String(this.events.length + 1)
      this.events.push({
        ...catalogue.encode(event),
        id: deterministicId('event', position),
        stream,
        version,
        position,
        time: this.#now,
        meta: { correlationId: 'test', actor: 'somebody', office },
      })
    }
    return this
  }
}
