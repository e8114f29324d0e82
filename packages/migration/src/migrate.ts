import type { Bus } from '@dulian/bus'
import { type EventStore, START } from '@dulian/event-sourcing'
import { comparePositions, type SpaceDefinition, type ViewEngine } from '@dulian/views'
import {
  assertNobodyAtWork,
  assertNothingSeen,
  type CarriedCheckpoint,
  type Checkpoint,
  PositionMap,
  readCheckpoints,
  writeCheckpoint,
} from './checkpoints.ts'
import { type Copied, copyEvents } from './copy-events.ts'
import { copyFiles, type FilesReport, noFiles } from './copy-files.ts'
import { migrationError } from './errors.ts'
import { eventPages } from './event-pages.ts'
import { Fingerprint, type FingerprintSummary, type StreamDifference } from './fingerprint.ts'
import { type MessageInFlight, messagesInFlight, type Publishing, publishInFlight } from './in-flight.ts'
import { type OnProgress, PhaseProgress } from './progress.ts'

/** Where a service has its events, views and files on one side. */
export interface ServicePlace {
  readonly events: EventStore
  readonly views: ViewEngine
  /** Folder of the evidence. */
  readonly files: string
}

/** One service to be moved. What does not move is the same object, or the same folder, on both sides. */
export interface MovingService {
  readonly name: string
  readonly source: ServicePlace
  readonly target: ServicePlace
  readonly views: readonly SpaceDefinition[]
  /** Subscriptions without documents: what they have passed over must not be done again. */
  readonly followers: readonly SpaceDefinition[]
  /** The one of them that publishes. */
  readonly publisher: string
  readonly publishes: Omit<Publishing, 'checkpoint'>
  readonly inbox: string
  readonly consumes: readonly { readonly topic: string; readonly type: string }[]
}

export interface MigrateOptions {
  readonly services: readonly MovingService[]
  /** The target's bus, when it is another one than the source's. */
  readonly bus?: Bus
  /** What becomes of messages that are published and not yet stored by who waits for them, when the bus is another one. */
  readonly messages: 'refuse' | 'republish' | 'leave'
  /** Views that several processes may move on: their leases tell whether anybody does. */
  readonly sharedViews: { readonly source: boolean; readonly target: boolean }
  /** Writes nothing; what has happened in the target since the migration is no difference. */
  readonly verifyOnly: boolean
  readonly progress: OnProgress
}

export interface ServiceReport {
  readonly service: string
  /** Nothing was lost, added or changed. */
  readonly equal: boolean
  readonly source: FingerprintSummary
  /** Of as many events as the source has. */
  readonly target: FingerprintSummary
  /** Events of the target beyond the source's. */
  readonly newer: number
  /** At most twenty. */
  readonly differences: readonly StreamDifference[]
  readonly copied: Copied
  readonly checkpoints: readonly CarriedCheckpoint[]
  /** Subscriptions that the target has behind the source: they would act again on what is done. */
  readonly behind: readonly string[]
  readonly files: FilesReport
}

export interface MigrationReport {
  readonly equal: boolean
  readonly verifyOnly: boolean
  readonly services: readonly ServiceReport[]
  /** Messages on their way between services, by topic; published anew on the target's bus unless they are left. */
  readonly inFlight: Readonly<Record<string, number>>
}

const DIFFERENCES_SHOWN = 20
const nothingCopied: Copied = { found: 0, written: 0 }

/**
 * Copies every service's events, proves the copy, and only then carries over how far its policies and its publisher
 * were. Nobody may be at work on either side. Broken off at any point, it is called again and goes on where it was. Throws
 * `MIGRATION_*` and what the engines throw; what it finds different it reports.
 */
export async function migrate(options: MigrateOptions): Promise<MigrationReport> {
  const { services, verifyOnly, bus, messages } = options
  if (!verifyOnly) for (const service of services) await assertReady(service, options.sharedViews)
  const checkpoints = new Map<MovingService, readonly Checkpoint[]>()
  for (const service of services) {
    checkpoints.set(service, await readCheckpoints(service.source.views, service.followers))
  }
  const inFlight = bus === undefined || verifyOnly ? [] : await allInFlight(services, checkpoints)
  if (inFlight.length > 0 && messages === 'refuse') throw messagesRefused(inFlight)
  const reports: ServiceReport[] = []
  for (const service of services) reports.push(await moveService(service, checkpoints.get(service) ?? [], options))
  const equal = reports.every((report) => report.equal)
  if (equal && bus !== undefined && messages === 'republish') await publishInFlight(bus, inFlight)
  const byTopic = Map.groupBy(inFlight, ({ topic }) => topic)
  return {
    equal,
    verifyOnly,
    services: reports,
    inFlight: Object.fromEntries([...byTopic].map(([topic, all]) => [topic, all.length])),
  }
}

async function assertReady(
  { name, source, target, followers, views }: MovingService,
  shared: MigrateOptions['sharedViews'],
): Promise<void> {
  if (shared.source) await assertNobodyAtWork(name, source.views, followers)
  if (source.views === target.views) return
  if (shared.target) await assertNobodyAtWork(name, target.views, followers)
  if ((await target.events.head()) === START) await assertNothingSeen(name, target.views, [...followers, ...views])
}

async function moveService(
  service: MovingService,
  checkpoints: readonly Checkpoint[],
  { verifyOnly, progress }: MigrateOptions,
): Promise<ServiceReport> {
  const { name, source, target } = service
  const positions = new PositionMap(checkpoints)
  const headBefore = await source.events.head()
  const own = await readSource(service, positions, progress)
  const stays = source.events === target.events
  const copied =
    stays || verifyOnly
      ? nothingCopied
      : await copyEvents({
          service: name,
          source: source.events,
          target: target.events,
          total: own.events,
          progress,
        })
  if ((await source.events.head()) !== headBefore) throw migrationError('MIGRATION_SOURCE_CHANGED', { service: name })
  const { found, newer } = await readTarget(service, own.events, positions, progress)
  const differences = own.differences(found, DIFFERENCES_SHOWN)
  const [ownSummary, foundSummary] = [own.summary(), found.summary()]
  const same =
    differences.length === 0 && ownSummary.content === foundSummary.content && ownSummary.order === foundSummary.order
  const { carried, behind } = same
    ? await carryCheckpoints(service, checkpoints, positions, verifyOnly)
    : { carried: [], behind: [] }
  const files =
    source.files === target.files
      ? noFiles
      : await copyFiles({ service: name, source: source.files, target: target.files, verifyOnly, progress })
  return {
    service: name,
    equal: same && behind.length === 0 && files.differing.length === 0,
    source: ownSummary,
    target: foundSummary,
    newer: stays ? 0 : newer,
    differences,
    copied,
    checkpoints: carried,
    behind,
    files,
  }
}

async function readSource(
  { name, source }: MovingService,
  positions: PositionMap,
  progress: OnProgress,
): Promise<Fingerprint> {
  const reading = new PhaseProgress(name, 'reading', progress)
  const fingerprint = new Fingerprint()
  const head = mainPart(await source.events.head())
  for await (const page of eventPages(source.events)) {
    for (const event of page) {
      fingerprint.add(event)
      positions.seeSource(event)
    }
    const last = page.at(-1)
    if (last !== undefined) {
      const share = mainPart(last.position) / head
      reading.reached(fingerprint.events, Math.round(fingerprint.events / share))
    }
  }
  positions.sourceSeen()
  return fingerprint
}

/** Positions are numbers, larger than they can be counted exactly in places; good enough for a share. */
function mainPart(position: string): number {
  return Number(position.split('/', 1)[0])
}

async function readTarget(
  { name, target }: MovingService,
  expected: number,
  positions: PositionMap,
  progress: OnProgress,
): Promise<{ readonly found: Fingerprint; readonly newer: number }> {
  const proving = new PhaseProgress(name, 'proving', progress)
  const found = new Fingerprint()
  let newer = 0
  for await (const page of eventPages(target.events)) {
    for (const event of page) {
      if (found.events === expected) newer += 1
      else {
        found.add(event)
        positions.seeTarget(event)
      }
    }
    proving.reached(found.events, expected)
  }
  return { found, newer }
}

async function carryCheckpoints(
  { name, source, target, followers }: MovingService,
  checkpoints: readonly Checkpoint[],
  positions: PositionMap,
  verifyOnly: boolean,
): Promise<{ readonly carried: readonly CarriedCheckpoint[]; readonly behind: readonly string[] }> {
  if (source.views === target.views) return { carried: [], behind: [] }
  const translated = checkpoints.map((checkpoint) => ({ checkpoint, wanted: positions.translate(checkpoint) }))
  if (!verifyOnly) for (const { wanted } of translated) await writeCheckpoint(name, target.views, wanted)
  const reached = new Map(
    (await readCheckpoints(target.views, followers)).map(({ space, position }) => [space.name, position]),
  )
  const isBehind = ({ space, position }: Checkpoint) => comparePositions(reached.get(space.name) ?? START, position) < 0
  return {
    carried: translated.map(({ checkpoint, wanted }) => ({
      subscription: checkpoint.space.name,
      source: checkpoint.position,
      target: wanted.position,
      parked: wanted.parked.length,
    })),
    behind: translated.filter(({ wanted }) => isBehind(wanted)).map(({ wanted }) => wanted.space.name),
  }
}

async function allInFlight(
  services: readonly MovingService[],
  checkpoints: ReadonlyMap<MovingService, readonly Checkpoint[]>,
): Promise<readonly MessageInFlight[]> {
  const listeners = services.map(({ name, source, inbox, consumes }) => ({
    service: name,
    events: source.events,
    inbox,
    consumes,
  }))
  const found: MessageInFlight[] = []
  for (const service of services) {
    const checkpoint = checkpoints.get(service)?.find(({ space }) => space.name === service.publisher)
    found.push(...(await messagesInFlight(service.source.events, { ...service.publishes, checkpoint }, listeners)))
  }
  return found
}

function messagesRefused(inFlight: readonly MessageInFlight[]): Error {
  const counts = new Map<string, number>()
  for (const { topic, missingIn } of inFlight) {
    for (const service of missingIn) {
      const way = `${topic} → ${service}`
      counts.set(way, (counts.get(way) ?? 0) + 1)
    }
  }
  const where = [...counts].map(([way, count]) => `${way}：${count} 条`).join('，')
  return migrationError('MIGRATION_MESSAGES_IN_FLIGHT', { count: inFlight.length, where })
}
