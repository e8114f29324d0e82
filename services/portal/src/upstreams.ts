import { isReady } from '@dulian/http-kit'
import { portalError } from './errors.ts'

const LOOK_EVERY_MS = 1_000

interface Instance {
  readonly address: string
  ready: boolean
}

/**
 * The processes behind the door: one or more of each service. Requests go in turn to those that say they are ready; one that
 * is about to stop says so first and gets no new ones. While none is ready they go to all: a service whose store is away
 * still answers what it can.
 */
export class Upstreams {
  readonly #services: ReadonlyMap<string, readonly Instance[]>
  readonly #turns = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #closed = false

  /** Service name → addresses of its processes. */
  constructor(services: Readonly<Record<string, readonly string[]>>) {
    this.#services = new Map(
      Object.entries(services).map(([service, addresses]) => [
        service,
        // Taken to be ready until a look shows otherwise, so that the first request does not wait for one.
        addresses.map((address) => ({ address, ready: true })),
      ]),
    )
  }

  get services(): readonly string[] {
    return [...this.#services.keys()]
  }

  /** Looks at everybody every second, until `close`. */
  start(): void {
    const again = (): void => {
      if (this.#closed) return
      this.#timer = setTimeout(() => void this.look().then(again), LOOK_EVERY_MS)
      this.#timer.unref()
    }
    void this.look().then(again)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#looking
  }

  /** A process of whichever service has one that is ready, for what every one of them answers. */
  nextOfAny(): { readonly service: string; readonly address: string } {
    const ready = [...this.#services].find(([, instances]) => instances.some((instance) => instance.ready))
    const service = ready?.[0] ?? this.services[0]
    if (service === undefined) throw portalError('UPSTREAM_UNAVAILABLE', { service: 'audit' })
    return { service, address: this.next(service) }
  }

  /** The process that the next request of a service goes to. Throws for a service that is not behind this door. */
  next(service: string): string {
    const all = this.#of(service)
    const ready = all.filter((instance) => instance.ready)
    const candidates = ready.length > 0 ? ready : all
    const turn = this.#turns.get(service) ?? 0
    this.#turns.set(service, turn + 1)
    const chosen = candidates[turn % candidates.length]
    if (chosen === undefined) throw new TypeError(`the service ${service} has no address`)
    return chosen.address
  }

  /** It refused a connection: others are asked until it says that it is ready again. */
  failed(service: string, address: string): void {
    const instance = this.#of(service).find((candidate) => candidate.address === address)
    if (instance !== undefined) instance.ready = false
  }

  /** Whether each process is ready, by service; asks them. */
  async look(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = undefined
    })
    await this.#looking
  }

  /** Service → addresses' readiness as last seen. */
  readiness(): Readonly<Record<string, readonly boolean[]>> {
    return Object.fromEntries([...this.#services].map(([name, all]) => [name, all.map(({ ready }) => ready)]))
  }

  async #lookAtAll(): Promise<void> {
    await Promise.all(
      [...this.#services.values()].flat().map(async (instance) => {
        instance.ready = await isReady(instance.address)
      }),
    )
  }

  #of(service: string): readonly Instance[] {
    const found = this.#services.get(service)
    if (found === undefined) throw new TypeError(`no service ${service} behind this door`)
    return found
  }
}
