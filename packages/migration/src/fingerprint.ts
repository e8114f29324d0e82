import { createHash, type Hash, hash } from 'node:crypto'
import type { RecordedEvent, StreamName } from '@dulian/event-sourcing'
import { canonicalJson } from './canonical-json.ts'

/** What a service's events come down to: two stores with equal fingerprints hold the same events in the same order. */
export interface FingerprintSummary {
  readonly events: number
  readonly streams: number
  /** SHA-256 over the names and hashes of all streams, by name. */
  readonly content: string
  /** SHA-256 over stream and version of every event, in the store's total order. */
  readonly order: string
}

export interface StreamDifference {
  readonly stream: StreamName
  /** Only in the source · only in the target · other events, or more of them. */
  readonly kind: 'missing' | 'additional' | 'differs'
  /** Events of the stream on either side. */
  readonly source: number
  readonly target: number
}

interface StreamFingerprint {
  /** Over the hashes of its events, one after the other. */
  readonly hash: string
  readonly events: number
}

/** Collects one store's events in their order. */
export class Fingerprint {
  readonly #streams = new Map<StreamName, StreamFingerprint>()
  readonly #order: Hash = createHash('sha256')
  #events = 0

  get events(): number {
    return this.#events
  }

  add(event: RecordedEvent): void {
    const before = this.#streams.get(event.stream)
    this.#streams.set(event.stream, {
      hash: hash('sha256', `${before?.hash ?? ''}${eventHash(event)}`),
      events: (before?.events ?? 0) + 1,
    })
    this.#order.update(`${JSON.stringify(event.stream)} ${event.version}\n`)
    this.#events += 1
  }

  summary(): FingerprintSummary {
    const content = createHash('sha256')
    const byName = [...this.#streams].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [name, stream] of byName) content.update(`${JSON.stringify(name)} ${stream.hash}\n`)
    return {
      events: this.#events,
      streams: this.#streams.size,
      content: content.digest('hex'),
      order: this.#order.copy().digest('hex'),
    }
  }

  /** Streams that another store has otherwise than this one, at most so many. */
  differences(target: Fingerprint, limit: number): readonly StreamDifference[] {
    const found: StreamDifference[] = []
    for (const name of new Set([...this.#streams.keys(), ...target.#streams.keys()])) {
      if (found.length === limit) break
      const [own, other] = [this.#streams.get(name), target.#streams.get(name)]
      if (own?.hash === other?.hash) continue
      const kind = other === undefined ? 'missing' : own === undefined ? 'additional' : 'differs'
      found.push({ stream: name, kind, source: own?.events ?? 0, target: other?.events ?? 0 })
    }
    return found
  }
}

/** Over everything an event is but its stream and position. The order of keys in data and meta means nothing. */
export function eventHash({ id, version, type, time, data, meta }: RecordedEvent): string {
  return hash('sha256', canonicalJson([id, version, type, time, data, meta]))
}
