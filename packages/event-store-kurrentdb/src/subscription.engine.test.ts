import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe } from 'node:test'
import type { EventStore } from '@dulian/event-sourcing'
import { subscriptionSuite } from '@dulian/event-sourcing/testing'
import { engineToSkip, findEngine } from '@dulian/test-engines'
import type { ViewEngine } from '@dulian/views'
import { openSqliteViews } from '@dulian/views-sqlite'
import { openKurrentEvents } from './index.ts'

const engine = await findEngine('kurrentdb')

describe(`KurrentDB: ${engine?.title}`, { skip: engineToSkip(engine, 'kurrentdb') }, () => {
  after(() => engine?.stop())

  subscriptionSuite('KurrentDB', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dulian-subscriptions-'))
    const service = `test-${randomUUID()}`
    const stores: EventStore[] = []
    const engines: ViewEngine[] = []
    return {
      store: async () => {
        const store = openKurrentEvents({ address: engine?.address ?? '', service })
        stores.push(store)
        return store
      },
      views: async (clock) => {
        const views = openSqliteViews({ folder: join(folder, 'views'), clock: () => clock.now() })
        engines.push(views)
        return views
      },
      dispose: async () => {
        for (const views of engines) await views.close()
        for (const store of stores) await store.close()
        await rm(folder, { recursive: true })
      },
    }
  })
})
