import type { Clock } from '@dulian/event-sourcing'
import type { ConsumerHealth, Readiness, ViewHealth } from '@dulian/http-kit'
import { answerWithin } from './answer-within.ts'
import type { Host } from './host.ts'
import type { RunningService } from './running-service.ts'

export interface ReadinessLimits {
  /** A view further behind than this, in events, makes the instance not ready. */
  readonly lag: number
  /** So does a consumer without a sign of life for this many milliseconds. */
  readonly idle: number
  /** And an engine that has not answered after this many. */
  readonly answer: number
  /** An answer is given to everybody who asks within this many milliseconds. */
  readonly shared: number
}

export interface EngineHealth {
  /** Its name; never its address, which may hold a password. */
  readonly engine: string
  readonly ok: boolean
  /** Class and code of its error, or `TIMEOUT`. */
  readonly error?: string
}

/** Asks every engine, view and consumer; answers within the time given whatever hangs. */
export async function readinessOf(
  host: Host,
  clock: Clock,
  engines: Readonly<Record<string, string>>,
  limits: ReadinessLimits,
): Promise<Readiness> {
  const [health, views, consumers] = await Promise.all([
    Promise.all(Object.entries(engines).map(async ([port, engine]) => askEngine(host, port, engine, limits.answer))),
    Promise.all(host.services.map((service) => viewsOf(service, limits.answer))),
    Promise.all(host.services.flatMap((service) => consumersOf(service, clock, limits))),
  ])
  const ok =
    health.every(([, engine]) => engine.ok) &&
    views.every((known) => known?.every(({ lag }) => lag <= limits.lag) ?? false) &&
    consumers.every((consumer) => consumer.ok)
  return { ok, engines: Object.fromEntries(health), views: views.flatMap((known) => known ?? []), consumers }
}

async function askEngine(host: Host, port: string, engine: string, ms: number): Promise<[string, EngineHealth]> {
  const answers = await Promise.all(questionsTo(host, port).map((question) => answerWithin(question(), ms)))
  const failed = answers.find((answer) => !answer.ok)
  return [port, failed === undefined ? { engine, ok: true } : { engine, ok: false, error: failed.error }]
}

/** The cheapest things to ask that the engine cannot answer from memory. */
function questionsTo(host: Host, port: string): readonly (() => Promise<unknown>)[] {
  switch (port) {
    case 'events':
      return host.services.map(
        ({ store }) =>
          async () =>
            await store.head(),
      )
    case 'views':
      // All views of a service stand on one engine: the first answers for it.
      return host.services.flatMap((service) =>
        service.definition.projections.slice(0, 1).map(
          ({ space }) =>
            async () =>
              await service.view(space.name).space.position(),
        ),
      )
    case 'bus':
      return [() => host.bus.check()]
    default:
      throw new TypeError(`no engine of this host is asked for ${port}`)
  }
}

/** Undefined when the store behind them does not say how far they are. */
async function viewsOf(service: RunningService, ms: number): Promise<readonly ViewHealth[] | undefined> {
  const answer = await answerWithin(service.viewStatus(), ms)
  return answer.ok
    ? answer.value.map((view) => ({ ...view, name: `${service.definition.name}/${view.name}` }))
    : undefined
}

function consumersOf(
  service: RunningService,
  clock: Clock,
  limits: ReadinessLimits,
): readonly Promise<ConsumerHealth>[] {
  const { name, consumes } = service.definition
  if (consumes.length === 0) return []
  const { consumer } = service
  if (consumer === undefined) return [Promise.resolve({ service: name, ok: false, lag: null, lastActivity: null })]
  const seen = consumer.lastActivity()
  return [
    answerWithin(consumer.lag(), limits.answer).then((lag) => ({
      service: name,
      ok: clock.now() - seen <= limits.idle,
      lag: lag.ok ? lag.value : null,
      lastActivity: new Date(seen).toISOString(),
    })),
  ]
}
