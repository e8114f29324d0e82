import type { RecordedEvent } from '@dulian/event-sourcing'

/** Events per read: the texts of so many stay within the processor's cache. */
const CHUNK_EVENTS = 250
/** A page is cut short when its events are this large together. */
const PAGE_BYTES = 8 * 1024 * 1024

/** A page while it is being filled, chunk by chunk. */
export class EventPageDraft {
  readonly events: RecordedEvent[] = []
  readonly #limit: number
  #chunk = CHUNK_EVENTS
  #bytes = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get full(): boolean {
    return this.events.length >= this.#limit || this.#bytes >= PAGE_BYTES
  }

  /** How many events may still come. */
  get room(): number {
    return this.#limit - this.events.length
  }

  /** How many events to read next. */
  get chunk(): number {
    return Math.min(this.#chunk, this.room)
  }

  /** What was added to `events`, in bytes. */
  count(bytes: number): void {
    this.#bytes += bytes
  }

  /** The last chunk was more than can be read at once; false when it was a single event already. */
  shrink(): boolean {
    if (this.#chunk === 1) return false
    this.#chunk = Math.ceil(this.#chunk / 2)
    return true
  }
}
