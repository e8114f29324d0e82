import { describe, test } from 'node:test'
import { appendCases } from './event-store-append-cases.ts'
import { EventStoreCase, type EventStoreHarness, type EventStoreTest } from './event-store-case.ts'
import { feedCases } from './event-store-feed-cases.ts'
import { lifeCases } from './event-store-life-cases.ts'
import { payloadCases } from './event-store-payload-cases.ts'
import { readCases } from './event-store-read-cases.ts'

export type { EventStoreHarness } from './event-store-case.ts'

/** What every event store must hold. Each case has a harness of its own, disposed of afterwards. */
export function eventStoreSuite(name: string, makeHarness: () => Promise<EventStoreHarness>): void {
  registerWith(makeHarness, `event store: ${name}`, (register) => {
    appendCases(register)
    readCases(register)
    payloadCases(register)
    lifeCases(register)
  })
}

/** What a store must hold, besides, that hands over what was appended. Two stores of a harness are open at a time. */
export function appendedEventsSuite(name: string, makeHarness: () => Promise<EventStoreHarness>): void {
  registerWith(makeHarness, `event store that hands over what was appended: ${name}`, feedCases)
}

/** A suite whose cases each have an open store of a harness of their own. */
export function registerWith(
  makeHarness: () => Promise<EventStoreHarness>,
  title: string,
  cases: (test: EventStoreTest) => void,
): void {
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
  describe(title, () => cases(register))
}
