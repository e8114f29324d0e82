import { isAbsolute, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openCalendar } from '@dulian/calendar'
import { systemClock } from '@dulian/event-sourcing'
import { openFolderFileStore } from '@dulian/files'
import {
  type AccessRules,
  type ClaimsSchema,
  followRevocations,
  jwtVerifier,
  RevocationList,
  Revocations,
  revocationsAt,
  startTelemetry,
  type TrustedIssuer,
} from '@dulian/http-kit'
import { z } from 'zod'
import { buildDoor, type SystemPermissions } from './door.ts'
import { type EngineSettings, engineNames } from './engines.ts'
import { Host } from './host.ts'
import { openLocalKey } from './local-key.ts'
import type { ServiceDefinition } from './service-definition.ts'
import type { ServiceLog } from './service-log.ts'

/** A short word in front of what an instance keeps on servers that it shares with others. */
export const namespaceSetting = z.string().regex(/^[a-z][a-z0-9]{0,31}$/)

/**
 * Seconds in which a process that is asked to end says that it is not ready and still serves, so that the door in front of it
 * turns to another one first. At most 5: it must have ended within 10.
 */
export const drainSetting = z.coerce.number().min(0).max(5).default(0)

/** The settings of a service that runs as its own process; the same names as the whole instance's. */
const Environment = z.object({
  DULIAN_HOST: z.string().min(1).default('127.0.0.1'),
  DULIAN_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  DULIAN_DATA: z.string().min(1).default('.data/'),
  DULIAN_EVENTS: z.string().default('sqlite'),
  DULIAN_BUS: z.string().default('sqlite'),
  DULIAN_VIEWS: z.string().default('sqlite'),
  DULIAN_NAMESPACE: namespaceSetting.optional(),
  DULIAN_LOG_LEVEL: z.string().default('warn'),
  DULIAN_DRAIN_SECONDS: drainSetting,
  /** Whose tokens are believed beside the portal's; all three or none. */
  DULIAN_OIDC_ISSUER: z.string().optional(),
  DULIAN_OIDC_AUDIENCE: z.string().default('dulian'),
  DULIAN_OIDC_JWKS: z.url().optional(),
  /** Address of the portal, whose session tokens are believed and whose word on ended sessions is heard. */
  DULIAN_PORTAL: z.url().optional(),
  /** Collector of traces and metrics; without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
})

export interface AloneOptions {
  readonly definition: ServiceDefinition
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where relative folders count from. */
  readonly folder: string
  readonly pid: number
  /** Used when `DULIAN_PORT` is not set. */
  readonly port: number
  readonly access: AccessRules
  readonly claims: ClaimsSchema
  readonly systemPermissions: SystemPermissions
  readonly log: ServiceLog
  /** Bytes, for the metrics. */
  readonly residentMemory?: () => number
}

export interface ServedAlone {
  readonly address: string
  stop(): Promise<void>
}

/** Runs one service as its own process, on the folder layout of the all-in-one. Resolves when it listens. */
export async function serveAlone(options: AloneOptions): Promise<ServedAlone> {
  const settings = Environment.parse(
    Object.fromEntries(Object.entries(options.environment).filter(([, value]) => value !== undefined && value !== '')),
  )
  const engines: EngineSettings = {
    dataFolder: isAbsolute(settings.DULIAN_DATA) ? settings.DULIAN_DATA : resolve(options.folder, settings.DULIAN_DATA),
    events: settings.DULIAN_EVENTS,
    bus: settings.DULIAN_BUS,
    views: settings.DULIAN_VIEWS,
    namespace: settings.DULIAN_NAMESPACE,
  }
  const { trusted: commandLine } = await openLocalKey(engines.dataFolder)
  const issuers: TrustedIssuer[] = [commandLine]
  if (settings.DULIAN_OIDC_ISSUER !== undefined && settings.DULIAN_OIDC_JWKS !== undefined) {
    issuers.push({
      issuer: settings.DULIAN_OIDC_ISSUER,
      audience: settings.DULIAN_OIDC_AUDIENCE,
      jwks: new URL(settings.DULIAN_OIDC_JWKS),
    })
  }
  const revocations = new RevocationList()
  const portal = settings.DULIAN_PORTAL
  if (portal !== undefined) issuers.push(portalIssuer(portal))
  const followed =
    portal === undefined
      ? undefined
      : followRevocations({
          list: revocations,
          read: revocationsAt(new URL('/auth/revocations.json', portal), Revocations),
        })
  const { name, title } = options.definition
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = settings
  const telemetry =
    endpoint === undefined
      ? undefined
      : await startTelemetry({ name: `dulian-${name}`, endpoint, residentMemory: options.residentMemory })
  const host = await Host.open({
    services: [options.definition],
    engines,
    clock: systemClock,
    calendar: openCalendar(),
    log: options.log,
    openFiles: (files) => openFolderFileStore({ folder: files }),
    pid: options.pid,
    meter: telemetry?.meter,
  })
  let stopping = false
  const app = await buildDoor({
    host,
    clock: systemClock,
    name,
    title: `督联 ${title}`,
    revocations,
    verifier: jwtVerifier({ issuers, revocations, clock: systemClock, claims: options.claims }),
    access: options.access,
    systemPermissions: options.systemPermissions,
    engines: engineNames(engines),
    logLevel: settings.DULIAN_LOG_LEVEL,
    stopping: () => stopping,
    onError: (error) => options.log.error({ err: error }, '审计记录没有写成'),
    ...(telemetry === undefined ? {} : { telemetry }),
  })
  await host.start()
  await followed?.look()
  const address = await app.listen({ host: settings.DULIAN_HOST, port: settings.DULIAN_PORT ?? options.port })
  return {
    address,
    async stop() {
      stopping = true
      await delay(settings.DULIAN_DRAIN_SECONDS * 1_000)
      await followed?.close()
      await app.close()
      await host.stop()
      await telemetry?.stop()
    },
  }
}

/** Sessions' tokens are signed by the portal under this name, see its `session-issuer.ts`. */
function portalIssuer(address: string): TrustedIssuer {
  return {
    issuer: 'urn:dulian:portal',
    audience: 'dulian',
    jwks: new URL('/auth/session-keys.json', address),
    keepsSessions: true,
  }
}
