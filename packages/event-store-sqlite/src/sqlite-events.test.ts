import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendedEventsSuite, eventImportSuite, eventStoreSuite } from '@dulian/event-sourcing/testing'
import { openSqliteEvents } from './index.ts'

for (const suite of [eventStoreSuite, appendedEventsSuite, eventImportSuite]) {
  for (const writesInThread of [false, true]) {
    suite(writesInThread ? 'sqlite, written in a thread of its own' : 'sqlite', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'dulian-events-'))
      return {
        open: async (options) => openSqliteEvents({ file: join(folder, 'events.db'), writesInThread, ...options }),
        gaplessPositions: true,
        usesGivenClock: true,
        dispose: async () => rmSync(folder, { recursive: true, force: true }),
      }
    })
  }
}
