import type { EventCatalogue, Projection, RecordedEvent } from '@dulian/event-sourcing'
import { BatchUnitOfWork } from '@dulian/event-sourcing'
import type { Document, StoredDocument, ViewSpace } from '@dulian/views'
import { comparePositions } from '@dulian/views'

/** Documents of one view, kept as an engine would keep them: an older write loses. */
export class Documents {
  readonly #stored = new Map<string, StoredDocument>()

  async get<D extends Document>(collection: string, id: string): Promise<StoredDocument<D> | undefined> {
    return this.#stored.get(`${collection}/${id}`) as StoredDocument<D> | undefined
  }

  async getMany<D extends Document>(
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument<D>>> {
    const found = new Map<string, StoredDocument<D>>()
    for (const id of ids) {
      const stored = await this.get<D>(collection, id)
      if (stored !== undefined) found.set(id, stored)
    }
    return found
  }

  /** What queries see, in an order that does not depend on when it was written. */
  dump(): { readonly [key: string]: Document } {
    const entries = [...this.#stored].map(([key, { document }]) => [key, document] as const)
    return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
  }

  document<D extends Document>(collection: string, id: string): D | undefined {
    return this.#stored.get(`${collection}/${id}`)?.document as D | undefined
  }

  commit(unit: BatchUnitOfWork): void {
    for (const { collection, id, version, document } of unit.writes()) {
      const key = `${collection}/${id}`
      const before = this.#stored.get(key)
      if (before !== undefined && comparePositions(version, before.version) < 0) continue
      if (document === null) this.#stored.delete(key)
      else this.#stored.set(key, { id, version, document: JSON.parse(JSON.stringify(document)) as Document })
    }
  }
}

/** Runs events through a projection: `batch` events per commit, as live (1) or as in a rebuild (all). */
export async function project(
  projection: Projection,
  events: readonly RecordedEvent[],
  { batch = 1, onto = new Documents() }: { readonly batch?: number; readonly onto?: Documents } = {},
): Promise<Documents> {
  const wanted = events.filter(({ type }) => projection.types.includes(type))
  for (let first = 0; first < wanted.length; first += batch) {
    const unit = new BatchUnitOfWork(onto as Pick<ViewSpace, 'get' | 'getMany'> as ViewSpace, '0')
    for (const event of wanted.slice(first, first + batch)) {
      unit.at(event.position)
      await projection.project(event, unit)
    }
    onto.commit(unit)
  }
  return onto
}

type AnyEvent = { readonly type: string; readonly data: unknown }

/** Events as a store would hold them, in the order in which they are told. */
export class Story {
  readonly events: RecordedEvent[] = []
  readonly #versions = new Map<string, number>()

  tell<E extends AnyEvent>(catalogue: EventCatalogue<E>, stream: string, ...events: readonly E[]): this {
    for (const event of events) {
      const version = (this.#versions.get(stream) ?? 0) + 1
      this.#versions.set(stream, version)
      const position = String(this.events.length + 1)
      this.events.push({
        id: `0197a000-0000-7000-8000-${position.padStart(12, '0')}`,
        stream,
        version,
        position,
        time: new Date(Date.UTC(2026, 10, 1) + this.events.length * 60_000).toISOString(),
        meta: { correlationId: 'test', actor: 'test', office: stream.split('-')[1] ?? '' },
        ...catalogue.encode(event),
      })
    }
    return this
  }
}
