import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendedEventsSuite, eventImportSuite, eventStoreSuite } from '@dulian/event-sourcing/testing'
import { openSqliteEvents } from './index.ts'

for (const suite of [eventStoreSuite, appendedEventsSuite, eventImportSuite]) {
  suite('sqlite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dulian-events-'))
    return {
      open: async (options) => openSqliteEvents({ file: join(folder, 'events.db'), ...options }),
      gaplessPositions: true,
      usesGivenClock: true,
      dispose: async () => rmSync(folder, { recursive: true, force: true }),
    }
  })
}
