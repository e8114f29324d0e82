import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { busSuite } from '@dulian/bus/testing'
import { SqliteBus } from './sqlite-bus.ts'

busSuite('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bus-'))
  const open = (): SqliteBus => new SqliteBus({ file: join(folder, 'bus.db') })
  let bus = open()
  return {
    bus: async () => bus,
    reopen: async () => {
      await bus.close()
      bus = open()
      return bus
    },
    crash: async () => {
      bus.abandon()
      bus = open()
      return bus
    },
    dispose: async () => {
      await bus.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
})
