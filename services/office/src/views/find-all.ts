import type { ViewReader } from '@dulian/service-host'
import type { Document, Query } from '@dulian/views'

/** Every document a query finds, page after page; for what is bounded by its nature, as the schools of one office are. */
export async function findAll<D extends Document>(
  view: Pick<ViewReader, 'find'>,
  collection: string,
  query: Omit<Query, 'limit' | 'cursor'>,
): Promise<D[]> {
  const found: D[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await view.find<D>(collection, { ...query, limit: 1000, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.items.map(({ document }) => document))
    if (page.nextCursor === undefined) return found
    cursor = page.nextCursor
  }
}
