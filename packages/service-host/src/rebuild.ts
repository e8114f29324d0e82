import {
  BatchUnitOfWork,
  type Clock,
  comparePositions,
  type EventStore,
  KnownDocuments,
  type Position,
  type Projection,
  START,
} from '@dulian/event-sourcing'
import type { ViewEngine } from '@dulian/views'
import type { RebuildMessage } from './rebuild-job.ts'

/** Large: what many events of a batch change is written once. */
const BATCH = 4_000
/** Documents of each collection that later batches need not read again: a year's plans of a large office. */
const DOCUMENTS_KEPT = 5_000
const LEASE = 60_000

/**
 * Fills the next generation of a view from the beginning of the store (or from where it stopped), beside the live
 * one, and makes it the live one. Throws what the projection throws: a rebuild that would skip an event is no rebuild.
 */
export async function rebuildView(options: {
  readonly store: EventStore
  readonly engine: ViewEngine
  readonly projection: Projection
  readonly clock: Clock
  readonly holder: string
  readonly resume: boolean
  readonly report: (message: RebuildMessage) => void
}): Promise<void> {
  const { store, engine, projection, clock, report } = options
  const live = await engine.open(projection.space)
  const next = await live.beginGeneration({ resume: options.resume })
  let lease = await next.acquire(options.holder, LEASE)
  if (lease === undefined)
    throw new Error(`generation ${next.generation} of ${projection.space.name} is being filled by somebody else`)
  let position: Position = await next.position()

  const known = new KnownDocuments(DOCUMENTS_KEPT)

  const fill = async (): Promise<void> => {
    for (let end = false; !end; ) {
      const page = await store.readAll({ after: position, limit: BATCH, filter: { types: projection.types } })
      const unit = new BatchUnitOfWork(next, position, known)
      await projection.prefetch?.(page.events, unit)
      for (const event of page.events) {
        unit.at(event.position)
        const pending = projection.project(event, unit)
        if (pending !== undefined) await pending
      }
      if (lease !== undefined) {
        if (clock.now() > lease.expiresAt - LEASE / 2) lease = await next.renew(lease, LEASE)
        await next.commit(lease, { position: page.checkedThrough, writes: unit.writes() })
        unit.remember()
      }
      position = page.checkedThrough
      end = page.end
      report({ kind: 'progress', done: main(position), total: main(await store.head()), generation: next.generation })
    }
  }

  await fill()
  report({ kind: 'indexing' })
  await next.buildIndexes()
  // What came in while the indexes were built.
  if (comparePositions(position, await store.head()) < 0) await fill()
  await next.release(lease)
  await live.promote(next)
  report({ kind: 'finished', generation: next.generation })
}

function main(position: Position): number {
  return Number((position === START ? '0' : position).split('/', 1)[0])
}
