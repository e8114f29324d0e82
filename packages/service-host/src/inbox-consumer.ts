import { setTimeout as delay } from 'node:timers/promises'
import type { Bus, Consumer, DeliveredMessage } from '@dulian/bus'
import { type EventStore, isStorageTrouble, streamName } from '@dulian/event-sourcing'
import { comesNewer, factOf } from './contract-versions.ts'
import { INBOX } from './inbox.ts'
import type { MessageContract } from './message-contract.ts'
import { sharedAnswer } from './shared-answer.ts'

/** Milliseconds for which an answer on how far behind it is will do: several machines watch, each every second. */
const LAG_KEPT_MS = 2_000

/**
 * Records what other services announce as events of the service's own store. The message's id is the event's id, so
 * a redelivered message is stored once; a message that does not keep its contract becomes a dead letter. One that the
 * storage does not take now waits until it does.
 */
export async function consumeInbox(options: {
  readonly service: string
  readonly bus: Bus
  readonly store: EventStore
  readonly contracts: readonly MessageContract[]
  /** Milliseconds between tries while the storage takes nothing; a second when absent. */
  readonly lookAgain?: number
}): Promise<Consumer | undefined> {
  const { service, bus, store, contracts, lookAgain = 1_000 } = options
  if (contracts.length === 0) return undefined
  const byType = new Map(contracts.map((contract) => [contract.type, contract]))
  const closing = new AbortController()

  /** Throws the storage's own error when the consumer closes first: the message is then delivered again. */
  async function untilStored(append: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await append()
        return
      } catch (error) {
        if (!isStorageTrouble(error) || closing.signal.aborted) throw error
        await delay(lookAgain, undefined, { signal: closing.signal }).catch(() => {})
      }
    }
  }

  const consumer = await bus.subscribe({
    group: service,
    topics: [...new Set(contracts.map((contract) => contract.topic))],
    handle: async (message) => {
      const contract = byType.get(message.type)
      if (contract === undefined || comesNewer(message, byType)) return
      const data = contract.schema.parse(message.data)
      const stream = streamName(INBOX, officeOf(message), message.subject)
      const event = { id: factOf(message), type: message.type, data }
      const meta = {
        correlationId: message.extensions.correlationid ?? message.id,
        causationId: message.id,
        actor: `service:${contract.service}`,
        office: officeOf(message),
        ...(message.extensions.traceparent === undefined ? {} : { traceparent: message.extensions.traceparent }),
      }
      await untilStored(() => store.append(stream, [event], { expected: 'any', meta }))
    },
  })
  return {
    caughtUp: () => consumer.caughtUp(),
    lag: sharedAnswer(() => consumer.lag(), LAG_KEPT_MS),
    lastActivity: () => consumer.lastActivity(),
    close() {
      closing.abort()
      return consumer.close()
    },
  }
}

/** `/offices/<office>/<service>` */
function officeOf(message: DeliveredMessage): string {
  const office = /^\/offices\/([a-z][a-z0-9]{1,31})\//.exec(message.source)?.[1]
  if (office === undefined) throw new TypeError('message source names no office')
  return office
}
