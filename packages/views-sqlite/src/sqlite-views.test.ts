import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { viewEngineSuite } from '@dulian/views/testing'
import { openSqliteViews } from './index.ts'

viewEngineSuite('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'views-'))
  let now = Date.parse('2026-05-20T08:00:00Z')
  const clock = {
    now: () => now,
    advance: (ms: number) => {
      now += ms
    },
  }
  const open = () => openSqliteViews({ folder, clock: clock.now })
  let engine = open()
  return {
    engine: async () => engine,
    reopen: async () => {
      await engine.close()
      engine = open()
      return engine
    },
    another: async () => open(),
    clock,
    dispose: async () => {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
})
