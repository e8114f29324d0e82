import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openKafkaBus } from './index.ts'

test('an address that is none is refused at once', () => {
  for (const address of [
    '',
    'kafka://',
    'kafka://host',
    'mongodb://host:1',
    'kafka://a:1,b',
    'kafka://user:secret@host:1',
  ]) {
    assert.throws(() => openKafkaBus({ address }), RangeError)
  }
})

test('topics and groups that make no legal topic name are refused at once', async () => {
  const bus = openKafkaBus({ address: 'kafka://127.0.0.1:1,[::1]:2,broker.example:9092' })
  const handle = async (): Promise<void> => {}
  await assert.rejects(bus.subscribe({ group: '督导', topics: ['t'], handle }), RangeError)
  await assert.rejects(bus.subscribe({ group: 'g', topics: ['t'.repeat(245)], handle }), RangeError)
  await bus.close()
})
