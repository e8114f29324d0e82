import type { Bus, Consumer, DeliveredMessage } from '@dulian/bus'
import { type EventStore, streamName } from '@dulian/event-sourcing'
import { INBOX } from './inbox.ts'
import type { MessageContract } from './message-contract.ts'

/**
 * Records what other services announce as events of the service's own store. The message's id is the event's id, so
 * a redelivered message is stored once; a message that does not keep its contract becomes a dead letter.
 */
export async function consumeInbox(options: {
  readonly service: string
  readonly bus: Bus
  readonly store: EventStore
  readonly contracts: readonly MessageContract[]
}): Promise<Consumer | undefined> {
  const { service, bus, store, contracts } = options
  if (contracts.length === 0) return undefined
  const byType = new Map(contracts.map((contract) => [contract.type, contract]))
  return await bus.subscribe({
    group: service,
    topics: [...new Set(contracts.map((contract) => contract.topic))],
    handle: async (message) => {
      const contract = byType.get(message.type)
      if (contract === undefined) return
      const data = contract.schema.parse(message.data)
      await store.append(
        streamName(INBOX, officeOf(message), message.subject),
        [{ id: message.id, type: message.type, data }],
        {
          expected: 'any',
          meta: {
            correlationId: message.extensions.correlationid ?? message.id,
            causationId: message.id,
            actor: `service:${contract.service}`,
            office: officeOf(message),
            ...(message.extensions.traceparent === undefined ? {} : { traceparent: message.extensions.traceparent }),
          },
        },
      )
    },
  })
}

/** `/offices/<office>/<service>` */
function officeOf(message: DeliveredMessage): string {
  const office = /^\/offices\/([a-z][a-z0-9]{1,31})\//.exec(message.source)?.[1]
  if (office === undefined) throw new TypeError('message source names no office')
  return office
}
