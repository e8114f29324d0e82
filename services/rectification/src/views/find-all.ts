import type { ViewReader } from '@dulian/service-host'
import type { Document, Query } from '@dulian/views'

/** Every document a query finds, page after page. For what is bounded by its nature: an office's schools, one month. */
export async function findAll<D extends Document>(
  view: Pick<ViewReader, 'find'>,
  collection: string,
  query: Omit<Query, 'limit' | 'cursor'>,
): Promise<D[]> {
  const found: D[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await view.find<D>(collection, { ...query, limit: 1000, ...(cursor === undefined ? {} : { cursor }) })
    for (const { document } of page.items) found.push(document)
    if (page.nextCursor === undefined) return found
    cursor = page.nextCursor
  }
}
