import { randomUUID } from 'node:crypto'
import { after, describe } from 'node:test'
import { eventImportSuite, eventStoreSuite } from '@dulian/event-sourcing/testing'
import { engineToSkip, findEngine } from '@dulian/test-engines'
import { openKurrentEvents } from './index.ts'

const engine = await findEngine('kurrentdb')

describe(`KurrentDB: ${engine?.title}`, { skip: engineToSkip(engine, 'kurrentdb') }, () => {
  after(() => engine?.stop())

  for (const suite of [eventStoreSuite, eventImportSuite]) {
    suite('KurrentDB', async () => {
      const address = engine?.address ?? ''
      // A server keeps what it was given: each case has a service of its own.
      const service = `test-${randomUUID()}`
      return {
        open: async (options) => openKurrentEvents({ address, service, ...options }),
        gaplessPositions: false,
        usesGivenClock: true,
        dispose: async () => {},
      }
    })
  }
})
