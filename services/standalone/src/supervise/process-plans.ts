import { join } from 'node:path'
import type { Config } from '../config.ts'
import { type ServiceName, serviceNames } from '../service-names.ts'
import type { ProcessPlan } from './supervised-process.ts'

export interface PlannedProcesses {
  /** Every service, once or more often; nothing depends on their order. */
  readonly services: readonly ProcessPlan[]
  /** The door to all of them, started when they are there. */
  readonly portal: ProcessPlan
}

export interface PlanOptions {
  readonly config: Config
  /** Processes of each service. */
  readonly instances: number
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The `count` ports for the processes; the first is the portal's. */
  readonly ports: readonly number[]
}

/** Ports beside each other, as an operator expects them: the portal's own, then one for each process of a service. */
export function portsFrom(first: number, instances: number): readonly number[] {
  return Array.from({ length: 1 + serviceNames.length * instances }, (_, index) => first + index)
}

/** Which processes make up the instance, where each listens, and with which settings. */
export function planProcesses({ config, instances, environment, ports }: PlanOptions): PlannedProcesses {
  const [portalPort = config.port, ...rest] = ports
  const portalAddress = `http://127.0.0.1:${portalPort}`
  const shared = {
    ...environment,
    DULIAN_DATA: config.dataFolder,
    // The door keeps the sessions; its secrets are nobody else's.
    DULIAN_PORTAL: portalAddress,
    DULIAN_OIDC_CLIENT_SECRET: undefined,
    DULIAN_SESSION_KEY: undefined,
    // The door looks at each process every second.
    DULIAN_DRAIN_SECONDS: environment.DULIAN_DRAIN_SECONDS ?? (instances > 1 ? '2' : '0'),
    // The door signs the demo's people in, and the services take the keys from there.
    ...(config.demo
      ? {
          DULIAN_OIDC_ISSUER: 'urn:dulian:demo',
          DULIAN_OIDC_AUDIENCE: 'dulian',
          DULIAN_OIDC_JWKS: `${portalAddress}/auth/jwks.json`,
        }
      : {}),
  }
  const services = serviceNames.flatMap((service, place) =>
    Array.from({ length: instances }, (_, index): ProcessPlan & { service: ServiceName } => {
      const port = rest[index * serviceNames.length + place] ?? 0
      return {
        service,
        name: instances === 1 ? service : `${service}-${index + 1}`,
        main: mainOf(service),
        address: `http://127.0.0.1:${port}`,
        env: { ...shared, DULIAN_HOST: '127.0.0.1', DULIAN_PORT: String(port) },
      }
    }),
  )
  const portal: ProcessPlan = {
    name: 'portal',
    main: mainOf('portal'),
    address: portalAddress,
    env: {
      ...environment,
      DULIAN_DATA: config.dataFolder,
      DULIAN_HOST: config.host,
      DULIAN_PORT: String(portalPort),
      DULIAN_SERVICES: services.map(({ service, address }) => `${service}=${address}`).join(','),
    },
  }
  return { services, portal }
}

function mainOf(service: ServiceName | 'portal'): string {
  return join(import.meta.dirname, '..', '..', '..', service, 'src', 'main.ts')
}
