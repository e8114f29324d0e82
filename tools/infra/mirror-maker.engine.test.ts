import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { openKafkaBus } from '@dulian/bus-kafka'
import { type LocalEngine, startLocalEngine } from '@dulian/test-engines'
import { type Admin, Kafka, logLevel } from 'kafkajs'

const folder = join(import.meta.dirname, '..', '..', 'infra', 'kafka', 'mirror-maker')
const present = ['java', 'mvn'].every((program) => spawnSync(program, ['-version']).status === 0)
const skip = present ? false : 'no Kafka to be had: install a JDK (17 or newer) and mvn'

interface Office {
  readonly alias: string
  readonly broker: LocalEngine
  readonly kafka: Kafka
  readonly admin: Admin
}

async function openOffice(alias: string): Promise<Office> {
  const broker = await startLocalEngine('kafka')
  const kafka = new Kafka({ brokers: [broker.address.replace('kafka://', '')], logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  return { alias, broker, kafka, admin }
}

/** Repeats until it passes; fails with its last complaint when it does not in time. */
async function until(what: string, passes: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + 120_000; ; await delay(200)) {
    try {
      await passes()
      return
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`not in time: ${what}`, { cause })
    }
  }
}

const message = (number: number) => ({
  id: `01890a5d-ac96-7b7c-8f89-0000000000${String(number).padStart(2, '0')}`,
  type: 'cn.dulian.office.task-assigned.v1',
  source: '/offices/yongchuan/office',
  subject: `task-${number % 3}`,
  time: '2026-09-01T08:00:00.000Z',
  extensions: { office: 'yongchuan', sequence: String(number) },
  // One of them is larger than Kafka's own settings let through.
  data: { number, text: number === 7 ? '督'.repeat(1_000_000) : '' },
})

describe('two offices with a Kafka each, and MirrorMaker 2 with our settings between them', { skip }, () => {
  let yongchuan: Office
  let chongqing: Office
  let work: string
  let mirror: ChildProcess | undefined
  let said = ''

  before(async () => {
    yongchuan = await openOffice('yongchuan')
    chongqing = await openOffice('chongqing')
    work = await mkdtemp(join(tmpdir(), 'dulian-mirror-'))
    // Our settings as they stand, only that it looks for what is new more often than an office would want.
    const settings = (await readFile(join(folder, 'mirror-maker.properties'), 'utf8')).replaceAll(
      /^(.*\.interval\.seconds)=\d+$/gm,
      '$1=1',
    )
    await writeFile(join(work, 'mirror-maker.properties'), settings)
    mirror = spawn('sh', [join(folder, 'start.sh'), join(work, 'mirror-maker.properties')], {
      env: {
        ...process.env,
        // It lives for a minute: the thorough compiler would never pay for itself.
        JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
        YONGCHUAN_KAFKA: yongchuan.broker.address.replace('kafka://', ''),
        CHONGQING_KAFKA: chongqing.broker.address.replace('kafka://', ''),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [mirror.stdout, mirror.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-4_000)
      })
  })

  after(async () => {
    if (mirror !== undefined && mirror.exitCode === null) {
      const ended = new Promise((resolve) => mirror?.once('exit', resolve))
      mirror.kill('SIGKILL')
      await ended
    }
    for (const office of [yongchuan, chongqing]) {
      await office?.admin.disconnect()
      await office?.broker.stop()
    }
    if (work !== undefined) await rm(work, { recursive: true, force: true })
  })

  async function topicsOf(office: Office): Promise<readonly string[]> {
    assert.equal(mirror?.exitCode, null, `MirrorMaker has ended: ${said}`)
    return await office.admin.listTopics()
  }

  test('what one office publishes arrives at the other under its name, in order, with its headers and partitions', async () => {
    const here = await openKafkaBus({ address: yongchuan.broker.address, clock: Date.now })
    const there = await openKafkaBus({ address: chongqing.broker.address, clock: Date.now })
    try {
      for (let number = 0; number < 30; number += 1) await here.publish('dulian.office', [message(number)])
      await yongchuan.admin.createTopics({ topics: [{ topic: 'dulian.office.dlq.rectification', numPartitions: 1 }] })
      await until('the topic has a copy', async () => {
        assert.ok((await topicsOf(chongqing)).includes('yongchuan.dulian.office'))
      })
      const [original, copy] = await Promise.all([
        yongchuan.admin.fetchTopicMetadata({ topics: ['dulian.office'] }),
        chongqing.admin.fetchTopicMetadata({ topics: ['yongchuan.dulian.office'] }),
      ])
      assert.equal(copy.topics[0]?.partitions.length, original.topics[0]?.partitions.length)

      const arrived = new Map<string, number[]>()
      const consumer = await there.subscribe({
        group: 'reader',
        topics: ['yongchuan.dulian.office'],
        async handle({ id, type, source, subject, extensions, data }) {
          const { number } = data as { number: number }
          assert.deepEqual(
            { id, type, source, subject, data },
            {
              ...{ id: message(number).id, type: message(number).type, source: message(number).source },
              ...{ subject: message(number).subject, data: message(number).data },
            },
          )
          assert.equal(extensions.office, 'yongchuan')
          const known = arrived.get(subject) ?? []
          // At least once: what comes again is known by its id.
          if (!known.includes(number)) arrived.set(subject, [...known, number])
        },
      })
      await until('everything has arrived', async () => {
        assert.equal([...arrived.values()].flat().length, 30)
      })
      await consumer.close()
      for (const numbers of arrived.values())
        assert.deepEqual(
          numbers,
          numbers.toSorted((a, b) => a - b),
        )
    } finally {
      await here.close()
      await there.close()
    }
  })

  test('it works in both directions; dead letters stay where they are, and nothing comes back', async () => {
    await chongqing.admin.createTopics({ topics: [{ topic: 'dulian.cooperation', numPartitions: 2 }] })
    const producer = chongqing.kafka.producer({ allowAutoTopicCreation: false })
    await producer.connect()
    await producer.send({ topic: 'dulian.cooperation', messages: [{ key: 'member', value: '{}' }] })
    await producer.disconnect()
    await until('the other direction has a copy', async () => {
      assert.ok((await topicsOf(yongchuan)).includes('chongqing.dulian.cooperation'))
      const offsets = await yongchuan.admin.fetchTopicOffsets('chongqing.dulian.cooperation')
      assert.ok(offsets.some(({ high }) => Number(high) > 0))
    })
    const [ours, theirs] = [await topicsOf(yongchuan), await topicsOf(chongqing)]
    for (const topic of [...ours, ...theirs]) {
      assert.doesNotMatch(topic, /^(yongchuan|chongqing)\.(yongchuan|chongqing)\.dulian/)
    }
    assert.ok(ours.includes('dulian.office.dlq.rectification'))
    assert.ok(!theirs.includes('yongchuan.dulian.office.dlq.rectification'))
    assert.ok(!ours.includes('yongchuan.dulian.office'))
  })

  test('where a group stands is carried over to the copy', async () => {
    const consumer = yongchuan.kafka.consumer({ groupId: 'rectification' })
    await consumer.connect()
    await consumer.subscribe({ topics: ['dulian.office'], fromBeginning: true })
    let handled = 0
    await consumer.run({
      autoCommitThreshold: 1,
      eachMessage: async () => {
        handled += 1
      },
    })
    await until('the group has read everything', async () => assert.ok(handled >= 30))
    await consumer.disconnect()
    await until('the group stands in the copy where it stood in the original', async () => {
      const [found] = await chongqing.admin.fetchOffsets({
        groupId: 'rectification',
        topics: ['yongchuan.dulian.office'],
      })
      // Never ahead of what was read, or something would be lost.
      const ends = await chongqing.admin.fetchTopicOffsets('yongchuan.dulian.office')
      const stands = found?.partitions.filter(({ offset }) => Number(offset) > 0) ?? []
      assert.ok(stands.length > 0)
      for (const { partition, offset } of stands)
        assert.ok(Number(offset) <= Number(ends.find((end) => end.partition === partition)?.high))
    })
  })
})
