import type { Clock, EventStore, SubscriptionStatus } from '@dulian/event-sourcing'
import { counter, type Meter, type MetricDeclaration, observableGauge } from '@dulian/http-kit'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { answerWithin } from './answer-within.ts'
import type { Host } from './host.ts'
import type { RunningService } from './running-service.ts'
import type { ServiceDefinition } from './service-definition.ts'

/** What a host measures of its services. Labels name code and settings: no person, office, stream or event id. */
export const serviceMetrics = {
  viewLag: {
    name: 'dulian.view.lag',
    kind: 'gauge',
    unit: '{event}',
    description: 'Events that a view has not seen yet',
    labels: ['service', 'view'],
  },
  viewAge: {
    name: 'dulian.view.age',
    kind: 'gauge',
    unit: 's',
    description: 'How old the state is that a view shows',
    labels: ['service', 'view'],
  },
  parked: {
    name: 'dulian.subscription.parked',
    kind: 'gauge',
    unit: '{event}',
    description: 'Events that a subscription has set aside',
    labels: ['service', 'subscription'],
  },
  state: {
    name: 'dulian.subscription.state',
    kind: 'gauge',
    unit: '{state}',
    description: '1 for the state that a subscription is in, 0 for the others',
    labels: ['service', 'subscription', 'state'],
  },
  busLag: {
    name: 'dulian.bus.lag',
    kind: 'gauge',
    unit: '{message}',
    description: 'Messages of a topic that a service has not handled yet',
    labels: ['service', 'topic'],
  },
  busIdle: {
    name: 'dulian.bus.idle',
    kind: 'gauge',
    unit: 's',
    description: 'Time since the last sign of life of the consumer of a service',
    labels: ['service'],
  },
  deadLetters: {
    name: 'dulian.dead_letters',
    kind: 'gauge',
    unit: '{message}',
    description: 'Messages that a service could not handle and that wait for a decision',
    labels: ['service'],
  },
  appended: {
    name: 'dulian.events.appended',
    kind: 'counter',
    unit: '{event}',
    description: 'Events stored by this process, by stored type',
    labels: ['service', 'type'],
  },
  commands: {
    name: 'dulian.commands',
    kind: 'counter',
    unit: '{command}',
    description: 'Commands answered, by how they ended',
    labels: ['service', 'outcome'],
  },
} as const satisfies Record<string, MetricDeclaration>

const states: readonly SubscriptionStatus['state'][] = [
  'stopped',
  'waiting-for-lease',
  'running',
  'caught-up',
  'failing',
]

/** An engine that is down makes its own figures disappear, not those of the others, and not the export late. */
const ANSWER_WITHIN_MS = 5_000

/** Shows the state of all services whenever the metrics are exported; answers how to stop. */
export function observeServices(host: Host, clock: Clock, meter: Meter): () => void {
  const viewLag = observableGauge(meter, serviceMetrics.viewLag)
  const viewAge = observableGauge(meter, serviceMetrics.viewAge)
  const parked = observableGauge(meter, serviceMetrics.parked)
  const state = observableGauge(meter, serviceMetrics.state)
  const busLag = observableGauge(meter, serviceMetrics.busLag)
  const busIdle = observableGauge(meter, serviceMetrics.busIdle)
  const deadLetters = observableGauge(meter, serviceMetrics.deadLetters)
  const gauges = [viewLag, viewAge, parked, state, busLag, busIdle, deadLetters]
  type Observer = Parameters<Parameters<Meter['addBatchObservableCallback']>[0]>[0]

  async function observe(running: RunningService, result: Observer): Promise<void> {
    const service = running.definition.name
    for (const { name, parked: count, state: current } of running.subscriptions()) {
      result.observe(parked, count, { service, subscription: name })
      for (const one of states)
        result.observe(state, one === current ? 1 : 0, { service, subscription: name, state: one })
    }
    await Promise.all([
      ifAnswered(running.viewStatus(), (views) => {
        for (const { name, lag, state } of views) {
          // Who waits for the lease does not follow: another instance knows how far the view is.
          if (state === 'waiting-for-lease') continue
          result.observe(viewLag, lag, { service, view: name })
          result.observe(viewAge, secondsSince(Date.parse(running.view(name).asOf()), clock), { service, view: name })
        }
      }),
      observeConsumer(running, result),
      ifAnswered(running.deadLetters(), (letters) => result.observe(deadLetters, letters.length, { service })),
    ])
  }

  async function observeConsumer({ definition, consumer }: RunningService, result: Observer): Promise<void> {
    if (consumer === undefined) return
    const service = definition.name
    result.observe(busIdle, secondsSince(consumer.lastActivity(), clock), { service })
    await ifAnswered(consumer.lag(), (lag) => {
      for (const [topic, messages] of Object.entries(lag)) result.observe(busLag, messages, { service, topic })
    })
  }

  const callback = async (result: Observer): Promise<void> => {
    await Promise.all(host.services.map((service) => observe(service, result)))
  }
  meter.addBatchObservableCallback(callback, gauges)
  return () => meter.removeBatchObservableCallback(callback, gauges)
}

/** The store itself when nobody measures; else one that counts what it appends, a repeated command not again. */
export function countingStore(store: EventStore, definition: ServiceDefinition, meter: Meter | undefined): EventStore {
  if (meter === undefined) return store
  const service = definition.name
  const appended = counter(meter, serviceMetrics.appended)
  // A series that begins with its first event hides it: an increase is only seen from a nought.
  for (const type of knownTypes(definition)) appended.add(0, { service, type })
  return {
    async append(stream, events, options) {
      const answer = await store.append(stream, events, options)
      if (!answer.repeated) for (const { type } of events) appended.add(1, { service, type })
      return answer
    },
    readStream: (...parameters) => store.readStream(...parameters),
    readAll: (options) => store.readAll(options),
    head: () => store.head(),
    onAppended: (listener) => store.onAppended(listener),
    close: () => store.close(),
  }
}

function knownTypes({ projections, publishes }: ServiceDefinition): ReadonlySet<string> {
  return new Set([...projections, ...publishes].flatMap(({ types }) => types))
}

/** Counts the commands among the routes of one service. Register before the routes. */
export function countCommands(app: FastifyInstance, service: string, meter: Meter): void {
  const commands = counter(meter, serviceMetrics.commands)
  app.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.config.isCommand === true) commands.add(1, { service, outcome: outcomeOf(reply) })
    done()
  })
}

function outcomeOf(reply: FastifyReply): string {
  const { statusCode } = reply
  if (statusCode < 400) return reply.hasHeader('idempotency-replayed') ? 'repeated' : 'done'
  return outcomes[statusCode] ?? (statusCode < 500 ? 'invalid' : 'failed')
}

const outcomes: Readonly<Record<number, string>> = {
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  409: 'refused',
  412: 'outdated',
  429: 'too-many',
  503: 'unavailable',
}

function secondsSince(instant: number, clock: Clock): number {
  return Math.max(0, (clock.now() - instant) / 1_000)
}

async function ifAnswered<T>(asked: Promise<T>, use: (answer: T) => void): Promise<void> {
  const answer = await answerWithin(asked, ANSWER_WITHIN_MS)
  if (answer.ok) use(answer.value)
}
