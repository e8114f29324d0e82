import type { PlannedProcesses } from './process-plans.ts'
import { type ProcessReport, SupervisedProcess, type Surroundings } from './supervised-process.ts'

/** The processes of one instance: starts them in order, keeps them running, renews them one after the other. */
export class Supervisor {
  readonly #services: readonly SupervisedProcess[]
  readonly #portal: SupervisedProcess
  #renewing: Promise<void> = Promise.resolve()
  #stopping = false

  constructor(plans: PlannedProcesses, around: Surroundings) {
    this.#services = plans.services.map((plan) => new SupervisedProcess(plan, around))
    this.#portal = new SupervisedProcess(plans.portal, around)
  }

  get address(): string {
    return this.#portal.plan.address
  }

  reports(): readonly ProcessReport[] {
    return [this.#portal, ...this.#services].map((managed) => managed.report())
  }

  /** The services first, all at once; the door when they are ready, or a minute has passed. True when everything is ready. */
  async start(): Promise<boolean> {
    const ready = await Promise.all(this.#services.map((managed) => managed.start()))
    if (this.#stopping) return false
    return (await this.#portal.start()) && ready.every((isReady) => isReady)
  }

  /**
   * Stops and starts each process in turn, the next one when the last is ready again: where a service has two, one of
   * them always answers. Calls while it is under way wait for it.
   */
  renew(): Promise<void> {
    this.#renewing = this.#renewing.then(async () => {
      for (const managed of [...this.#services, this.#portal]) {
        if (this.#stopping) return
        await managed.stop()
        await managed.start()
      }
    })
    return this.#renewing
  }

  /** The door first, so that nobody is sent to a service that has gone. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#portal.stop()
    await Promise.all(this.#services.map((managed) => managed.stop()))
    await this.#renewing
  }

  kill(): void {
    for (const managed of [this.#portal, ...this.#services]) managed.kill()
  }
}
