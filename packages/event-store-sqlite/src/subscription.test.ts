import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventStore } from '@dulian/event-sourcing'
import { subscriptionSuite } from '@dulian/event-sourcing/testing'
import type { ViewEngine } from '@dulian/views'
import { openSqliteViews } from '@dulian/views-sqlite'
import { openSqliteEvents } from './index.ts'

subscriptionSuite('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-subscriptions-'))
  const stores: EventStore[] = []
  const engines: ViewEngine[] = []
  return {
    store: async () => {
      const store = openSqliteEvents({ file: join(folder, 'events.db') })
      stores.push(store)
      return store
    },
    views: async (clock) => {
      const engine = openSqliteViews({ folder: join(folder, 'views'), clock: () => clock.now() })
      engines.push(engine)
      return engine
    },
    dispose: async () => {
      for (const engine of engines) await engine.close()
      for (const store of stores) await store.close()
      await rm(folder, { recursive: true })
    },
  }
})
