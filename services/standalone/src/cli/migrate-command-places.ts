import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Bus } from '@dulian/bus'
import { systemClock } from '@dulian/event-sourcing'
import type { MovingService, ServicePlace } from '@dulian/migration'
import {
  type DataFolderLock,
  type EngineSettings,
  followerSpaces,
  INBOX,
  isEmbedded,
  lockDataFolder,
  openBus,
  openEvents,
  openViews,
  publication,
  publisherSpace,
  type ServiceDefinition,
  serviceFolder,
} from '@dulian/service-host'
import type { ViewEngine } from '@dulian/views'
import { CommandFailed } from './command-failed.ts'

export type Port = 'events' | 'bus' | 'views'

type Closing = (() => Promise<void> | void)[]

/** What has another place in the target. */
export interface Moves extends Readonly<Record<Port, boolean>> {
  readonly folder: boolean
}

/** Both sides of a migration, opened and locked. */
export interface OpenedSides {
  readonly services: readonly MovingService[]
  readonly bus: Bus | undefined
  close(): Promise<void>
}

export function movesBetween(source: EngineSettings, target: EngineSettings): Moves {
  const differ = (port: Port): boolean => placeOf(source, port) !== placeOf(target, port)
  return {
    events: differ('events'),
    bus: differ('bus'),
    views: differ('views'),
    folder: realFolder(source.dataFolder) !== realFolder(target.dataFolder),
  }
}

/** Throws `CommandFailed` for what cannot be moved like this. */
export function assertMovable(moves: Moves): void {
  if (!Object.values(moves).some((moved) => moved)) {
    throw new CommandFailed(
      '来源与目标是同一个地方。请用 --events、--bus、--views 或 --data 指定目标，或用 --to 指定目标的设置文件。',
    )
  }
  if (moves.events && !moves.views) {
    throw new CommandFailed(
      '事件库换了地方，视图也要换：旧视图记着旧事件库里的位置。请同时用 --views 指定另一个视图库，或用 --data 指定另一个数据目录。',
    )
  }
}

/**
 * Locks the data folders of both sides, and of every service in them, whatever the engines: nobody on this machine works
 * there meanwhile. Throws `DATA_FOLDER_IN_USE`, `CommandFailed` where there is no instance, and what the engines throw.
 */
export async function openSides(options: {
  readonly source: EngineSettings
  readonly target: EngineSettings
  readonly moves: Moves
  readonly definitions: readonly ServiceDefinition[]
  readonly pid: number
  /** What is only read is neither made nor changed. */
  readonly verifyOnly: boolean
}): Promise<OpenedSides> {
  const { source, target, moves, pid, verifyOnly } = options
  const definitions = options.definitions.filter(({ name }) => hasEvents(source, name))
  if (definitions.length === 0) throw new CommandFailed(`${source.dataFolder} 中没有可以迁移的数据。`)
  const missing = verifyOnly ? definitions.find(({ name }) => !hasEvents(target, name)) : undefined
  if (missing !== undefined) throw new CommandFailed(`目标 ${target.dataFolder} 中没有${missing.title}的数据可以核对。`)
  const closing: Closing = []
  const close = async (): Promise<void> => {
    for (const each of closing.splice(0).reverse()) await each()
  }
  try {
    for (const lock of lockFolders([source, target], definitions, pid)) closing.push(() => lock.release())
    const services: MovingService[] = []
    for (const definition of definitions) {
      const from = await openPlace(source, definition, true, closing)
      const to = moves.views ? await openTarget(target, definition, moves, verifyOnly, from, closing) : from
      services.push(movingService(definition, from, { ...to, files: filesOf(target, definition.name) }))
    }
    const bus = moves.bus && !verifyOnly ? await openBus(target, systemClock) : undefined
    closing.push(() => bus?.close())
    return { services, bus, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Whether anything is read from its events: the audit trail is a store and nothing else. */
function hasFollowers(definition: ServiceDefinition): boolean {
  return definition.projections.length > 0 || followerSpaces(definition).length > 0
}

/** One for both sides, so that they count as the same place: nothing is looked for in it. */
const noViews: ViewEngine = {
  open: () => Promise.reject(new TypeError('a store without followers has no views')),
  storedRevision: async () => undefined,
  close: async () => {},
}

function hasEvents(settings: EngineSettings, service: string): boolean {
  return !isEmbedded(settings, 'events') || existsSync(join(serviceFolder(settings, service), 'events.db'))
}

function placeOf(settings: EngineSettings, port: Port): string {
  if (isEmbedded(settings, port)) return `sqlite ${realFolder(settings.dataFolder)}`
  return `${settings[port]} ${settings.namespace ?? ''}`
}

function realFolder(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder
}

function lockFolders(
  sides: readonly EngineSettings[],
  definitions: readonly ServiceDefinition[],
  pid: number,
): readonly DataFolderLock[] {
  const folders = sides.flatMap((side) => [
    side.dataFolder,
    ...definitions.map(({ name }) => serviceFolder(side, name)),
  ])
  const locks = new Map<string, DataFolderLock>()
  try {
    for (const folder of folders) {
      const real = realFolder(folder)
      if (!locks.has(real)) locks.set(real, lockDataFolder(real, pid))
    }
    return [...locks.values()]
  } catch (error) {
    for (const lock of locks.values()) lock.release()
    throw error
  }
}

async function openPlace(
  settings: EngineSettings,
  definition: ServiceDefinition,
  readOnly: boolean,
  closing: Closing,
): Promise<ServicePlace> {
  const service = definition.name
  const events = await openEvents(settings, service, systemClock, readOnly)
  closing.push(() => events.close())
  const files = filesOf(settings, service)
  if (!hasFollowers(definition)) return { events, views: noViews, files }
  const views = await openViews(settings, service, systemClock)
  closing.push(() => views.close())
  return { events, views, files }
}

/** What stays where it is is not opened a second time. */
async function openTarget(
  settings: EngineSettings,
  definition: ServiceDefinition,
  moves: Moves,
  readOnly: boolean,
  from: ServicePlace,
  closing: Closing,
): Promise<Pick<ServicePlace, 'events' | 'views'>> {
  if (moves.events) return await openPlace(settings, definition, readOnly, closing)
  if (!hasFollowers(definition)) return from
  const views = await openViews(settings, definition.name, systemClock)
  closing.push(() => views.close())
  return { events: from.events, views }
}

function filesOf(settings: EngineSettings, service: string): string {
  return join(realFolder(serviceFolder(settings, service)), 'files')
}

function movingService(definition: ServiceDefinition, source: ServicePlace, target: ServicePlace): MovingService {
  return {
    name: definition.name,
    source,
    target,
    views: definition.projections.map(({ space }) => space),
    followers: followerSpaces(definition),
    publisher: publisherSpace.name,
    publishes: publication(definition.name, definition.publishes),
    inbox: INBOX,
    consumes: definition.consumes,
  }
}
