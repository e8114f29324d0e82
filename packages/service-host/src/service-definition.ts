import type { AuditRecorder } from '@dulian/audit'
import type { Calendar } from '@dulian/calendar'
import type {
  Clock,
  Decoded,
  EventCatalogue,
  EventStore,
  Policy,
  Projection,
  RecordedEvent,
  StreamDefinition,
  Streams,
} from '@dulian/event-sourcing'
import type { FileStore } from '@dulian/files'
import type { Freshness } from '@dulian/http-kit'
import type { ViewSpace } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import type { MessageContract } from './message-contract.ts'

type AnyEvent = { readonly type: string; readonly data: unknown }

/** A view as routes and policies read it: always the live generation, through every rebuild. */
export interface ViewReader extends Freshness, Pick<ViewSpace, 'get' | 'getMany' | 'find' | 'count' | 'group'> {
  readonly name: string
}

/** What the host gives a service; everything a service may touch beside its own code. */
export interface Platform {
  readonly store: EventStore
  readonly clock: Clock
  readonly calendar: Calendar
  readonly files: FileStore
  /** Wait for it before handing out what it puts on record: personal data in full, a file of rows. */
  readonly audit: AuditRecorder
  streams<State, E extends AnyEvent>(definition: StreamDefinition<State, E>): Streams<State, E>
  view(projection: Projection): ViewReader
}

/** A contract message to be published, before its envelope is put on. */
export interface Announcement {
  readonly contract: MessageContract
  readonly data: unknown
}

/** Domain events → contract messages. Pure: everything a message needs is in the event. */
export interface PublicationPart {
  readonly types: readonly string[]
  announce(event: RecordedEvent): readonly Announcement[]
}

/** `announce(problemEvents, { ProblemOpened: (event) => [{ contract: problemOpened, data: … }] })` */
export function announce<E extends AnyEvent>(
  events: EventCatalogue<E>,
  translations: { readonly [T in E['type']]?: (event: Decoded<Extract<E, { type: T }>>) => readonly Announcement[] },
): PublicationPart {
  type Translation = (event: Decoded<E>) => readonly Announcement[]
  return {
    types: events.storedNamesOf(Object.keys(translations) as E['type'][]),
    announce(recorded) {
      const event = events.decode(recorded)
      const translation = translations[event.type as E['type']] as Translation | undefined
      return translation?.(event as Decoded<E>) ?? []
    },
  }
}

export interface ServiceParts {
  /** Registered under `/api/<service>`. */
  readonly routes: (app: FastifyInstance) => void | Promise<void>
  readonly policies?: readonly Policy[]
}

/**
 * One service, as data: the host runs it on any set of engines. Foreign facts arrive as events of the service's own
 * store (the inbox), so every view can be rebuilt from one place and answers as of any day.
 */
export interface ServiceDefinition {
  /** Kebab-case folder name; prefix of its data, its topic and its routes. */
  readonly name: string
  /** Chinese, for people. */
  readonly title: string
  readonly projections: readonly Projection[]
  /** URL of the module whose export `projections` is the same list: a rebuild loads it in a worker. */
  readonly projectionsModule: string
  readonly publishes: readonly PublicationPart[]
  /** Contracts of other services it listens to; each becomes an event of the `inbox` category. */
  readonly consumes: readonly MessageContract[]
  build(platform: Platform): ServiceParts
}
