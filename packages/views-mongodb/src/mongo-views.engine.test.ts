import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { findEngine, noEngine } from '@dulian/test-engines'
import { viewEngineSuite } from '@dulian/views/testing'
import { openMongoViews } from './index.ts'
import { PATIENT } from './testing/patience.ts'

const engine = await findEngine('mongodb')

if (engine === undefined) {
  describe('views: MongoDB', () => {
    test('the contract of the port', { skip: noEngine('mongodb') }, () => {})
  })
} else {
  viewEngineSuite(`MongoDB (${engine.title})`, async () => {
    const service = `test-${randomUUID()}`
    let now = Date.parse('2026-05-20T08:00:00Z')
    const clock = {
      now: () => now,
      advance: (ms: number) => {
        now += ms
      },
    }
    const open = () => openMongoViews({ address: engine.address, service, clock: clock.now, ...PATIENT })
    let views = open()
    return {
      engine: async () => views,
      reopen: async () => {
        await views.close()
        views = open()
        return views
      },
      another: async () => open(),
      clock,
      dispose: async () => {
        await views.close()
        await engine.stop()
      },
    }
  })
}
