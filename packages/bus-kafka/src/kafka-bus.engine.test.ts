import { describe, test } from 'node:test'
import { busSuite } from '@dulian/bus/testing'
import { findEngine, noEngine } from '@dulian/test-engines'
import { KafkaBus } from './kafka-bus.ts'

const engine = await findEngine('kafka')

if (engine === undefined) {
  describe('bus: Kafka', () => {
    test('the contract of the port', { skip: noEngine('kafka') }, () => {})
  })
} else {
  busSuite(`Kafka (${engine.title})`, async () => {
    const open = (): KafkaBus => {
      // The shortest session a broker allows by default: how soon a crashed consumer's partitions are taken over.
      return new KafkaBus({ address: engine.address, times: { session: 6_000, heartbeat: 300, rebalance: 10_000 } })
    }
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
        await engine.stop()
      },
    }
  })
}
