import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Document, StoredDocument } from './document.ts'
import { findAll } from './find-all.ts'
import type { Page, Query } from './query.ts'

test('every page is asked for, each with the cursor of the one before, and the documents keep their order', async () => {
  const pages: Record<string, Page<StoredDocument>> = {
    first: { items: [stored(1), stored(2)], nextCursor: 'second' },
    second: { items: [], nextCursor: 'third' },
    third: { items: [stored(3)], nextCursor: undefined },
  }
  const asked: Query[] = []
  const view = {
    find: async <D extends Document>(collection: string, query: Query) => {
      assert.equal(collection, 'things')
      asked.push(query)
      return pages[query.cursor ?? 'first'] as Page<StoredDocument<D>>
    },
  }
  const found = await findAll(view, 'things', { where: { office: 'yongchuan' }, sort: [['number', 'asc']] })
  assert.deepEqual(found, [{ number: 1 }, { number: 2 }, { number: 3 }])
  assert.deepEqual(
    asked.map(({ cursor }) => cursor),
    [undefined, 'second', 'third'],
  )
  for (const { where, sort } of asked) assert.deepEqual([where, sort], [{ office: 'yongchuan' }, [['number', 'asc']]])
})

function stored(number: number): StoredDocument {
  return { id: String(number), version: '1', document: { number } }
}
