import { type EventStore, eventSourcingError, type Position } from '@dulian/event-sourcing'
import type { Freshness } from '@dulian/http-kit'

/** How long to wait, in milliseconds: a person less long than a policy, which is tried again. */
const PERSON = 5_000
const POLICY = 10_000

/** Waits until a view has seen a position, so that a policy misses nothing stored before it. Throws `CHECK_BEHIND`. */
export async function awaitPosition(view: Freshness, position: Position, patience = POLICY): Promise<void> {
  if (!(await view.waitFor(position, patience))) throw eventSourcingError('CHECK_BEHIND', { lag: await view.lag() })
}

/**
 * Waits until a view has seen everything stored so far: what is counted in it afterwards misses nothing acknowledged.
 * Throws `CHECK_BEHIND`.
 */
export async function awaitHead(view: Freshness, store: Pick<EventStore, 'head'>, patience = PERSON): Promise<void> {
  await awaitPosition(view, await store.head(), patience)
}
