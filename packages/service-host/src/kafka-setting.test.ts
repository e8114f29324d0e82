import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { readKafkaSetting } from './kafka-setting.ts'

const usual = { partitions: 6, retentionMs: -1 }

test('without wishes a topic is created as the bus does', () => {
  const { address, topics } = readKafkaSetting('kafka://a:9092,b:9092')
  assert.equal(address, 'kafka://a:9092,b:9092')
  assert.deepEqual(topics(usual), usual)
})

test('partitions, retention and copies are named in the address', () => {
  const { address, topics } = readKafkaSetting('kafka://a:9092?partitions=12&retention-days=365&replication=3')
  assert.equal(address, 'kafka://a:9092')
  assert.deepEqual(topics(usual), { partitions: 12, retentionMs: 365 * 86_400_000, replication: 3 })
  assert.deepEqual(readKafkaSetting('kafka://a:9092?retention-days=0').topics({ ...usual, retentionMs: 1 }), usual)
})

test('a wish that is none is refused by its name', () => {
  for (const [setting, name] of [
    ['kafka://a:9092?partitions=0', 'partitions'],
    ['kafka://a:9092?retention-days=soon', 'retention-days'],
    ['kafka://a:9092?partition=3', 'partition'],
  ] as const) {
    assert.throws(
      () => readKafkaSetting(setting),
      (error) => isDomainError(error, 'ENGINE_SETTING_INVALID') && error.details.names === name,
      setting,
    )
  }
})
