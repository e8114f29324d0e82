import { join } from 'node:path'
import { permissions, roles, TokenClaims } from '@dulian/contracts'
import type { Clock } from '@dulian/event-sourcing'
import {
  buildHttpApp,
  type FollowedRevocations,
  followRevocations,
  jwtVerifier,
  RevocationList,
  registerHealth,
  type Telemetry,
} from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import type { PortalConfig } from './config.ts'
import { demoCardsIn } from './demo-cards-file.ts'
import { type DemoIssuer, demoIssuer } from './demo-issuer.ts'
import { portalError } from './errors.ts'
import { instanceRoutes } from './instance-routes.ts'
import { isLoopback } from './loopback.ts'
import { portalPlugin } from './portal-plugin.ts'
import { servicesProxy } from './services-proxy.ts'
import { doorAcross } from './session/registry-door.ts'
import { revocationsFrom } from './session/revocations-from.ts'
import { openSessionIssuer } from './session/session-issuer.ts'
import { upstreamHealth } from './upstream-health.ts'
import { Upstreams } from './upstreams.ts'

/** The portal as its own process: sign-in and web pages here, every service at its address. Not yet listening. */
export async function buildPortalApp(
  config: PortalConfig,
  clock: Clock,
  telemetry?: Telemetry,
): Promise<FastifyInstance> {
  const access = { permissions, roles }
  if (config.demo) refuseDemoElsewhere(config)
  const demo = config.demo
    ? await demoIssuer({
        clock,
        cards: demoCardsIn(join(config.dataFolder, 'portal', 'demo-cards.json')),
        keyFile: join(config.dataFolder, 'portal', 'demo-key.json'),
      })
    : undefined
  const issuer = await openSessionIssuer({
    clock,
    keyFile: join(config.dataFolder, 'portal', 'session-key.json'),
    key: config.sessionKey,
  })
  const revocations = new RevocationList()
  const verifier = jwtVerifier({
    revocations,
    issuers: [
      issuer.trusted,
      ...(demo === undefined ? [] : [demo.trusted]),
      ...(config.oidc === undefined ? [] : [config.oidc]),
    ],
    clock,
    claims: TokenClaims,
  })
  const app = await buildHttpApp({
    name: 'portal',
    title: '督联',
    verifier,
    revocations,
    access,
    clock,
    logLevel: config.logLevel,
    ...(config.trustProxy === undefined ? {} : { trustProxy: config.trustProxy }),
    ...(telemetry === undefined ? {} : { telemetry }),
  })
  const upstreams = new Upstreams(config.services)
  upstreams.start()
  app.addHook('onClose', () => upstreams.close())
  const registry = doorAcross(issuer, upstreams)
  const followed = followRevocations({ list: revocations, read: () => revocationsFrom(registry) })
  // Nobody is let in before what was revoked is known, unless the registry is away.
  app.addHook('onReady', async () => void (await followed.look()))
  app.addHook('onClose', () => followed.close())
  await servicesProxy(app, { upstreams, revocations, afterCommand: (service) => afterCommand(service, followed) })
  registerHealth(app, { ready: () => upstreamHealth(upstreams) })
  instanceRoutes(app, { demoData: () => demo !== undefined && demo.cards().length > 0 })
  await portalPlugin(app, {
    access,
    officeName: (office) => demoOfficeName(demo, office),
    webRoot: config.webRoot,
    sessions: { clock, issuer, registry, revocations, signIn: config.signIn, limits: config.sessionLimits },
    demoAnywhere: config.demoAnywhere,
    onSignedIn: (accessToken) => tellOfSignIn(upstreams, accessToken),
    ...(demo === undefined ? {} : { demo }),
  })
  return app
}

/** Rights changed and sessions ended through this door are known to it before the answer is. */
async function afterCommand(service: string, followed: FollowedRevocations): Promise<void> {
  if (service === 'supervisor-registry') await followed.look()
}

/** The portal keeps nothing: a service's process puts the sign-in on record. */
async function tellOfSignIn(upstreams: Upstreams, accessToken: string): Promise<void> {
  if (upstreams.services.length === 0) return
  const { address } = upstreams.nextOfAny()
  const answer = await fetch(new URL('/api/audit/sign-ins', address), {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(SIGN_IN_PATIENCE_MS),
  })
  if (!answer.ok) throw portalError('UPSTREAM_UNAVAILABLE', { service: 'audit', status: answer.status })
}

const SIGN_IN_PATIENCE_MS = 5_000

/** Falls back to the id: an office that is on no card has told nobody its name yet. */
function demoOfficeName(demo: DemoIssuer | undefined, office: string): string {
  return (
    demo?.cards().find(({ claims, officeName }) => claims.office === office && officeName !== undefined)?.officeName ??
    office
  )
}

/** The demo asks nobody who they are: it may only listen where nobody else can reach it, unless set on purpose. */
export function refuseDemoElsewhere(config: { readonly host: string; readonly demoAnywhere: boolean }): void {
  if (config.demoAnywhere || isLoopback(config.host)) return
  throw portalError('DEMO_NOT_ON_LOOPBACK', { host: config.host })
}
