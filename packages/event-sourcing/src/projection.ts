import type { SpaceDefinition } from '@dulian/views'
import type { Decoded, EventCatalogue } from './event-catalogue.ts'
import type { RecordedEvent } from './event-store.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Fills one view from the service's own events. It never refuses an event and reads nothing but its own view. */
export interface Projection {
  readonly space: SpaceDefinition
  /** Stored event types it wants. */
  readonly types: readonly string[]
  project(event: RecordedEvent, unit: UnitOfWork): Promise<void> | void
  /** Ids the batch will need, read at once before it starts. Optional, for speed only. */
  prefetch?(events: readonly RecordedEvent[], unit: UnitOfWork): Promise<void>
}

type AnyEvent = { readonly type: string; readonly data: unknown }
type Handler<E extends AnyEvent> = (event: Decoded<E>, unit: UnitOfWork) => Promise<void> | void

/** What a projection does with one catalogue's events; events not named are not read. */
export interface ProjectionPart {
  readonly types: readonly string[]
  project(event: RecordedEvent, unit: UnitOfWork): Promise<void> | void
}

/** `on(visitEvents, { VisitRecorded: (event, unit) => … })` */
export function on<E extends AnyEvent>(
  events: EventCatalogue<E>,
  handlers: { readonly [T in E['type']]?: Handler<Extract<E, { type: T }>> },
): ProjectionPart {
  const wanted = Object.keys(handlers) as E['type'][]
  return {
    types: events.storedNamesOf(wanted),
    project(recorded, unit) {
      const event = events.decode(recorded)
      const handler = handlers[event.type as E['type']] as Handler<E> | undefined
      return handler?.(event as Decoded<E>, unit)
    },
  }
}

export function defineProjection(
  space: SpaceDefinition,
  parts: readonly ProjectionPart[],
  options: Pick<Projection, 'prefetch'> = {},
): Projection {
  const byType = new Map<string, ProjectionPart>()
  for (const part of parts) {
    for (const type of part.types) {
      if (byType.has(type)) throw new Error(`two handlers for ${type} in view ${space.name}`)
      byType.set(type, part)
    }
  }
  return {
    space,
    types: [...byType.keys()],
    project: (event, unit) => byType.get(event.type)?.project(event, unit),
    ...options,
  }
}
