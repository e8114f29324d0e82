import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventLog, project, projectionSuite } from '@dulian/event-sourcing/testing'
import { importEvents } from '../../import/events.ts'
import { IMPORTS, type ImportDocument, importsProjection } from './projection.ts'

const finished = '0197a000-0000-7000-8000-000000000901'
const brokenOff = '0197a000-0000-7000-8000-000000000902'
const file = { kind: 'schools', fileName: '学校名单.xlsx', fileHash: 'ab'.repeat(32), rows: 120 } as const
const began = { ...file, startedBy: '示例主任', at: '2026-11-22T01:00:00.000Z' }
const numbers = { created: 100, changed: 12, unchanged: 5, refused: 3 }
const ended = { ...numbers, outcome: 'finished', at: '2026-11-22T01:00:07.000Z' } as const
const { events } = new EventLog()
  .add(importEvents, `import-yongchuan-${brokenOff}`, {
    type: 'ImportBegan',
    data: { ...began, startedBy: null, at: '2026-11-22T00:00:00.000Z' },
  })
  .add(
    importEvents,
    `import-yongchuan-${finished}`,
    { type: 'ImportBegan', data: began },
    { type: 'RegistryImported', data: { ...file, ...ended } },
  )

test('[R1] an import stands with who began it and what it came to; one broken off has no end', async () => {
  const view = await project(importsProjection, events)
  const { at, ...rest } = began
  assert.deepEqual(view.document<ImportDocument>(IMPORTS, finished), {
    ...rest,
    ...{ importId: finished, office: 'yongchuan', startedAt: at, ended },
  })
  const lost = view.document<ImportDocument>(IMPORTS, brokenOff)
  assert.deepEqual([lost?.ended, lost?.startedBy, lost?.startedAt], [null, null, '2026-11-22T00:00:00.000Z'])
})

projectionSuite(importsProjection, events)
