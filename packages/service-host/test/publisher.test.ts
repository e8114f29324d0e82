import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, streamName } from '@dulian/event-sourcing'
import { startTestHost } from '../src/testing/index.ts'
import { access, notes, tower, village } from './bell-services.ts'

test('an event that cannot be published is parked alone: what came before and after it is told, what is behind it waits', async (t) => {
  const host = await startTestHost({ services: [tower, village], access })
  t.after(() => host.dispose())
  await host.settle()
  const { store } = host.host.service('tower')
  const ring = async (stream: string, data: object): Promise<string> => {
    const id = newId(Date.now())
    const meta = { correlationId: id, actor: 'tester', office: 'yongchuan' }
    await store.append(streamName('bell', 'yongchuan', stream), [{ id, type: 'bell-rung.v1', data }], {
      expected: 'any',
      meta,
    })
    return id
  }
  await ring('a', { times: 1, note: '在前' })
  const poison = await ring('b', { note: '缺次数' })
  const behind = await ring('b', { times: 1, note: '在其后' })
  await ring('c', { times: 1, note: '在别处' })
  await host.settle()

  const heard = async (note: string) =>
    await host.host.service('village').view(notes.space.name).count('notes', { note })
  assert.deepEqual([await heard('在前'), await heard('在别处'), await heard('在其后')], [1, 1, 0])
  const parked = async () => {
    const reports = await host.host.service('tower').subscriptionReports()
    return reports.find(({ kind }) => kind === 'publisher')?.parked.map(({ eventId, error }) => [eventId, error])
  }
  assert.deepEqual(await parked(), [
    [poison, 'EVENT_UNREADABLE'],
    [behind, 'BLOCKED'],
  ])

  await host.host.service('tower').skipParked('publisher', poison)
  await host.settle()
  assert.equal(await heard('在其后'), 1)
  assert.deepEqual(await parked(), [])
})
