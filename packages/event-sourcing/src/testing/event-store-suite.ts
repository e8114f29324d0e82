import { describe, test } from 'node:test'
import { appendCases } from './event-store-append-cases.ts'
import { EventStoreCase, type EventStoreHarness, type EventStoreTest } from './event-store-case.ts'
import { lifeCases } from './event-store-life-cases.ts'
import { payloadCases } from './event-store-payload-cases.ts'
import { readCases } from './event-store-read-cases.ts'

export type { EventStoreHarness } from './event-store-case.ts'

/** What every event store must hold. Each case has a harness of its own, disposed of afterwards. */
export function eventStoreSuite(name: string, makeHarness: () => Promise<EventStoreHarness>): void {
  const register: EventStoreTest = (sentence, work) => {
    test(sentence, async () => {
      const harness = await makeHarness()
      try {
        const store = await harness.open()
        try {
          await work(new EventStoreCase(harness), store)
        } finally {
          await store.close()
        }
      } finally {
        await harness.dispose()
      }
    })
  }
  describe(`event store: ${name}`, () => {
    appendCases(register)
    readCases(register)
    payloadCases(register)
    lifeCases(register)
  })
}
