import { type Clock, type EventStore, newId, Subscription, type SubscriptionProblem } from '@dulian/event-sourcing'
import type { ViewSpace } from '@dulian/views'
import { type EngineSettings, isEmbedded } from './engines.ts'
import type { ServiceLog } from './service-log.ts'

type Following = Pick<
  ConstructorParameters<typeof Subscription>[0],
  'filter' | 'handle' | 'prefetch' | 'flush' | 'pace'
>

/** Makes the subscriptions of one service's store: one holder of leases, one log. */
export function followersOf(
  service: string,
  store: EventStore,
  { settings, clock, log }: { readonly settings: EngineSettings; readonly clock: Clock; readonly log: ServiceLog },
): (space: ViewSpace, following: Following) => Subscription {
  // On the embedded engines the locked data folder already proves that there is nobody else, so the name stays the same:
  // after a crash the next process takes its own leases back at once instead of waiting them out.
  const holder = isEmbedded(settings, 'views') ? 'host' : newId(clock.now())
  return (space, following) =>
    new Subscription({
      name: space.definition.name,
      store,
      space,
      clock,
      holder,
      ...following,
      onProblem: (problem) => report(service, log, problem),
    })
}

function report(service: string, log: ServiceLog, problem: SubscriptionProblem): void {
  const facts = { service, subscription: problem.subscription }
  if (problem.kind === 'lease-lost') log.info(facts, '订阅的租约已交给别处')
  else if (problem.kind === 'parked')
    log.error({ ...facts, eventId: problem.event.id, type: problem.event.type, err: problem.error }, '事件已停放')
  else
    log.warn({ ...facts, attempt: problem.attempt, eventId: problem.event?.id, err: problem.error }, '处理失败，将重试')
}
