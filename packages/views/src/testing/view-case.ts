import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { CollectionDefinition, Document, DocumentWrite, SpaceDefinition } from '../document.ts'
import { isViewError, type ViewErrorCode } from '../errors.ts'
import type { Position } from '../position.ts'
import type { Query } from '../query.ts'
import type { Lease, ParkedEvent, ViewEngine, ViewSpace } from '../view-space.ts'

/** What an adapter's test provides. One harness serves all cases; each uses spaces of its own. */
export interface ViewEngineHarness {
  /** The engine in use: the same one until `reopen`. */
  engine(): Promise<ViewEngine>
  /** Closes the engine and opens it again on the same data. */
  reopen(): Promise<ViewEngine>
  /** A second engine on the same data, as another thread or process would have it; the case closes it. */
  another(): Promise<ViewEngine>
  /** The time all engines go by. */
  readonly clock: { now(): number; advance(ms: number): void }
  dispose(): Promise<void>
}

export const TTL = 30_000

export const ITEMS: CollectionDefinition = {
  indexes: {
    byDate: ['office', 'date'],
    byState: ['office', 'state', 'rank'],
    byRank: ['rank'],
    bySchool: ['school.zone', 'school.name'],
    byFlag: ['office', 'flag'],
  },
  tokens: 'words',
}

/** One case's own space on the harness's engine. */
export class ViewCase {
  readonly harness: ViewEngineHarness
  readonly definition: SpaceDefinition

  constructor(harness: ViewEngineHarness) {
    this.harness = harness
    this.definition = {
      name: `space-${randomUUID()}`,
      revision: 1,
      collections: { items: ITEMS, others: { indexes: { byKind: ['kind'] } } },
    }
  }

  async open(definition = this.definition): Promise<ViewSpace> {
    return await (await this.harness.engine()).open(definition)
  }

  async reopen(): Promise<ViewSpace> {
    return await (await this.harness.reopen()).open(this.definition)
  }

  /** The space with these documents in it, all of position 1. */
  async filled(documents: Readonly<Record<string, Document>>): Promise<{ space: ViewSpace; lease: Lease }> {
    const space = await this.open()
    const lease = await held(space)
    const writes = Object.entries(documents).map(([id, document]) => put(id, '1', document))
    await space.commit(lease, { position: '1', writes })
    return { space, lease }
  }
}

export async function held(space: ViewSpace, holder = 'tester'): Promise<Lease> {
  const lease = await space.acquire(holder, TTL)
  assert.ok(lease, `${holder} gets the lease`)
  return lease
}

export function put(id: string, version: Position, document: Document | null, collection = 'items'): DocumentWrite {
  return { collection, id, version, document }
}

export function parking(eventId: string, position: Position): ParkedEvent {
  return {
    eventId,
    stream: 'visit-yc-1',
    position,
    type: 'visit-recorded.v1',
    error: 'TypeError',
    attempts: 5,
    parkedAt: '2026-05-20T08:00:00.000Z',
  }
}

export async function idsOf(space: ViewSpace, query: Query, collection = 'items'): Promise<string[]> {
  return (await space.find(collection, query)).items.map(({ id }) => id)
}

/** Reads a query to its end, page by page; `between` runs before each further page. */
export async function idsOfAllPages(
  space: ViewSpace,
  query: Query,
  between: (page: number) => Promise<void> = async () => {},
): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  for (let page = 1; ; page += 1) {
    const found = await space.find('items', cursor === undefined ? query : { ...query, cursor })
    assert.ok(found.items.length <= (query.limit ?? 50))
    ids.push(...found.items.map(({ id }) => id))
    if (found.nextCursor === undefined) return ids
    assert.ok(page < 1_000, 'the pages come to an end')
    cursor = found.nextCursor
    await between(page)
  }
}

export function failsWith(code: ViewErrorCode): (error: unknown) => boolean {
  return (error) => isViewError(error, code)
}
