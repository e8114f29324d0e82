import { type EventStore, isEventImporter, type RecordedEvent } from '@dulian/event-sourcing'
import { migrationError } from './errors.ts'
import { EventCursor, eventPages } from './event-pages.ts'
import { eventHash } from './fingerprint.ts'
import { type OnProgress, PhaseProgress } from './progress.ts'

export interface Copied {
  /** Events that the target had already. */
  readonly found: number
  readonly written: number
}

/**
 * Brings the target's events up to the source's. How far an earlier run came is read from the target itself: it has to
 * hold exactly the beginning of the source (nothing, to start with). Throws `MIGRATION_TARGET_DIFFERS` before anything
 * is written, `MIGRATION_IMPORT_UNSUPPORTED`, and what the import throws.
 */
export async function copyEvents(options: {
  readonly service: string
  readonly source: EventStore
  readonly target: EventStore
  /** Events of the source. */
  readonly total: number
  readonly progress: OnProgress
}): Promise<Copied> {
  const { service, source, target, total, progress } = options
  if (!isEventImporter(target)) throw migrationError('MIGRATION_IMPORT_UNSUPPORTED', { service })
  const cursor = new EventCursor(source)
  const comparing = new PhaseProgress(service, 'comparing', progress)
  let found = 0
  for await (const page of eventPages(target)) {
    const own = await cursor.take(page.length)
    for (const [index, event] of page.entries()) {
      if (isSame(own[index], event)) continue
      throw migrationError('MIGRATION_TARGET_DIFFERS', { service, stream: event.stream, version: event.version })
    }
    found += page.length
    if (found > 0) comparing.reached(found, total)
  }
  const copying = new PhaseProgress(service, 'copying', progress)
  let written = 0
  copying.reached(0, total - found)
  for (let page = await cursor.page(); page.length > 0; page = await cursor.page()) {
    await target.importEvents(page)
    written += page.length
    copying.reached(written, total - found)
  }
  return { found, written }
}

function isSame(own: RecordedEvent | undefined, event: RecordedEvent): boolean {
  return own !== undefined && own.stream === event.stream && eventHash(own) === eventHash(event)
}
