import { isAbsolute, resolve } from 'node:path'
import {
  type BrowserSignIn,
  browserSignInOf,
  type SessionLimits,
  sessionLimitsOf,
  signInSettings,
} from '@dulian/portal'
import { type EngineSettings, isEmbedded, namespaceSetting } from '@dulian/service-host'
import { z } from 'zod'

const inChinese = z.locales.zhCN().localeError

const flag = z.enum(['0', '1']).transform((value) => value === '1')

/** The settings of the whole instance, from the environment. Their names are promises to operators' scripts. */
export const Environment = z.object({
  DULIAN_HOST: z.string().min(1).default('127.0.0.1'),
  DULIAN_PORT: z.coerce.number().int().min(0).max(65_535).default(7100),
  DULIAN_DATA: z.string().min(1).default('.data/'),
  DULIAN_DEMO: flag.default(false),
  /** How far back the demo's story begins; a short one is made sooner and has less to look back on. */
  DULIAN_DEMO_DAYS: z.coerce.number().int().min(30).max(1_000).default(365),
  /** The demo issuer gives everybody every role: off loopback only on purpose. */
  DULIAN_DEMO_ANYWHERE: flag.default(false),
  DULIAN_EVENTS: z.string().default('sqlite'),
  DULIAN_BUS: z.string().default('sqlite'),
  DULIAN_VIEWS: z.string().default('sqlite'),
  DULIAN_NAMESPACE: namespaceSetting.optional(),
  DULIAN_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
  DULIAN_OIDC_ISSUER: z.url().optional(),
  DULIAN_OIDC_AUDIENCE: z.string().optional(),
  DULIAN_OIDC_JWKS: z.url().optional(),
  ...signInSettings,
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
})

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataFolder: string
  readonly demo: boolean
  /** Days that the demo's story takes. */
  readonly demoDays: number
  readonly demoAnywhere: boolean
  readonly events: string
  readonly bus: string
  readonly views: string
  readonly namespace: string | undefined
  readonly logLevel: string
  readonly oidc: { readonly issuer: string; readonly audience: string | undefined; readonly jwks: string } | undefined
  /** The issuer that people sign in at with their browser. */
  readonly signIn: BrowserSignIn | undefined
  readonly sessionLimits: SessionLimits
  readonly sessionKey: string | undefined
  readonly trustProxy: string[] | undefined
  readonly telemetry: string | undefined
}

/** Throws a `ZodError` that names the setting at fault. Relative folders count from `folder`. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, folder: string): Config {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const settings = Environment.parse(present, { error: inChinese })
  const { DULIAN_OIDC_ISSUER: issuer, DULIAN_OIDC_JWKS: jwks } = settings
  return {
    host: settings.DULIAN_HOST,
    port: settings.DULIAN_PORT,
    dataFolder: isAbsolute(settings.DULIAN_DATA) ? settings.DULIAN_DATA : resolve(folder, settings.DULIAN_DATA),
    demo: settings.DULIAN_DEMO,
    demoDays: settings.DULIAN_DEMO_DAYS,
    demoAnywhere: settings.DULIAN_DEMO_ANYWHERE,
    events: settings.DULIAN_EVENTS,
    bus: settings.DULIAN_BUS,
    views: settings.DULIAN_VIEWS,
    namespace: settings.DULIAN_NAMESPACE,
    logLevel: settings.DULIAN_LOG_LEVEL,
    oidc:
      // Where people sign in, the issuer's own tokens open nothing unless its keys are named on purpose.
      issuer === undefined || (settings.DULIAN_OIDC_CLIENT_ID !== undefined && jwks === undefined)
        ? undefined
        : { issuer, audience: settings.DULIAN_OIDC_AUDIENCE, jwks: jwks ?? new URL('jwks', `${issuer}/`).href },
    signIn: browserSignInOf(issuer, settings),
    sessionLimits: sessionLimitsOf(settings),
    sessionKey: settings.DULIAN_SESSION_KEY,
    trustProxy: settings.DULIAN_TRUST_PROXY,
    telemetry: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
  }
}

/** The part of the settings that says where everything is kept. */
export function engineSettings({ dataFolder, events, bus, views, namespace }: Config): EngineSettings {
  return { dataFolder, events, bus, views, namespace }
}

/** Whether everything is in the data folder, so that whoever empties it has emptied the instance. */
export function isWhollyEmbedded(config: Config): boolean {
  return (['events', 'bus', 'views'] as const).every((port) => isEmbedded(engineSettings(config), port))
}
