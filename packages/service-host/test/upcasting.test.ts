import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { newId, streamName } from '@dulian/event-sourcing'
import { versionsBeside } from '../src/contract-versions.ts'
import { publication } from '../src/index.ts'
import type { Platform, ServiceDefinition } from '../src/service-definition.ts'
import { startTestHost, type TestHost } from '../src/testing/index.ts'
import { access, bellHeard, notes, tower, village } from './bell-services.ts'
import { newerBellHeard, newerNotes, newerTower, newerVillage, ringAsBefore, strokes } from './newer-bells.ts'

/** A data folder that outlives the hosts on it. */
async function dataFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-upcasting-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

function start(services: readonly ServiceDefinition[], folder: string): Promise<TestHost> {
  return startTestHost({ services, access, folder })
}

/** Rings as the tower before the update does, which may still run beside the new one. */
async function ringAsOfOld(host: TestHost, times: number, note: string, bell = 'a'): Promise<string> {
  const id = newId(Date.now())
  await host.host
    .service('tower')
    .store.append(streamName('bell', 'yongchuan', bell), [{ id, type: 'bell-rung.v1', data: { times, note } }], {
      expected: 'any',
      meta: { correlationId: id, actor: 'tester', office: 'yongchuan' },
    })
  return id
}

async function documentsOf(host: TestHost, service: string, view: string, collection: string): Promise<unknown[]> {
  await host.settle()
  const page = await host.host
    .service(service)
    .view(view)
    .find(collection, { where: {}, sort: [['note', 'asc']] })
  return page.items.map(({ document }) => ({ ...document, office: undefined }))
}

const dawn = { strokes: 1, note: '2026-03-02', reason: null, office: undefined }

test('what was stored before an update is read after it: by the state, by views old and rebuilt, by the publisher', async (t) => {
  const folder = await dataFolder(t)
  const before = await start([tower, village], folder)
  await ringAsOfOld(before, 3, '上课')
  await before.settle()
  await before.dispose()

  let platform: Platform | undefined
  const host = await start([newerTower((built) => (platform = built)), newerVillage], folder)
  t.after(() => host.dispose())
  assert.ok(platform)
  await ringAsBefore(platform, 'a')
  await ringAsOfOld(host, 5, '集合')

  const rung = [
    dawn,
    { strokes: 3, note: '上课', reason: null, office: undefined },
    { strokes: 3, note: '照旧', reason: 'as before', office: undefined },
    { strokes: 5, note: '集合', reason: null, office: undefined },
  ].toSorted((a, b) => (a.note < b.note ? -1 : 1))
  assert.deepEqual(await documentsOf(host, 'tower', strokes.space.name, 'strokes'), rung)
  await host.host.service('tower').rebuild(strokes.space.name)
  assert.deepEqual(await documentsOf(host, 'tower', strokes.space.name, 'strokes'), rung, 'also from the beginning')
  const stored = await host.host.service('tower').store.readStream(streamName('bell', 'yongchuan', 'a'))
  assert.deepEqual(
    stored.map(({ type }) => type),
    ['bell-rung.v1', 'bell-rung.v2', 'bell-rung.v1'],
    'nothing stored was changed',
  )

  assert.deepEqual(
    await documentsOf(host, 'village', newerNotes.space.name, 'notes'),
    rung,
    'what the village had heard before, and what it heard since, each once',
  )
  const inbox = (await host.host.service('village').store.readAll({ filter: { categories: ['inbox'] } })).events
  assert.deepEqual(
    inbox.map(({ type }) => type),
    [bellHeard.type, bellHeard.type, newerBellHeard.type, newerBellHeard.type],
  )
})

test('a publisher that is not updated yet is understood by a hearer that is', async (t) => {
  const host = await start([tower, newerVillage], await dataFolder(t))
  t.after(() => host.dispose())
  await ringAsOfOld(host, 2, '放学')
  assert.deepEqual(
    await documentsOf(host, 'village', newerNotes.space.name, 'notes'),
    [dawn, { strokes: 2, note: '放学', reason: null, office: undefined }].toSorted((a, b) =>
      a.note < b.note ? -1 : 1,
    ),
  )
})

test('a publisher that is updated is understood by a hearer that is not yet', async (t) => {
  const host = await start([newerTower(), village], await dataFolder(t))
  t.after(() => host.dispose())
  await ringAsOfOld(host, 2, '放学')
  assert.deepEqual(await documentsOf(host, 'village', notes.space.name, 'notes'), [{ note: '放学', office: undefined }])
  assert.deepEqual(await host.host.bus.deadLetters('village'), [])
})

test('a fact that was heard in the old version and is told again in both is stored once, whoever comes first', async (t) => {
  const folder = await dataFolder(t)
  const { messagesOf } = publication('tower', newerTower().publishes)
  const event = {
    id: newId(Date.now()),
    stream: streamName('bell', 'yongchuan', 'a'),
    version: 1,
    position: '1',
    type: 'bell-rung.v1',
    time: '2026-03-02T01:00:00.000Z',
    data: { times: 2, note: '放学' },
    meta: { correlationId: 'c', actor: 'tester', office: 'yongchuan' },
  }
  const told = messagesOf(event).map(({ message }) => message)
  assert.deepEqual(
    told.map(({ type, id }) => [type, id === event.id]),
    [
      [bellHeard.type, true],
      [newerBellHeard.type, false],
    ],
  )
  const asOfOld = publication('tower', tower.publishes).messagesOf(event)
  assert.deepEqual(
    asOfOld.map(({ message: { id, extensions } }) => [id === event.id, extensions.newertypes, extensions.factid]),
    [[true, undefined, undefined]],
    'a contract with one version says nothing of others',
  )

  const host = await start([newerVillage], folder)
  t.after(() => host.dispose())
  const { store } = host.host.service('village')
  const inbox = async (): Promise<readonly string[]> => {
    await host.settle()
    return (await store.readAll({ filter: { categories: ['inbox'] } })).events.map(({ id, type }) => `${type} ${id}`)
  }
  // Told as of old, and cut off before the publisher noted it; told again in both versions after the update.
  await host.host.bus.publish(bellHeard.topic, [...asOfOld.map(({ message }) => message), ...told, ...told])
  assert.deepEqual(await inbox(), [`${bellHeard.type} ${event.id}`])

  // And where the new one was first, what an old instance of the hearer adds is the same fact again.
  const other = { ...event, id: newId(Date.now()), stream: streamName('bell', 'yongchuan', 'b') }
  await host.host.bus.publish(
    bellHeard.topic,
    messagesOf(other).map(({ message }) => message),
  )
  assert.deepEqual((await inbox()).slice(1), [`${newerBellHeard.type} ${other.id}`])
  const again = await store.append(
    `inbox-yongchuan-${other.stream}`,
    [{ id: other.id, type: bellHeard.type, data: { times: 2, note: '放学' } }],
    { expected: 'any', meta: other.meta },
  )
  assert.equal(again.repeated, true)
})

test('several messages of an event stay apart: the n-th of one version is the n-th of the other', () => {
  const types = ['bell-heard.v1', 'bell-heard.v1', 'day-told.v1', 'bell-heard.v2', 'bell-heard.v2', 'bell-heard.v3']
  const ids = ['a', 'b', 'day', 'a2', 'b2', 'a3']
  assert.deepEqual(
    types.map((_, index) => versionsBeside(index, types, ids)),
    [
      { newertypes: 'bell-heard.v2 bell-heard.v3' },
      { newertypes: 'bell-heard.v2 bell-heard.v3' },
      {},
      { newertypes: 'bell-heard.v3', factid: 'a' },
      { newertypes: 'bell-heard.v3', factid: 'b' },
      { factid: 'a' },
    ],
  )
})
