import { MAX_LIMIT } from './declared-query.ts'
import type { Document } from './document.ts'
import type { Query } from './query.ts'
import type { ViewSpace } from './view-space.ts'

/** Every document a query finds, page after page; for what is bounded by its nature, as the schools of one office are. */
export async function findAll<D extends Document>(
  view: Pick<ViewSpace, 'find'>,
  collection: string,
  query: Omit<Query, 'limit' | 'cursor'>,
): Promise<D[]> {
  const found: D[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await view.find<D>(collection, { ...query, limit: MAX_LIMIT, cursor })
    for (const { document } of page.items) found.push(document)
    if (page.nextCursor === undefined) return found
    cursor = page.nextCursor
  }
}
