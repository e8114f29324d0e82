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

/** Signing in with a browser at the office's own issuer, under the same names in every process that has the door. */
export const signInSettings = {
  DULIAN_OIDC_CLIENT_ID: z.string().min(1).optional(),
  /** From the environment alone, never from a file of ours. */
  DULIAN_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** PEM of an Ed25519 key that several portals sign sessions with; from the environment alone. Else each data folder has its own. */
  DULIAN_SESSION_KEY: z.string().min(1).optional(),
  /** `https://<where people reach it>/auth/oidc/callback`, as registered at the issuer. */
  DULIAN_OIDC_REDIRECT_URI: z.url().optional(),
  DULIAN_OIDC_SCOPES: z.string().min(1).default('openid profile'),
  DULIAN_SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(480).optional(),
  DULIAN_SESSION_HOURS: z.coerce.number().min(0.1).max(24).optional(),
  /** Addresses of one's own proxies in front, whose `X-Forwarded-*` are believed; comma between. */
  DULIAN_TRUST_PROXY: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .optional(),
}
type SignInSettings = z.output<z.ZodObject<typeof signInSettings>>

/** What the portal needs to know to send people to the office's issuer. */
export interface BrowserSignIn {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  readonly redirectUri: URL
  readonly scopes: string
}

/** As the operator set them; the dated rules hold where nothing is set. */
export interface SessionLimits {
  readonly idleMinutes: number | undefined
  readonly hours: number | undefined
}

/** Throws when only a part of what belongs together is set. */
export function browserSignInOf(issuer: string | undefined, settings: SignInSettings): BrowserSignIn | undefined {
  const { DULIAN_OIDC_CLIENT_ID: clientId, DULIAN_OIDC_REDIRECT_URI: redirectUri } = settings
  if (clientId === undefined && redirectUri === undefined) return undefined
  if (issuer === undefined || clientId === undefined || redirectUri === undefined) {
    throw new Error(
      'DULIAN_OIDC_ISSUER, DULIAN_OIDC_CLIENT_ID and DULIAN_OIDC_REDIRECT_URI belong together: set all three or none',
    )
  }
  return {
    issuer,
    clientId,
    clientSecret: settings.DULIAN_OIDC_CLIENT_SECRET,
    redirectUri: new URL(redirectUri),
    scopes: settings.DULIAN_OIDC_SCOPES,
  }
}

export function sessionLimitsOf(settings: SignInSettings): SessionLimits {
  return { idleMinutes: settings.DULIAN_SESSION_IDLE_MINUTES, hours: settings.DULIAN_SESSION_HOURS }
}

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
  ...signInSettings,
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
  /** An issuer whose own tokens the services believe; for machines and other doors. */
  readonly oidc: OidcConfig | undefined
  /** The issuer that people sign in at. */
  readonly signIn: BrowserSignIn | undefined
  readonly sessionLimits: SessionLimits
  readonly sessionKey: string | undefined
  readonly trustProxy: string[] | undefined
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
    signIn: browserSignInOf(settings.DULIAN_OIDC_ISSUER, settings),
    sessionLimits: sessionLimitsOf(settings),
    sessionKey: settings.DULIAN_SESSION_KEY,
    trustProxy: settings.DULIAN_TRUST_PROXY,
    telemetry: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
  }
}

function oidcOf(settings: z.output<typeof Environment>): OidcConfig | undefined {
  const { DULIAN_OIDC_ISSUER: issuer, DULIAN_OIDC_AUDIENCE: audience, DULIAN_OIDC_JWKS: jwks } = settings
  if (issuer === undefined && audience === undefined && jwks === undefined) return undefined
  // People sign in there; its own tokens open nothing here.
  if (settings.DULIAN_OIDC_CLIENT_ID !== undefined && audience === undefined && jwks === undefined) return undefined
  if (issuer === undefined || audience === undefined || jwks === undefined) {
    throw new Error(
      'DULIAN_OIDC_ISSUER, DULIAN_OIDC_AUDIENCE and DULIAN_OIDC_JWKS belong together: set all three or none',
    )
  }
  return { issuer, audience, jwks: new URL(jwks) }
}
