import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openCalendar } from '@dulian/calendar'
import { fakeClock } from '@dulian/event-sourcing'
import { openFolderFileStore } from '@dulian/files'
import { Host } from '../src/index.ts'
import { tower, village } from './bell-services.ts'

test('a late view lies still while everything else settles, and has everything once it is filled or waited for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-late-'))
  const clock = fakeClock(Date.parse('2026-03-02T01:00:00Z'))
  const host = await Host.open({
    services: [tower, village],
    engines: { dataFolder: folder, events: 'sqlite', bus: 'sqlite', views: 'sqlite' },
    clock,
    calendar: openCalendar(),
    log: { info() {}, warn() {}, error() {} },
    openFiles: (files) => openFolderFileStore({ folder: files }),
    pid: process.pid,
    hurried: true,
    isLate: (view) => view === 'rings',
  })
  const rings = host.service('tower').view('rings')
  const known = async () => (await rings.find('rings', { where: {}, limit: 10 })).items.map(({ document }) => document)
  const dawn = async (day: string) => {
    clock.set(Date.parse(`${day}T03:00:00Z`))
    await host.tick()
    await host.settle('prompt')
  }
  try {
    await host.start()
    await dawn('2026-03-03')
    assert.deepEqual(await known(), [])
    assert.ok((await rings.lag()) > 0)

    await host.settle()
    assert.equal(await rings.lag(), 0)
    const [followed] = await known()
    assert.ok(followed !== undefined)

    await dawn('2026-03-05')
    assert.deepEqual(await known(), [followed])
    await host.fillLate(0)
    await host.settle()
    assert.equal(rings.space.generation, 2)
    const [filled] = await known()
    assert.ok(Number(filled?.times) > Number(followed.times))
  } finally {
    await host.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
