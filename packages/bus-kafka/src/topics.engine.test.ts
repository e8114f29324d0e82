import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, describe, test } from 'node:test'
import { engineToSkip, findEngine } from '@dulian/test-engines'
import kafkajs from 'kafkajs'
import { Administration } from './administration.ts'
import { consumerOf, idsOf, keepingLog, message, numbered, openBus, unique, until } from './testing/fixture.ts'

const engine = await findEngine('kafka')
const address = engine?.address ?? ''
const broker = address.replace('kafka://', '')
const hasKcat = spawnSync('kcat', ['-V']).status === 0
const withoutKcat = hasKcat ? false : 'no kcat on this machine: apt-get install kcat'

/** What another client finds in a topic, one line a record. */
function kcat(topic: string, format: string): string[] {
  const { status, stdout, stderr } = spawnSync('kcat', [
    '-b',
    broker,
    '-t',
    topic,
    '-C',
    '-e',
    '-q',
    '-f',
    `${format}\n`,
  ])
  assert.equal(status, 0, String(stderr))
  return String(stdout).split('\n').filter(Boolean)
}

async function configOf(topic: string): Promise<Map<string, string>> {
  const admin = new kafkajs.Kafka({ brokers: [broker], logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  const resources = [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }]
  const answer = await admin.describeConfigs({ resources, includeSynonyms: false })
  await admin.disconnect()
  return new Map(answer.resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]))
}

async function partitionsOf(topic: string): Promise<number> {
  const admin = new kafkajs.Kafka({ brokers: [broker], logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
  await admin.disconnect()
  return topics[0]?.partitions.length ?? 0
}

describe('Kafka: what lies in the topics', { skip: engineToSkip(engine, 'kafka') }, () => {
  after(() => engine?.stop())

  test('an answer that the client library drops is asked for again, on the same connection', async (t) => {
    const administration = new Administration({ brokers: [broker], clientId: 'test' }, 5_000)
    t.after(() => administration.close())
    const asked: unknown[] = []
    const brokers = await administration.ask(async (admin) => {
      asked.push(admin)
      // As the library fails when no broker has told it anything about a topic that was made a moment ago.
      if (asked.length < 3) throw new TypeError("Cannot read properties of null (reading 'topicMetadata')")
      return (await admin.describeCluster()).brokers
    })
    assert.equal(brokers.length, 1)
    assert.equal(new Set(asked).size, 1)
    await assert.rejects(
      administration.ask(() => Promise.reject(new Error('something else'))),
      { code: 'BUS_UNAVAILABLE' },
    )
  })

  test('another client sees a CloudEvent in binary mode', { skip: withoutKcat }, async (t) => {
    const bus = openBus(t, address)
    const topic = unique('topic')
    const sent = message('visit-永川-1', 'event-1', { text: '督导“记录”' })
    await bus.publish(topic, [{ ...sent, extensions: { office: 'yc', sequence: '7', traceparent: '00-abc-def-01' } }])
    const [line] = kcat(topic, '%h|%k|%s')
    const [headers, key, value] = line?.split('|') ?? []
    assert.deepEqual(
      new Set(headers?.split(',')),
      new Set([
        'ce_specversion=1.0',
        'ce_id=event-1',
        'ce_type=cn.dulian.testing.something-happened.v1',
        'ce_source=/offices/testing/testing',
        'ce_subject=visit-永川-1',
        'ce_time=2026-05-20T08:00:00.000Z',
        'content-type=application/json',
        'ce_office=yc',
        'ce_sequence=7',
        'ce_traceparent=00-abc-def-01',
      ]),
    )
    assert.equal(key, 'visit-永川-1')
    assert.equal(value, '{"text":"督导“记录”"}')
  })

  test('a record’s timestamp is the time of publication, whatever the event’s time', {
    skip: withoutKcat,
  }, async (t) => {
    const bus = openBus(t, address)
    const topic = unique('topic')
    const before = Date.now()
    await bus.publish(topic, [
      { ...message('a', 'long ago'), time: '2001-01-01T00:00:00Z' },
      { ...message('a', 'far ahead'), time: '2099-01-01T00:00:00Z' },
    ])
    for (const stamp of kcat(topic, '%T')) assert.ok(Number(stamp) >= before && Number(stamp) <= Date.now(), stamp)
  })

  test('publications given at the same time lie in the order they were given', { skip: withoutKcat }, async (t) => {
    const bus = openBus(t, address, { topics: () => ({ partitions: 1, retentionMs: -1 }) })
    const topic = unique('topic')
    const all = numbered('a', 1, 400)
    await Promise.all(Array.from({ length: 100 }, (_, n) => bus.publish(topic, all.slice(n * 4, n * 4 + 4))))
    const lying = kcat(topic, '%h').map((headers) => /ce_id=([^,]+)/.exec(headers)?.[1])
    assert.deepEqual(lying, idsOf(all))
  })

  test('topics get the partitions and the retention asked for, their dead letters as many and compaction', async (t) => {
    const bus = openBus(t, address, { topics: () => ({ partitions: 3, retentionMs: 86_400_000, replication: 1 }) })
    const topic = unique('topic')
    const consumer = await bus.subscribe(consumerOf(topic, 'group', async () => {}))
    await consumer.caughtUp()
    assert.equal(await partitionsOf(topic), 3)
    assert.equal(await partitionsOf(`${topic}.dlq.group`), 3)
    const config = await configOf(topic)
    assert.equal(config.get('retention.ms'), '86400000')
    assert.equal(config.get('cleanup.policy'), 'delete')
    assert.equal((await configOf(`${topic}.dlq.group`)).get('cleanup.policy'), 'compact')

    const byDefault = openBus(t, address)
    const other = unique('topic')
    await byDefault.publish(other, numbered('a', 1, 1))
    assert.equal(await partitionsOf(other), 6)
    assert.equal((await configOf(other)).get('retention.ms'), '-1')
  })

  test('a topic that is there stays as it is; another number of partitions is reported', async (t) => {
    const topic = unique('topic')
    await openBus(t, address, { topics: () => ({ partitions: 2, retentionMs: 3_600_000 }) }).publish(
      topic,
      numbered('a', 1, 2),
    )
    const { told, log } = keepingLog()
    const bus = openBus(t, address, { log })
    await bus.publish(topic, numbered('a', 3, 3))
    assert.equal(await partitionsOf(topic), 2)
    assert.equal((await configOf(topic)).get('retention.ms'), '3600000')
    assert.deepEqual(
      told.map(({ facts }) => facts),
      [{ topic, found: 2, expected: 6 }],
    )
  })

  test('when somebody gives a topic more partitions, they are consumed and their dead letters have a place', async (t) => {
    const bus = openBus(t, address, { topics: () => ({ partitions: 1, retentionMs: -1 }) })
    const topic = unique('topic')
    const seen: string[] = []
    const consumer = await bus.subscribe(
      consumerOf(topic, 'group', async ({ id, partition }) => {
        if (partition > 0) throw new RangeError(id)
        seen.push(id)
      }),
    )
    await bus.publish(topic, numbered('a', 1, 1))
    await consumer.caughtUp()
    const kafka = new kafkajs.Kafka({ brokers: [broker], logLevel: kafkajs.logLevel.NOTHING })
    const admin = kafka.admin()
    await admin.connect()
    await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] })
    await admin.disconnect()
    // The running consumer learns of it within the client's five minutes; another one at once.
    const later = openBus(t, address)
    await consumer.close()
    const next = await later.subscribe(
      consumerOf(topic, 'group', async ({ id, partition }) => {
        if (partition > 0) throw new RangeError(id)
        seen.push(id)
      }),
    )
    const keys = Array.from({ length: 20 }, (_, n) => `key-${n}`)
    await later.publish(
      topic,
      keys.flatMap((key) => numbered(key, 1, 1)),
    )
    await next.caughtUp()
    assert.equal(await partitionsOf(`${topic}.dlq.group`), 3)
    const letters = await later.deadLetters('group')
    const here = letters.filter((letter) => letter.message.topic === topic)
    assert.ok(here.length > 0)
    assert.equal(here.length + seen.length, keys.length + 1)
  })

  test('dead letters lie open: the message as it was, and why it is there', { skip: withoutKcat }, async (t) => {
    const bus = openBus(t, address, { clock: () => Date.parse('2026-05-21T00:00:00Z') })
    const topic = unique('topic')
    const consumer = await bus.subscribe(
      consumerOf(topic, 'group', async () => {
        throw Object.assign(new TypeError('王某某 13800000000'), { code: 'NOT_LIKE_THIS' })
      }),
    )
    await bus.publish(topic, numbered('a', 1, 2))
    await consumer.caughtUp()
    const lines = kcat(`${topic}.dlq.group`, '%h|%k|%s')
    const [dead, waiting] = lines
    for (const part of [
      'ce_id=a-1',
      'ce_subject=a',
      'content-type=application/json',
      'dlq_kind=dead',
      `dlq_topic=${topic}`,
    ]) {
      assert.ok(dead?.includes(part), part)
    }
    for (const part of [
      'dlq_error=TypeError NOT_LIKE_THIS',
      'dlq_attempts=2',
      'dlq_at=2026-05-21T00:00:00.000Z',
      '{"id":"a-1"}',
    ]) {
      assert.ok(dead?.includes(part), part)
    }
    assert.ok(waiting?.includes('dlq_kind=waiting') && waiting.includes('ce_id=a-2'))
    assert.doesNotMatch(lines.join(), /王某某|13800000000/)
  })

  test('a record that is no CloudEvent becomes a dead letter and holds up only its key', async (t) => {
    const bus = openBus(t, address)
    const topic = unique('topic')
    await bus.publish(topic, numbered('a', 1, 1))
    const kafka = new kafkajs.Kafka({ brokers: [broker], logLevel: kafkajs.logLevel.NOTHING })
    const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
    await producer.connect()
    await producer.send({
      topic,
      messages: [
        { key: 'foreign', value: 'no JSON', headers: { ce_id: 'f-1', ce_type: 't', ce_source: '/s' } },
        { key: null, value: null },
      ],
    })
    await producer.disconnect()
    await bus.publish(topic, numbered('a', 2, 2))
    const seen: string[] = []
    const consumer = await bus.subscribe(
      consumerOf(topic, 'group', async ({ id }) => {
        seen.push(id)
      }),
    )
    await consumer.caughtUp()
    assert.deepEqual(seen, ['a-1', 'a-2'])
    const letters = (await bus.deadLetters('group')).filter((letter) => letter.message.topic === topic)
    assert.deepEqual(
      letters.map(({ error }) => error),
      ['MalformedMessageError', 'MalformedMessageError'],
    )
    for (const letter of letters) await bus.skip(letter.id)
    await until(
      'none is left',
      async () => !(await bus.deadLetters('group')).some((one) => one.message.topic === topic),
    )
  })
})
