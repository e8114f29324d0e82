import { type EventStore, eventSourcingError } from '@dulian/event-sourcing'
import type { Freshness } from '@dulian/http-kit'

const PATIENCE = 2_000

/** Waits until a view has seen everything stored so far: what is counted in it afterwards misses nothing acknowledged. */
export async function caughtUp(store: Pick<EventStore, 'head'>, view: Freshness): Promise<void> {
  const head = await store.head()
  if (!(await view.waitFor(head, PATIENCE))) throw eventSourcingError('VIEW_BEHIND', { lag: await view.lag() })
}
