import type { ViewReader } from '@dulian/service-host'
import type { Document, Query } from '@dulian/views'

/** What one page holds: enough for few round trips, little enough to forget again. */
const PAGE = 500

/** A query's documents one page after the other, for what is too much to hold at once: all schools of all offices. */
export async function* pageByPage<D extends Document>(
  view: ViewReader,
  collection: string,
  query: Omit<Query, 'limit' | 'cursor'>,
): AsyncGenerator<readonly D[]> {
  for (let cursor: string | undefined; ; ) {
    const page = await view.find<D>(collection, { ...query, limit: PAGE, cursor })
    yield page.items.map(({ document }) => document)
    if (page.nextCursor === undefined) return
    cursor = page.nextCursor
  }
}
