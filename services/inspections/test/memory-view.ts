import { comparePositions, type Projection, type RecordedEvent, type UnitOfWork } from '@dulian/event-sourcing'
import type { Document } from '@dulian/views'

/** A view in memory with the versions of a real one: a document that has seen a position is not written by it again. */
export class MemoryView implements UnitOfWork {
  readonly #documents = new Map<string, { document: Document | null; version: string }>()
  #position = '0'
  #written = new Set<string>()

  async project(projection: Projection, events: readonly RecordedEvent[]): Promise<this> {
    for (const event of events) {
      if (!projection.types.includes(event.type)) continue
      this.#position = event.position
      this.#written = new Set()
      await projection.project(event, this)
    }
    return this
  }

  async get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    return (this.#documents.get(`${collection}/${id}`)?.document ?? undefined) as D | undefined
  }

  put(collection: string, id: string, document: Document): void {
    this.#write(`${collection}/${id}`, document)
  }

  remove(collection: string, id: string): void {
    this.#write(`${collection}/${id}`, null)
  }

  async prefetch(): Promise<void> {}

  /** Everything there is, as JSON would keep it. */
  all(): Record<string, unknown> {
    const kept = [...this.#documents].filter(([, { document }]) => document !== null)
    return JSON.parse(JSON.stringify(Object.fromEntries(kept.map(([key, { document }]) => [key, document]).sort())))
  }

  #write(key: string, document: Document | null): void {
    const known = this.#documents.get(key)
    const seen = known !== undefined && comparePositions(known.version, this.#position) >= 0
    if (seen && !this.#written.has(key)) return
    this.#written.add(key)
    this.#documents.set(key, { document, version: this.#position })
  }
}
