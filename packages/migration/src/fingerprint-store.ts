import type { EventStore } from '@dulian/event-sourcing'
import { eventPages } from './event-pages.ts'
import { Fingerprint, type FingerprintSummary } from './fingerprint.ts'

/** What all events of a store come down to. */
export async function fingerprintStore(store: EventStore): Promise<FingerprintSummary> {
  const fingerprint = new Fingerprint()
  for await (const events of eventPages(store)) for (const event of events) fingerprint.add(event)
  return fingerprint.summary()
}
