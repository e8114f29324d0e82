import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openCalendar } from '@dulian/calendar'
import { permissions, roles, systemPermissions, TokenClaims } from '@dulian/contracts'
import { type Clock, systemClock } from '@dulian/event-sourcing'
import { openFolderFileStore } from '@dulian/files'
import {
  type FollowedRevocations,
  followRevocations,
  jwtVerifier,
  RevocationList,
  type Telemetry,
  type TrustedIssuer,
} from '@dulian/http-kit'
import {
  type DemoCard,
  type DemoIssuer,
  demoIssuer,
  doorInside,
  instanceRoutes,
  openSessionIssuer,
  portalPlugin,
  revocationsFrom,
} from '@dulian/portal'
import { buildDoor, engineNames, Host, lockDataFolder, openLocalKey, type ServiceLog } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { type Config, engineSettings, isWhollyEmbedded } from './config.ts'
import { demoCard } from './demo/demo-card.ts'
import { readInstanceFile, writeInstanceFile } from './instance-file.ts'
import { services } from './services.ts'

export interface InstanceOptions {
  readonly config: Config
  readonly log: ServiceLog
  readonly pid: number
  /** Folder of the built web application. */
  readonly webRoot: string
  /** Of the machine unless a seed or a test moves it. */
  readonly clock?: Clock
  /** Cards to sign in with; those of the instance file when absent. */
  readonly cards?: () => readonly DemoCard[]
  /** Traces and metrics, when the process has a collector for them. */
  readonly telemetry?: Telemetry
  /** `true`: thrown away whole unless it comes to its end, so nothing waits for the disk or gives way to requests. See `syncTree`. */
  readonly provisional?: boolean
  /** `false`: nothing waits for the disk, for a test that no power cut will happen to. */
  readonly durable?: boolean
  /** `true`: opened for one command. See `HostSettings`. */
  readonly shortLived?: boolean
  /** Somebody with the right asked for an empty instance; called after they were answered. */
  readonly onClearDemo?: () => void
}

/** All services, their door and the portal on one data folder. */
export class Instance {
  readonly host: Host
  readonly app: FastifyInstance
  readonly issuer: DemoIssuer | undefined

  static async open(options: InstanceOptions): Promise<Instance> {
    const { config, log } = options
    const clock = options.clock ?? systemClock
    const provisional = options.provisional ?? false
    const engines = { ...engineSettings(config), durable: options.durable ?? !provisional }
    const host = await Host.open({
      services,
      engines,
      clock,
      calendar: openCalendar(),
      log,
      openFiles: (folder) => openFolderFileStore({ folder }),
      pid: options.pid,
      meter: options.telemetry?.meter,
      hurried: provisional,
      shortLived: options.shortLived ?? false,
    })
    try {
      const access = { permissions, roles }
      const cards = options.cards ?? (() => readInstanceFile(config.dataFolder).cards.map(demoCard))
      const issuer = config.demo
        ? await demoIssuer({ clock, keyFile: join(config.dataFolder, 'demo-issuer.key'), cards })
        : undefined
      const sessions = await openSessionIssuer({
        clock,
        keyFile: join(config.dataFolder, 'portal', 'session-key.json'),
        key: config.sessionKey,
      })
      const revocations = new RevocationList()
      const app = await buildDoor({
        host,
        revocations,
        clock,
        name: 'dulian',
        title: '督联 DuLian',
        verifier: jwtVerifier({
          revocations,
          issuers: [sessions.trusted, ...trusted(config, issuer), (await openLocalKey(config.dataFolder)).trusted],
          clock,
          claims: TokenClaims,
        }),
        access,
        systemPermissions,
        engines: engineNames(engines),
        logLevel: config.logLevel,
        ...(config.trustProxy === undefined ? {} : { trustProxy: config.trustProxy }),
        onError: (error) => log.error({ err: error }, '审计记录没有写成'),
        ...(options.telemetry === undefined ? {} : { telemetry: options.telemetry }),
        ...(options.clock === undefined ? {} : { limits: { perMinute: false } }),
      })
      instanceRoutes(app, {
        demoData: () => readInstanceFile(config.dataFolder).demo === 'seeded',
        clearDemo: options.onClearDemo,
        audit: host.audit,
      })
      const registry = doorInside(sessions, app)
      await app.register(portalPlugin, {
        sessions: {
          clock,
          issuer: sessions,
          registry,
          revocations,
          signIn: config.signIn,
          limits: config.sessionLimits,
        },
        webRoot: options.webRoot,
        access,
        onSignedIn: (_token, { sub: subject, name, office, roles: held }) =>
          host.audit.record({
            action: 'signed-in',
            by: { subject, name, office, roles: held },
            object: 'portal',
            objectName: '登录平台',
          }),
        officeName: (office) => officeName(config.dataFolder, office),
        ...(issuer === undefined ? {} : { demo: issuer, demoAnywhere: config.demoAnywhere }),
      })
      await app.ready()
      const readRevocations = async (): Promise<void> => revocations.take(await revocationsFrom(registry))
      return new Instance(host, app, issuer, readRevocations, () =>
        // What is decided in this process is known in it at once; only others on the same servers are to be heard.
        isWhollyEmbedded(config)
          ? undefined
          : followRevocations({ list: revocations, read: () => revocationsFrom(registry) }),
      )
    } catch (error) {
      await host.stop()
      throw error
    }
  }

  readonly #readRevocations: () => Promise<void>
  readonly #follow: () => FollowedRevocations | undefined
  #followed: FollowedRevocations | undefined

  private constructor(
    host: Host,
    app: FastifyInstance,
    issuer: DemoIssuer | undefined,
    readRevocations: () => Promise<void>,
    follow: () => FollowedRevocations | undefined,
  ) {
    this.host = host
    this.app = app
    this.issuer = issuer
    this.#readRevocations = readRevocations
    this.#follow = follow
  }

  /** What was revoked before it stopped is known again before anybody is let in, unless the store itself is away. */
  async start(): Promise<void> {
    await this.host.start()
    await this.#readRevocations().catch(() => undefined)
    this.#followed = this.#follow()
  }

  /** Finishes what is in flight, then closes everything. */
  async stop(): Promise<void> {
    await this.#followed?.close()
    await this.app.close()
    await this.host.stop()
  }
}

/**
 * Drops everything the services stored. The cards stay, so that people can sign in to the empty instance. Throws
 * `DATA_FOLDER_IN_USE` while any process works in the folder.
 */
export async function clearData(dataFolder: string, pid: number): Promise<void> {
  const lock = lockDataFolder(dataFolder, pid)
  try {
    const known = readInstanceFile(dataFolder)
    await dropData(dataFolder)
    // Half a story has no cards: who wants the demo gets it anew.
    writeInstanceFile(dataFolder, { ...known, demo: known.demo === 'seeding' ? 'none' : 'cleared' })
  } finally {
    lock.release()
  }
}

/** Only for who holds the lock of the folder. */
export async function dropData(dataFolder: string): Promise<void> {
  for (const service of services) await rm(join(dataFolder, service.name), { recursive: true, force: true })
  for (const file of ['bus.db', 'bus.db-wal', 'bus.db-shm']) await rm(join(dataFolder, file), { force: true })
}

/** Falls back to the id: an office that is on no card has told nobody its name yet. */
function officeName(dataFolder: string, office: string): string {
  return readInstanceFile(dataFolder).cards.find((card) => card.office === office)?.officeName ?? office
}

function trusted(config: Config, issuer: DemoIssuer | undefined): readonly TrustedIssuer[] {
  const issuers: TrustedIssuer[] = []
  if (issuer !== undefined) issuers.push(issuer.trusted)
  if (config.oidc !== undefined) {
    issuers.push({
      issuer: config.oidc.issuer,
      audience: config.oidc.audience ?? 'dulian',
      jwks: new URL(config.oidc.jwks),
    })
  }
  return issuers
}
