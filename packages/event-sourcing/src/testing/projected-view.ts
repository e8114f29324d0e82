import type { Document, StoredDocument, ViewSpace } from '@dulian/views'
import { comparePositions } from '@dulian/views'
import type { RecordedEvent } from '../event-store.ts'
import type { Projection } from '../projection.ts'
import { BatchUnitOfWork } from '../unit-of-work.ts'

interface Kept {
  readonly version: string
  readonly document: Document | null
}

/** The documents of one view, kept as an engine keeps them: an older write loses, also against a deletion. */
export class ProjectedView {
  readonly #kept = new Map<string, Kept>()

  /** Runs events through a projection: `batch` of them per commit, one as when live or all as in a rebuild. */
  async project(projection: Projection, events: readonly RecordedEvent[], batch = 1): Promise<this> {
    const wanted = events.filter(({ type }) => projection.types.includes(type))
    for (let first = 0; first < wanted.length; first += batch) {
      const some = wanted.slice(first, first + batch)
      const unit = new BatchUnitOfWork(this.#reader() as ViewSpace, '0')
      await projection.prefetch?.(some, unit)
      for (const event of some) {
        unit.at(event.position)
        await projection.project(event, unit)
      }
      this.#commit(unit)
    }
    return this
  }

  document<D extends Document>(collection: string, id: string): D | undefined {
    return (this.#kept.get(keyOf(collection, id))?.document ?? undefined) as D | undefined
  }

  /** The documents of a collection, by their ids. */
  documents<D extends Document>(collection: string): D[] {
    return Object.entries(this.all()).flatMap(([key, document]) =>
      key.startsWith(keyOf(collection, '')) ? [document as D] : [],
    )
  }

  /** Everything queries could see, in an order that does not depend on when it was written. */
  all(): { readonly [key: string]: Document } {
    const entries = [...this.#kept].flatMap(([key, { document }]) =>
      document === null ? [] : [[key, document] as const],
    )
    return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
  }

  #reader(): Pick<ViewSpace, 'get' | 'getMany'> {
    const find = <D extends Document>(collection: string, id: string): StoredDocument<D> | undefined => {
      const kept = this.#kept.get(keyOf(collection, id))
      if (kept === undefined || kept.document === null) return undefined
      return { id, version: kept.version, document: kept.document as D }
    }
    return {
      get: async (collection, id) => find(collection, id),
      getMany: async <D extends Document>(collection: string, ids: readonly string[]) => {
        const found = ids.map((id) => [id, find<D>(collection, id)] as const)
        return new Map(found.filter((entry): entry is readonly [string, StoredDocument<D>] => entry[1] !== undefined))
      },
    }
  }

  #commit(unit: BatchUnitOfWork): void {
    for (const { collection, id, version, document } of unit.writes()) {
      const key = keyOf(collection, id)
      const before = this.#kept.get(key)
      if (before !== undefined && comparePositions(version, before.version) < 0) continue
      this.#kept.set(key, { version, document: JSON.parse(JSON.stringify(document)) as Document | null })
    }
  }
}

/** The view that a projection makes of these events. */
export async function project(
  projection: Projection,
  events: readonly RecordedEvent[],
  batch?: number,
): Promise<ProjectedView> {
  return await new ProjectedView().project(projection, events, batch)
}

function keyOf(collection: string, id: string): string {
  return `${collection}/${id}`
}
