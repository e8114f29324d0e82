import { after, before, describe } from 'node:test'
import { generationCases } from './generation-cases.ts'
import { leaseCases } from './lease-cases.ts'
import { pagingCases } from './paging-cases.ts'
import { queryCases } from './query-cases.ts'
import { ViewCase, type ViewEngineHarness } from './view-case.ts'
import { writeCases } from './write-cases.ts'

/** The contract of the read-model port, as tests an adapter runs unchanged. */
export function viewEngineSuite(name: string, makeHarness: () => Promise<ViewEngineHarness>): void {
  describe(`views: ${name}`, () => {
    let harness: ViewEngineHarness | undefined
    before(async () => {
      harness = await makeHarness()
    })
    after(async () => {
      await harness?.dispose()
    })
    const start = (): ViewCase => {
      if (harness === undefined) throw new Error('the harness is not there')
      return new ViewCase(harness)
    }
    writeCases(start)
    queryCases(start)
    pagingCases(start)
    leaseCases(start)
    generationCases(start)
  })
}
