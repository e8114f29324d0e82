import { after, before, describe } from 'node:test'
import { BusCase, type BusHarness } from './bus-case.ts'
import { deadLetterCases } from './dead-letter-cases.ts'
import { deliveryCases } from './delivery-cases.ts'
import { restartCases } from './restart-cases.ts'

/** The contract of the message port, as tests an adapter runs unchanged. */
export function busSuite(name: string, makeHarness: () => Promise<BusHarness>): void {
  describe(`bus: ${name}`, () => {
    let harness: BusHarness | undefined
    before(async () => {
      harness = await makeHarness()
    })
    after(async () => {
      await harness?.dispose()
    })
    const start = (): BusCase => {
      if (harness === undefined) throw new Error('the harness is not there')
      return new BusCase(harness)
    }
    deliveryCases(start)
    deadLetterCases(start)
    restartCases(start)
  })
}
