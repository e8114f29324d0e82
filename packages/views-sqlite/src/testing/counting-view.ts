import type { DocumentWrite, SpaceDefinition } from '@dulian/views'

/** A view for tests that need a lot of documents: `batchOf(n)` writes the n-th hundred. */
export const COUNTING: SpaceDefinition = {
  name: 'counting',
  revision: 1,
  collections: {
    items: { indexes: { byDate: ['office', 'date'], byFlag: ['office', 'flag', 'rank'] }, tokens: 'words' },
  },
}

export const BATCH = 100

export function batchOf(batch: number): { readonly position: string; readonly writes: DocumentWrite[] } {
  const position = String(batch)
  const writes = Array.from({ length: BATCH }, (_, n) => ({
    collection: 'items',
    id: `b${batch}-${n}`,
    version: position,
    document: {
      office: `o${n % 3}`,
      date: `2026-0${1 + (n % 9)}`,
      flag: n % 2 === 0,
      rank: n,
      words: ['督导', `w${n}`],
      filling: 'x'.repeat(200),
    },
  }))
  return { position, writes }
}
