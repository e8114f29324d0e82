import { deterministicId, type EventStore, eventCatalogue, newId, streamName } from '@dulian/event-sourcing'
import { z } from 'zod'

const ByOperator = z.object({ by: z.string(), office: z.string() })

/** What operators did to a running service. Kept in its own streams, one per day, so that each intervention can be answered for. */
export const operationEvents = eventCatalogue({
  ParkedEventReplayed: {
    stored: 'parked-event-replayed.v1',
    schema: ByOperator.extend({ subscription: z.string(), eventId: z.string(), handled: z.number().int() }),
  },
  ParkedEventSkipped: {
    stored: 'parked-event-skipped.v1',
    schema: ByOperator.extend({ subscription: z.string(), eventId: z.string(), handled: z.number().int() }),
  },
  ViewRebuildRequested: { stored: 'view-rebuild-requested.v1', schema: ByOperator.extend({ view: z.string() }) },
  DeadLetterReplayed: { stored: 'dead-letter-replayed.v1', schema: ByOperator.extend({ deadLetter: z.string() }) },
  DeadLetterSkipped: { stored: 'dead-letter-skipped.v1', schema: ByOperator.extend({ deadLetter: z.string() }) },
})

type OperationEvent = Parameters<typeof operationEvents.encode>[0]

export async function recordOperation(store: EventStore, now: number, event: OperationEvent): Promise<void> {
  const id = newId(now)
  await store.append(
    streamName('operation', 'all', new Date(now).toISOString().slice(0, 10)),
    [{ id: deterministicId(id), ...operationEvents.encode(event) }],
    { expected: 'any', meta: { correlationId: id, actor: event.data.by, office: 'all' } },
  )
}
