import { type Bus, BusError, type BusMessage, type Consumer, type ConsumerOptions, type DeadLetter } from '@dulian/bus'
import { Administration } from './administration.ts'
import { type BusLog, silentLog } from './bus-log.ts'
import { type OutgoingRecord, toRecord } from './cloud-event.ts'
import { DeadLetters } from './dead-letters.ts'
import { Delivery } from './delivery.ts'
import { type GroupTimes, SURE } from './group-member.ts'
import type { BrokerAccess } from './kafka-connection.ts'
import { KafkaConsumer } from './kafka-consumer.ts'
import { PartitionReader } from './partition-reader.ts'
import { Publisher } from './publisher.ts'
import { assertLegal, DEFAULT_TOPIC, deadLetterTopic, type TopicSettings, Topics } from './topics.ts'

export interface KafkaBusOptions extends Partial<Pick<BrokerAccess, 'clientId' | 'ssl' | 'sasl' | 'socketFactory'>> {
  /** `kafka://host:port,host:port` */
  readonly address: string
  /** Milliseconds since 1970. */
  readonly clock?: () => number
  readonly log?: BusLog
  /** How a topic is created when it is not there; `DEFAULT_TOPIC` when absent. */
  readonly topics?: (topic: string) => TopicSettings
  /** Keys of one consumer handled at the same time; 16 when absent. */
  readonly concurrency?: number
  /** Bytes of one message's data; 8 MiB when absent. */
  readonly maxMessageBytes?: number
  /** Milliseconds a publication, or any other question to the brokers, is tried; 15,000 when absent. */
  readonly timeout?: number
  /** See `DEFAULT_TIMES`. */
  readonly times?: Partial<GroupTimes>
}

/**
 * A killed process' partitions are idle for `session` milliseconds, and a process that stands still for longer loses
 * its own and does work again. Fifteen seconds outlast a long pause of a virtual machine; they are also what a crashed
 * service with a single instance waits at its next start, for the group waits for the dead member.
 */
export const DEFAULT_TIMES: GroupTimes = { session: 15_000, heartbeat: 2_000, rebalance: 45_000 }

/** Opens the bus. Nothing is connected yet: brokers that are not there yet are waited for. */
export function openKafkaBus(options: KafkaBusOptions): Bus {
  return new KafkaBus(options)
}

export class KafkaBus implements Bus {
  readonly #options: KafkaBusOptions
  readonly #access: BrokerAccess
  readonly #administration: Administration
  readonly #topics: Topics
  readonly #reader: PartitionReader
  readonly #publisher: Publisher
  /** Apart from the other, so that setting a message aside does not wait behind publications. */
  readonly #setAside: Publisher
  readonly #deadLetters: DeadLetters
  readonly #consumers = new Set<KafkaConsumer>()
  #closing: Promise<void> | undefined

  constructor(options: KafkaBusOptions) {
    this.#options = options
    const { address, clientId = 'dulian', ssl, sasl, socketFactory, timeout = 15_000 } = options
    const optional = { ...(ssl && { ssl }), ...(sasl && { sasl }), ...(socketFactory && { socketFactory }) }
    this.#access = { brokers: brokersOf(address), clientId, ...optional }
    this.#administration = new Administration(this.#access, timeout)
    this.#topics = new Topics({
      administration: this.#administration,
      settings: options.topics ?? (() => DEFAULT_TOPIC),
      maxMessageBytes: this.#maxMessageBytes,
      log: options.log ?? silentLog,
    })
    const publishing = {
      access: this.#access,
      timeout,
      forgetTopics: (topics: Iterable<string>) => this.#topics.forget(topics),
    }
    this.#publisher = new Publisher({ ...publishing, ensureTopic: (topic) => this.#topics.ensure(topic) })
    const { session } = { ...DEFAULT_TIMES, ...options.times }
    // A dead letter that is written after somebody else got the partition would tell of a message handled since.
    const beforeSessionEnds = Math.min(timeout, session * (1 - SURE))
    this.#setAside = new Publisher({ ...publishing, timeout: beforeSessionEnds, ensureTopic: async () => {} })
    this.#reader = new PartitionReader(this.#access, timeout)
    this.#deadLetters = new DeadLetters(this.#administration, this.#reader, this.#setAside)
  }

  async publish(topic: string, messages: readonly BusMessage[]): Promise<void> {
    this.#assertOpen()
    const records = messages.map((message) => this.#prepare(topic, message))
    await this.#publisher.send(topic, records)
  }

  async subscribe(options: ConsumerOptions): Promise<Consumer> {
    this.#assertOpen()
    const { clock = Date.now, log = silentLog, concurrency = 16, times } = this.#options
    const { group } = options
    const topics = [...new Set(options.topics)]
    for (const topic of topics) assertLegal(topic, group)
    const consumer = new KafkaConsumer({
      administration: this.#administration,
      clock,
      log,
      prepareTopics: async (look) => {
        if (look === 'again') this.#topics.forget(topics.flatMap((topic) => [topic, deadLetterTopic(topic, group)]))
        for (const topic of topics) await this.#topics.ensureDeadLetters(topic, group)
      },
      published: () => this.#publisher.settled(),
      closed: (gone) => this.#consumers.delete(gone),
      member: {
        access: this.#access,
        administration: this.#administration,
        reader: this.#reader,
        group,
        topics,
        times: { ...DEFAULT_TIMES, ...times },
        work: {
          delivery: new Delivery(options, log),
          clock,
          log,
          concurrency,
          record: (topic, records) => this.#setAside.send(topic, records),
        },
      },
    })
    this.#consumers.add(consumer)
    return consumer
  }

  async check(): Promise<void> {
    this.#assertOpen()
    await this.#administration.ask((admin) => admin.describeCluster())
  }

  async deadLetters(group?: string): Promise<readonly DeadLetter[]> {
    this.#assertOpen()
    return await this.#deadLetters.list(group)
  }

  async replay(deadLetterId: string): Promise<void> {
    this.#assertOpen()
    await this.#deadLetters.wish(deadLetterId, 'replay')
  }

  async skip(deadLetterId: string): Promise<void> {
    this.#assertOpen()
    await this.#deadLetters.wish(deadLetterId, 'skip')
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish()
    return this.#closing
  }

  /** Is gone at once, as a killed process would be; for tests. */
  abandon(): void {
    this.#closing = Promise.resolve()
    for (const consumer of this.#consumers) consumer.abandon()
    this.#publisher.abandon()
    this.#setAside.abandon()
    this.#administration.destroy()
    this.#reader.destroy()
  }

  get #maxMessageBytes(): number {
    return this.#options.maxMessageBytes ?? 8 * 1024 * 1024
  }

  #prepare(topic: string, message: BusMessage): OutgoingRecord {
    const record = toRecord(message)
    const bytes = record.value === null ? 0 : Buffer.byteLength(record.value)
    const allowed = this.#maxMessageBytes
    if (bytes > allowed) throw new BusError('MESSAGE_TOO_LARGE', { topic, id: message.id, bytes, allowed })
    return record
  }

  async #finish(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.close()))
    await Promise.all([this.#publisher.close(), this.#setAside.close()])
    await Promise.all([this.#administration.close(), this.#reader.close()])
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw new BusError('BUS_CLOSED', { address: this.#options.address })
  }
}

/** Throws a RangeError. */
function brokersOf(address: string): string[] {
  const brokers = /^kafka:\/\/(.+)$/.exec(address)?.[1]?.split(',') ?? []
  if (brokers.length > 0 && brokers.every((broker) => /^(\[[\da-fA-F:]+\]|[^:/@\s]+):\d+$/.test(broker))) return brokers
  throw new RangeError('the address is to be kafka://host:port,host:port')
}
