import type { Decoded, EventCatalogue } from './event-catalogue.ts'
import type { ProjectionPart } from './projection.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Like `on`, for a fold: one handler takes every event of the catalogue, also those declared later. */
export function onEvery<E extends { readonly type: string; readonly data: unknown }>(
  events: EventCatalogue<E>,
  handler: (event: Decoded<E>, unit: UnitOfWork) => Promise<void> | void,
): ProjectionPart {
  return {
    types: events.storedNames,
    project: (recorded, unit) => handler(events.decode(recorded), unit),
  }
}
