import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openCalendar } from '@dulian/calendar'
import { fakeClock, isDomainError } from '@dulian/event-sourcing'
import { openFolderFileStore } from '@dulian/files'
import { Host } from '../src/index.ts'
import { startTestHost, type TestHost } from '../src/testing/index.ts'
import { mistake } from './bell-projections.ts'
import { access, notes, tower, village } from './bell-services.ts'

const ringer = { roles: ['ringer'] }
const operator = { roles: ['operator'], subject: 'operator' }

describe('a host of two services', () => {
  let host: TestHost
  before(async () => {
    host = await startTestHost({ services: [tower, village], access })
  })
  after(() => host.dispose())

  test('a command is answered with its position, and a query at that position sees it', async () => {
    const rung = await host.as(ringer).post('/api/tower/bells', { times: 3, note: '上课' })
    assert.equal(rung.status, 201)
    const list = await host.as(ringer).get('/api/tower/bells', { 'min-position': rung.body.position })
    assert.deepEqual(
      list.body.items.map((bell: { times: number }) => bell.times),
      [1, 3],
    )
    assert.equal(list.headers['view-lag'], '0')
  })

  test('another office sees nothing of it and cannot act on it', async () => {
    const rung = await host.as(ringer).post('/api/tower/bells', { times: 5, note: '集合' })
    const stranger = host.as({ ...ringer, office: 'qijiang' })
    const list = await stranger.get('/api/tower/bells', { 'min-position': rung.body.position })
    assert.deepEqual(list.body.items, [])
    const again = await stranger.post(`/api/tower/bells/${rung.body.id}/ring`, { times: 1, note: 'x' }, { ifMatch: 1 })
    assert.equal(again.status, 404)
  })

  test('what one service announces arrives once in the other, with its office', async () => {
    const key = 'the-same-command'
    const first = await host.as(ringer).post('/api/tower/bells', { times: 1, note: '放学' }, { key })
    const repeat = await host.as(ringer).post('/api/tower/bells', { times: 1, note: '放学' }, { key })
    assert.deepEqual(repeat.body, first.body)
    await host.settle()
    const view = host.host.service('village').view(notes.space.name)
    const page = await view.find('notes', { where: { note: '放学' } })
    assert.deepEqual(
      page.items.map(({ document }) => document),
      [{ note: '放学', office: 'yongchuan' }],
    )
  })

  test('each day begins exactly once, also over a gap and after the clock was set back', async () => {
    const dawns = async (): Promise<string[]> => {
      const events = await host.host.service('tower').store.readStream('bell-yongchuan-dawn')
      return events.map((event) => (event.data as { note: string }).note)
    }
    await host.moveTo('2026-03-05T16:30:00Z')
    const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']
    assert.deepEqual(await dawns(), days)
    await host.moveTo('2026-03-04T03:00:00Z')
    await host.moveTo('2026-03-06T03:00:00Z')
    assert.deepEqual(await dawns(), days)
    await host.moveTo('2026-03-07T03:00:00Z')
    assert.deepEqual(await dawns(), [...days, '2026-03-07'])
  })

  test('a poison event is parked, shown to the operator, and healed by a replay; both are on record', async () => {
    const bad = await host.as(ringer).post('/api/tower/bells', { times: 7, note: mistake.note })
    await host.as(ringer).post(`/api/tower/bells/${bad.body.id}/ring`, { times: 2, note: '后来' }, { ifMatch: 1 })
    const good = await host.as(ringer).post('/api/tower/bells', { times: 11, note: '午休' })
    await host.settle()
    const list = await host.as(ringer).get('/api/tower/bells', { 'min-position': good.body.position })
    assert.ok(
      list.body.items.some((bell: { times: number }) => bell.times === 11),
      'the rest went on',
    )

    const status = await host.as(operator).get('/api/tower/system/status')
    const { parked } = status.body.subscriptions.find(({ name }: { name: string }) => name === 'rings')
    assert.equal(parked.length, 2)
    const poison = parked.find(({ error }: { error: string }) => error !== 'BLOCKED')
    const path = '/api/tower/system/subscriptions/rings/replay'
    assert.equal((await host.as(ringer).post(path, { eventId: poison.eventId })).status, 403)
    const failed = await host.as(operator).post(path, { eventId: poison.eventId })
    assert.deepEqual([failed.status, failed.body.code], [409, 'REPLAY_FAILED'])

    mistake.mended = true
    const healed = await host.as(operator).post(path, { eventId: poison.eventId })
    assert.deepEqual([healed.status, healed.body.handled], [200, 2])
    const after = await host.as(ringer).get('/api/tower/bells')
    assert.ok(after.body.items.some((bell: { times: number }) => bell.times === 9))
    const operations = await host.host
      .service('tower')
      .store.readStream(`operation-all-${new Date(host.clock.now()).toISOString().slice(0, 10)}`)
    assert.deepEqual(
      operations.map(({ type, meta }) => [type, meta.actor]),
      [['parked-event-replayed.v1', 'operator']],
    )
    assert.equal((await host.as(operator).post(path, { eventId: poison.eventId })).body.code, 'PARKED_EVENT_NOT_FOUND')
  })

  test('a rebuild in its own thread ends with the same view, and the old one answers meanwhile', async () => {
    const village = host.host.service('village')
    const view = village.view('notes')
    const documents = async (): Promise<unknown> =>
      (await view.find('notes', { where: {}, sort: [['note', 'asc']], limit: 1_000 })).items
    await host.settle()
    const before = await documents()
    const rebuilt = village.rebuild('notes')
    assert.deepEqual(await documents(), before)
    assert.throws(
      () => village.rebuild('notes'),
      (error) => isDomainError(error, 'REBUILD_RUNNING'),
    )
    await rebuilt
    assert.deepEqual(await documents(), before)
    assert.equal((await village.viewStatus())[0]?.generation, 2)
    await host.as(ringer).post('/api/tower/bells', { times: 1, note: '重建之后' })
    await host.settle()
    assert.equal(await view.count('notes', { note: '重建之后' }), 1)
  })

  test('a second process on the same data folder is refused and told who has it', async () => {
    await assert.rejects(
      Host.open({
        services: [tower],
        engines: { dataFolder: host.folder, events: 'sqlite', bus: 'sqlite', views: 'sqlite' },
        clock: fakeClock(0),
        calendar: openCalendar(),
        log: { info() {}, warn() {}, error() {} },
        openFiles: (folder) => openFolderFileStore({ folder }),
        pid: 1,
      }),
      (error) => isDomainError(error, 'DATA_FOLDER_IN_USE') && error.details.pid === process.pid,
    )
  })
})

test('stopped and started again on the same folder, a host has everything and does nothing twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-restart-'))
  let host = await startTestHost({ services: [tower, village], access, folder })
  await host.as(ringer).post('/api/tower/bells', { times: 4, note: '第一次' })
  await host.dispose()
  host = await startTestHost({ services: [tower, village], access, folder })
  await host.settle()
  const list = await host.as(ringer).get('/api/tower/bells')
  assert.deepEqual(
    list.body.items.map((bell: { times: number }) => bell.times),
    [1, 4],
  )
  assert.equal(await host.host.service('village').view('notes').count('notes', {}), 2)
  await host.dispose()
  await rm(folder, { recursive: true })
})
