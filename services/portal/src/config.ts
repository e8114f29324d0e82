import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'

const flag = z.enum(['0', '1']).transform((value) => value === '1')

/** `inspections=http://10.0.0.1:7103,inspections=http://10.0.0.2:7103,office=http://10.0.0.1:7102`: one or more of each service. */
const addresses = z.string().transform((text, context) => {
  const found: Record<string, string[]> = {}
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')) {
    const [, service, address] = /^([a-z][a-z0-9-]*)=(https?:\/\/\S+)$/.exec(entry) ?? []
    if (service === undefined || address === undefined || !URL.canParse(address)) {
      context.addIssue({ code: 'custom', message: `expected <service>=<http address>, found ${JSON.stringify(entry)}` })
      return z.NEVER
    }
    found[service] = [...(found[service] ?? []), address]
  }
  return found
})

/** The settings of a portal that runs as its own process; the all-in-one has its own, under the same names. */
export const Environment = z.object({
  DULIAN_HOST: z.string().min(1).default('127.0.0.1'),
  DULIAN_PORT: z.coerce.number().int().min(0).max(65_535).default(7100),
  DULIAN_DATA: z.string().min(1).default('.data/'),
  DULIAN_DEMO: flag.default(false),
  DULIAN_DEMO_ANYWHERE: flag.default(false),
  DULIAN_SERVICES: addresses.default({}),
  DULIAN_WEB: z.string().min(1).optional(),
  DULIAN_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
  DULIAN_OIDC_ISSUER: z.string().min(1).optional(),
  DULIAN_OIDC_AUDIENCE: z.string().min(1).optional(),
  DULIAN_OIDC_JWKS: z.url().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
})

export interface PortalConfig {
  readonly host: string
  readonly port: number
  readonly dataFolder: string
  readonly demo: boolean
  readonly demoAnywhere: boolean
  /** Service name → addresses of its processes. */
  readonly services: Readonly<Record<string, readonly string[]>>
  /** Folder of the built web application. */
  readonly webRoot: string
  readonly logLevel: string
  readonly oidc: OidcConfig | undefined
  readonly telemetry: string | undefined
}

export interface OidcConfig {
  readonly issuer: string
  readonly audience: string
  readonly jwks: URL
}

/** Throws an error that names the setting at fault. Relative folders count from `folder`. */
export function readPortalConfig(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): PortalConfig {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const settings = Environment.parse(present)
  const from = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path))
  return {
    host: settings.DULIAN_HOST,
    port: settings.DULIAN_PORT,
    dataFolder: from(settings.DULIAN_DATA),
    demo: settings.DULIAN_DEMO,
    demoAnywhere: settings.DULIAN_DEMO_ANYWHERE,
    services: settings.DULIAN_SERVICES,
    webRoot:
      settings.DULIAN_WEB === undefined ? resolve(import.meta.dirname, '../web/dist') : from(settings.DULIAN_WEB),
    logLevel: settings.DULIAN_LOG_LEVEL,
    oidc: oidcOf(settings),
    telemetry: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
  }
}

function oidcOf(settings: z.output<typeof Environment>): OidcConfig | undefined {
  const { DULIAN_OIDC_ISSUER: issuer, DULIAN_OIDC_AUDIENCE: audience, DULIAN_OIDC_JWKS: jwks } = settings
  if (issuer === undefined && audience === undefined && jwks === undefined) return undefined
  if (issuer === undefined || audience === undefined || jwks === undefined) {
    throw new Error(
      'DULIAN_OIDC_ISSUER, DULIAN_OIDC_AUDIENCE and DULIAN_OIDC_JWKS belong together: set all three or none',
    )
  }
  return { issuer, audience, jwks: new URL(jwks) }
}
