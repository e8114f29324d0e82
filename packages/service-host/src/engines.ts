import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Bus, namespacedBus } from '@dulian/bus'
import { openSqliteBus } from '@dulian/bus-sqlite'
import { type Clock, type EventStore, systemClock } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import type { ViewEngine } from '@dulian/views'
import { openSqliteViews } from '@dulian/views-sqlite'
import { hostError } from './errors.ts'
import { readKafkaSetting } from './kafka-setting.ts'

/** Which engines to use, as text, so that it can be handed to a worker. */
export interface EngineSettings {
  /** `DULIAN_DATA`: every service has its folder in it. */
  readonly dataFolder: string
  /** `sqlite` or `esdb://…` */
  readonly events: string
  /** `sqlite` or `kafka://…`, see `readKafkaSetting` */
  readonly bus: string
  /** `sqlite` or `mongodb://…` */
  readonly views: string
  /** `DULIAN_NAMESPACE`: keeps instances that share servers apart; none when absent. Files need none, they have their folder. */
  readonly namespace?: string | undefined
  /** `false`: what is in files does not wait for the disk. Only for an instance that is thrown away whole unless it came to its end. */
  readonly durable?: boolean | undefined
}

/** What a port's setting may say beside `sqlite`. */
const schemes = {
  events: { setting: 'DULIAN_EVENTS', schemes: ['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'] },
  bus: { setting: 'DULIAN_BUS', schemes: ['kafka'] },
  views: { setting: 'DULIAN_VIEWS', schemes: ['mongodb', 'mongodb+srv'] },
} as const

type Port = keyof typeof schemes

export function serviceFolder(settings: EngineSettings, service: string): string {
  return join(settings.dataFolder, service)
}

/** Whether the port's data are files in the data folder, which serve one process only. */
export function isEmbedded(settings: EngineSettings, port: Port): boolean {
  return settings[port] === 'sqlite'
}

/** Whether the service keeps anything in files that only one process may have open. */
export function ownsItsFolder(settings: EngineSettings): boolean {
  return isEmbedded(settings, 'events') || isEmbedded(settings, 'views')
}

/**
 * The clients of the servers are loaded when they are wanted: an embedded instance starts and stays small without them.
 * Throws `ENGINE_UNKNOWN`.
 */
export async function openEvents(
  settings: EngineSettings,
  service: string,
  clock: Clock,
  readOnly = false,
): Promise<EventStore> {
  if (isEmbedded(settings, 'events')) {
    const folder = serviceFolder(settings, service)
    mkdirSync(folder, { recursive: true })
    return openSqliteEvents({ file: join(folder, 'events.db'), clock, readOnly, durable: settings.durable ?? true })
  }
  assertKnown(settings, 'events')
  const { openKurrentEvents } = await import('@dulian/event-store-kurrentdb')
  // Its server dates the events, one clock for all instances; only who lives at another time brings a clock along.
  return await openKurrentEvents({
    address: settings.events,
    service: withinNamespace(settings, service),
    readOnly,
    ...(clock === systemClock ? {} : { clock }),
  })
}

/** Throws `ENGINE_UNKNOWN`. */
export async function openViews(settings: EngineSettings, service: string, clock: Clock): Promise<ViewEngine> {
  if (isEmbedded(settings, 'views'))
    return openSqliteViews({
      folder: join(serviceFolder(settings, service), 'views'),
      clock: () => clock.now(),
      durable: settings.durable ?? true,
    })
  assertKnown(settings, 'views')
  const { openMongoViews } = await import('@dulian/views-mongodb')
  return await openMongoViews({
    address: settings.views,
    service: withinNamespace(settings, service),
    clock: () => clock.now(),
  })
}

/** Throws `ENGINE_UNKNOWN`. */
export async function openBus(settings: EngineSettings, clock: Clock): Promise<Bus> {
  if (isEmbedded(settings, 'bus')) {
    mkdirSync(settings.dataFolder, { recursive: true })
    return openSqliteBus({
      file: join(settings.dataFolder, 'bus.db'),
      clock: () => clock.now(),
      durable: settings.durable ?? true,
    })
  }
  assertKnown(settings, 'bus')
  const { address, topics } = readKafkaSetting(settings.bus)
  const { DEFAULT_TOPIC, openKafkaBus } = await import('@dulian/bus-kafka')
  const bus = openKafkaBus({ address, clock: () => clock.now(), topics: () => topics(DEFAULT_TOPIC) })
  return settings.namespace === undefined ? bus : namespacedBus(bus, settings.namespace)
}

function withinNamespace({ namespace }: EngineSettings, service: string): string {
  return namespace === undefined ? service : `${namespace}-${service}`
}

/** Only the scheme is ever shown: an address may hold a password. */
function assertKnown(settings: EngineSettings, port: Port): void {
  const { setting, schemes: known } = schemes[port]
  const found = schemeOf(settings[port])
  if (known.some((scheme) => scheme === found)) return
  throw hostError('ENGINE_UNKNOWN', { port: setting, value: found, known: ['sqlite', ...known].join('、') })
}

/** What the engines may be called where others can read it. */
export function engineNames(settings: EngineSettings): Readonly<Record<Port, string>> {
  return { events: schemeOf(settings.events), bus: schemeOf(settings.bus), views: schemeOf(settings.views) }
}

export function schemeOf(setting: string): string {
  return setting.split(':', 1)[0] ?? ''
}
