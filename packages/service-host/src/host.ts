import type { AuditTrail } from '@dulian/audit'
import type { Bus } from '@dulian/bus'
import type { Calendar } from '@dulian/calendar'
import type { Clock } from '@dulian/event-sourcing'
import type { FileStore } from '@dulian/files'
import type { Meter } from '@dulian/http-kit'
import { openAudit } from './audit-store.ts'
import { type DataFolderLock, lockDataFolder } from './data-folder-lock.ts'
import { type EngineSettings, isEmbedded, openBus, ownsItsFolder, serviceFolder } from './engines.ts'
import { RunningService } from './running-service.ts'
import type { ServiceDefinition } from './service-definition.ts'
import type { ServiceLog } from './service-log.ts'
import { hurriedPace, latePace, restingPace, ViewPace } from './view-pace.ts'

export interface HostSettings {
  readonly services: readonly ServiceDefinition[]
  readonly engines: EngineSettings
  readonly clock: Clock
  readonly calendar: Calendar
  readonly log: ServiceLog
  readonly openFiles: (folder: string) => Promise<FileStore>
  /** Shown to whoever finds the data folder taken. */
  readonly pid: number
  /** Measures the services, when the process does. */
  readonly meter?: Meter | undefined
  /** `true`: everything follows the store at once; nobody is asking meanwhile. */
  readonly hurried?: boolean
  /** Names the views that can wait: built aside after the others, and with `hurried` lying still until `settle('everything')` or the next start. By default those whose names end in `-history`. */
  readonly isLate?: (view: string) => boolean
  /** `true`: open for one command only; what would be built aside is left to the next start. */
  readonly shortLived?: boolean
}

/** Services at work on one set of engines: all of them in the standalone, one when a service runs alone. */
export class Host {
  readonly services: readonly RunningService[]
  readonly bus: Bus
  /** One for the whole instance: every process writes to the same chains. */
  readonly audit: AuditTrail
  readonly #locks: readonly DataFolderLock[]
  readonly #log: ServiceLog
  readonly #shortLived: boolean
  readonly #isLate: (view: string) => boolean
  #building: Promise<void> | undefined

  static async open(settings: HostSettings): Promise<Host> {
    const locks = lockAll(settings)
    const services: RunningService[] = []
    let bus: Bus | undefined
    let audit: AuditTrail | undefined
    try {
      audit = await openAudit(settings.engines, settings.clock)
      bus = await openBus(settings.engines, settings.clock)
      const paces =
        settings.hurried === true
          ? { views: hurriedPace, others: hurriedPace }
          : { views: new ViewPace(), others: restingPace }
      const { isLate = isOfThePast } = settings
      const late = settings.hurried === true ? { isLate, pace: latePace } : undefined
      for (const definition of settings.services) {
        services.push(
          await RunningService.open(definition, {
            settings: settings.engines,
            bus,
            audit,
            openFiles: settings.openFiles,
            clock: settings.clock,
            calendar: settings.calendar,
            log: settings.log,
            paces: { ...paces, ...(late === undefined ? {} : { late }) },
            meter: settings.meter,
          }),
        )
      }
      return new Host({
        services,
        bus,
        audit,
        locks,
        log: settings.log,
        shortLived: settings.shortLived ?? false,
        isLate,
      })
    } catch (error) {
      for (const service of services) await service.stop()
      await bus?.close()
      await audit?.close()
      for (const lock of locks) lock.release()
      throw error
    }
  }

  private constructor(opened: {
    readonly services: readonly RunningService[]
    readonly bus: Bus
    readonly audit: AuditTrail
    readonly locks: readonly DataFolderLock[]
    readonly log: ServiceLog
    readonly shortLived: boolean
    readonly isLate: (view: string) => boolean
  }) {
    this.services = opened.services
    this.bus = opened.bus
    this.audit = opened.audit
    this.#locks = opened.locks
    this.#log = opened.log
    this.#shortLived = opened.shortLived
    this.#isLate = opened.isLate
  }

  async start(): Promise<void> {
    for (const service of this.services) await service.start()
    if (this.#shortLived) return
    // A view that can be neither built nor followed is behind, and says so; it takes nobody else along.
    this.#building = this.#buildViews().catch((error: unknown) => this.#log.error({ err: error }, '后台工作出错'))
  }

  /** One at a time, so that people's requests keep a processor to themselves; the late ones after those that work waits for. */
  async #buildViews(): Promise<void> {
    for (const late of [false, true]) {
      for (const service of this.services) await service.buildViews((view) => this.#isLate(view) === late)
    }
  }

  service(name: string): RunningService {
    const service = this.services.find(({ definition }) => definition.name === name)
    if (service === undefined) throw new TypeError(`no service ${name} in this host`)
    return service
  }

  /** Brings every service's days up to its clock; a fake clock's owner calls it after moving it. */
  async tick(): Promise<void> {
    for (const service of this.services) await service.dayClock.tick()
  }

  /**
   * Resolves when nothing is under way any more: what one service told another has been seen, and what followed from it.
   * `prompt` leaves the late views and those that are being built aside where they are.
   */
  async settle(what: 'everything' | 'prompt' = 'everything'): Promise<void> {
    for (let before = ''; ; ) {
      const heads: string[] = []
      for (const service of this.services) heads.push(await service.settle(what))
      const now = heads.join()
      if (now === before) return await this.audit.settled()
      before = now
    }
  }

  async stop(): Promise<void> {
    for (const service of this.services) await service.stop()
    await this.#building
    await this.bus.close()
    await this.audit.close()
    for (const lock of this.#locks) lock.release()
  }
}

/**
 * Each service's folder while its events or views are files in it, and the whole data folder while the bus is one: such files
 * serve one process only. On servers alone, any number of instances may share the folder with its evidence files.
 */
function lockAll({ engines, services, pid }: HostSettings): readonly DataFolderLock[] {
  const folders = ownsItsFolder(engines) ? services.map(({ name }) => serviceFolder(engines, name)) : []
  if (isEmbedded(engines, 'bus')) folders.unshift(engines.dataFolder)
  const locks: DataFolderLock[] = []
  try {
    for (const folder of folders) locks.push(lockDataFolder(folder, pid))
  } catch (error) {
    for (const lock of locks) lock.release()
    throw error
  }
  return locks
}

/** By the name that a list's past has. */
function isOfThePast(view: string): boolean {
  return view.endsWith('-history')
}
