import type { ViewReader } from '@dulian/service-host'
import type { Document, StoredDocument, Where } from '@dulian/views'
import { ALWAYS, knownOf, validOf } from './history-document.ts'

/** Which past is asked for; at least one of the two. With both: what was known then of that day. */
export interface AsOf {
  /** As known at the end of this China day. */
  readonly known?: string | undefined
  /** As it was on this day; by today's knowledge when `known` is absent. */
  readonly valid?: string | undefined
}

/**
 * A history read as if it were the live view on a past day: the same collections, queries and documents, so that a
 * route has one way for now and then. Its freshness is that of the history.
 */
export function asOfView(history: ViewReader, { known, valid }: AsOf): ViewReader {
  const nameOf = valid === undefined ? knownOf : validOf
  const at: Where = {
    ...(known === undefined ? { knownTo: ALWAYS } : { knownFrom: { lte: known }, knownTo: { gt: known } }),
    ...(valid === undefined ? {} : { validFrom: { lte: valid }, validTo: { gt: valid } }),
  }
  const getMany = async <D extends Document>(
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument<D>>> => {
    const found = new Map<string, StoredDocument<D>>()
    for (let first = 0; first < ids.length; first += 500) {
      const where = { thingId: { in: ids.slice(first, first + 500) }, ...at }
      const page = await history.find(nameOf(collection), { where, limit: 1000 })
      for (const stored of page.items) {
        const thing = thingOf<D>(stored)
        found.set(thing.id, thing)
      }
    }
    return found
  }
  return {
    name: history.name,
    position: () => history.position(),
    lag: () => history.lag(),
    asOf: () => history.asOf(),
    waitFor: (position, ms) => history.waitFor(position, ms),
    get: async <D extends Document>(collection: string, id: string) => (await getMany<D>(collection, [id])).get(id),
    getMany,
    async find<D extends Document>(collection: string, query: Parameters<ViewReader['find']>[1]) {
      const page = await history.find(nameOf(collection), { ...query, where: { ...query.where, ...at } })
      return { items: page.items.map((stored) => thingOf<D>(stored)), nextCursor: page.nextCursor }
    },
    count: (collection, where) => history.count(nameOf(collection), { ...where, ...at }),
    group: (collection, by, where) => history.group(nameOf(collection), by, { ...where, ...at }),
  }
}

/** The document as the live view would hold it. */
function thingOf<D extends Document>(stored: StoredDocument): StoredDocument<D> {
  const { thingId, knownFrom: _, knownTo: __, validFrom: ___, validTo: ____, ...document } = stored.document
  return { id: String(thingId), version: stored.version, document: document as Document as D }
}
