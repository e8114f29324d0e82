import type { ApiClient, ParamsOf } from '../../../api/client.ts'
import type { ListPath, RowOf } from './list-definition.ts'

/** What every list answers at once. */
const PAGE = 100

/** Every row of a list and not only those on screen, page by page; `onRead` hears how many there are so far. */
export async function readAll<P extends ListPath>(
  api: ApiClient,
  path: P,
  query: Readonly<Record<string, unknown>>,
  onRead: (rows: number) => void,
): Promise<readonly RowOf<P>[]> {
  const found: RowOf<P>[] = []
  for (let cursor: string | undefined; ; ) {
    const page = { ...query, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }
    const { body } = await api.get(path, { query: page } as ParamsOf<P>)
    const { items, nextCursor } = body as { items: RowOf<P>[]; nextCursor?: string | null }
    found.push(...items)
    onRead(found.length)
    if (nextCursor === undefined || nextCursor === null) return found
    cursor = nextCursor
  }
}
