import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openCalendar } from '@dulian/calendar'
import { fakeClock, newId } from '@dulian/event-sourcing'
import { openFolderFileStore } from '@dulian/files'
import { Host, openEvents } from '../src/index.ts'
import { bellEvents } from './bell-projections.ts'
import { tower, village } from './bell-services.ts'

const dawnOf = (day: string): number => Date.parse(`${day}T03:00:00Z`)

/** A host on that folder in the morning of that day; `hurried`: its view of rings is late. */
async function openHost(
  folder: string,
  day: string,
  settings: { readonly hurried: boolean },
): Promise<{ readonly host: Host; readonly dawn: (day: string) => Promise<void>; readonly said: string[] }> {
  const clock = fakeClock(dawnOf(day))
  const said: string[] = []
  const host = await Host.open({
    services: [tower, village],
    engines: engines(folder),
    clock,
    calendar: openCalendar(),
    log: { info: (_facts, message) => void said.push(message), warn() {}, error() {} },
    openFiles: (files) => openFolderFileStore({ folder: files }),
    pid: process.pid,
    ...settings,
    isLate: (view) => view === 'rings',
  })
  await host.start()
  return {
    host,
    said,
    async dawn(next) {
      clock.set(dawnOf(next))
      await host.tick()
      await host.settle('prompt')
    },
  }
}

const engines = (folder: string) => ({ dataFolder: folder, events: 'sqlite', bus: 'sqlite', views: 'sqlite' })

/** More than are followed one by one. */
const MANY = 2_500

/** As an import or another program leaves a store: many events that no view has seen. */
async function storeManyBells(folder: string): Promise<void> {
  const store = await openEvents(engines(folder), 'tower', fakeClock(dawnOf('2026-03-01')))
  const bells = Array.from({ length: MANY }, () => ({
    ...bellEvents.encode({ type: 'BellRung', data: { times: 1, note: '旧钟' } }),
    id: newId(dawnOf('2026-03-01')),
  }))
  const meta = { correlationId: newId(0), actor: 'ringer', office: 'yongchuan' }
  await store.append('bell-yongchuan-old', bells, { expected: 'none', meta })
  await store.close()
}

/** How often each bell was rung, the least first. */
async function ringsOf(host: Host): Promise<readonly number[]> {
  const { items } = await host.service('tower').view('rings').find<{ times: number }>('rings', { where: {}, limit: 10 })
  return items.map(({ document }) => document.times).toSorted((a, b) => a - b)
}

const withFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-late-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('a late view lies still while everything else settles, and has everything once it is waited for', async () => {
  await withFolder(async (folder) => {
    const { host, dawn } = await openHost(folder, '2026-03-02', { hurried: true })
    try {
      await dawn('2026-03-03')
      assert.deepEqual(await ringsOf(host), [])
      assert.ok((await host.service('tower').view('rings').lag()) > 0)
      await host.settle()
      assert.equal(await host.service('tower').view('rings').lag(), 0)
      assert.deepEqual(await ringsOf(host), [2])
    } finally {
      await host.stop()
    }
  })
})

test('a view with most of the store before it is built aside after the start, and followed from there', async () => {
  await withFolder(async (folder) => {
    await storeManyBells(folder)
    const { host, dawn, said } = await openHost(folder, '2026-03-02', { hurried: false })
    try {
      const rings = host.service('tower').view('rings')
      await host.settle()
      assert.equal(await rings.lag(), 0)
      assert.equal(rings.space.generation, 2, 'built aside, not followed')
      assert.deepEqual(
        said.filter((message) => message.includes('补建')),
        ['视图远远落后，在旁边补建'],
      )
      assert.deepEqual(await ringsOf(host), [1, MANY])
      await dawn('2026-03-03')
      await host.settle()
      assert.deepEqual(await ringsOf(host), [2, MANY], 'the bell of the morning is followed')
    } finally {
      await host.stop()
    }
    const again = await openHost(folder, '2026-03-04', { hurried: false })
    try {
      await again.host.settle()
      assert.equal(
        again.host.service('tower').view('rings').space.generation,
        2,
        'what stands near the end is followed',
      )
    } finally {
      await again.host.stop()
    }
  })
})

test('a host that stops while it builds a view aside leaves it to the next start', async () => {
  await withFolder(async (folder) => {
    await storeManyBells(folder)
    const cut = await openHost(folder, '2026-03-02', { hurried: false })
    await cut.host.stop()
    const { host } = await openHost(folder, '2026-03-02', { hurried: false })
    try {
      await host.settle()
      assert.deepEqual(await ringsOf(host), [1, MANY])
    } finally {
      await host.stop()
    }
  })
})
