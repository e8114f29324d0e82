import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bus } from '@dulian/bus'
import { openSqliteBus } from '@dulian/bus-sqlite'
import type { Clock, EventStore } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import type { ViewEngine } from '@dulian/views'
import { openSqliteViews } from '@dulian/views-sqlite'
import { hostError } from './errors.ts'

/** Which engines to use, as text, so that it can be handed to a worker. */
export interface EngineSettings {
  /** `DULIAN_DATA`: every service has its folder in it. */
  readonly dataFolder: string
  /** `sqlite` or `esdb://…` */
  readonly events: string
  /** `sqlite` or `kafka://…` */
  readonly bus: string
  /** `sqlite` or `mongodb://…` */
  readonly views: string
}

export function serviceFolder(settings: EngineSettings, service: string): string {
  return join(settings.dataFolder, service)
}

export function openEvents(settings: EngineSettings, service: string, clock: Clock, readOnly = false): EventStore {
  if (settings.events !== 'sqlite')
    throw hostError('ENGINE_UNKNOWN', { port: 'DULIAN_EVENTS', value: scheme(settings.events) })
  const folder = serviceFolder(settings, service)
  mkdirSync(folder, { recursive: true })
  return openSqliteEvents({ file: join(folder, 'events.db'), clock, readOnly })
}

export function openViews(settings: EngineSettings, service: string, clock: Clock): ViewEngine {
  if (settings.views !== 'sqlite')
    throw hostError('ENGINE_UNKNOWN', { port: 'DULIAN_VIEWS', value: scheme(settings.views) })
  return openSqliteViews({ folder: join(serviceFolder(settings, service), 'views'), clock: () => clock.now() })
}

export function openBus(settings: EngineSettings, clock: Clock): Bus {
  if (settings.bus !== 'sqlite') throw hostError('ENGINE_UNKNOWN', { port: 'DULIAN_BUS', value: scheme(settings.bus) })
  mkdirSync(settings.dataFolder, { recursive: true })
  return openSqliteBus({ file: join(settings.dataFolder, 'bus.db'), clock: () => clock.now() })
}

/** Only the scheme is ever shown: an address may hold a password. */
function scheme(setting: string): string {
  return setting.split(':', 1)[0] ?? ''
}
