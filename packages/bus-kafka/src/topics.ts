import type { ITopicConfig } from 'kafkajs'
import type { Administration } from './administration.ts'
import type { BusLog } from './bus-log.ts'

export interface TopicSettings {
  /** For life: with another count the keys move to other partitions, and their order is lost. */
  readonly partitions: number
  /** Milliseconds a message is kept; -1: for ever. */
  readonly retentionMs: number
  /** Copies of each partition; as many as there are brokers, three at most, when absent. */
  readonly replication?: number
}

/** Six partitions divide evenly among one, two, three and six instances. A service added later reads from the beginning. */
export const DEFAULT_TOPIC: TopicSettings = { partitions: 6, retentionMs: -1 }

/** The longest name a broker takes, and the characters it allows. */
const LEGAL = /^[a-zA-Z0-9._-]{1,249}$/

export function deadLetterTopic(topic: string, group: string): string {
  return `${topic}.dlq.${group}`
}

/** Throws a RangeError: the topic and the group together must make a legal name for the topic of dead letters. */
export function assertLegal(topic: string, group: string): void {
  const name = deadLetterTopic(topic, group)
  if (!LEGAL.test(name)) throw new RangeError(`“${name}” is no legal topic name: letters, digits, “.”, “_” and “-”`)
}

/** Creates topics as they are needed; what is there already stays as it is. */
export class Topics {
  readonly #administration: Administration
  readonly #settings: (topic: string) => TopicSettings
  readonly #maxMessageBytes: number
  readonly #log: BusLog
  readonly #partitions = new Map<string, Promise<number>>()

  constructor(options: {
    readonly administration: Administration
    readonly settings: (topic: string) => TopicSettings
    readonly maxMessageBytes: number
    readonly log: BusLog
  }) {
    this.#administration = options.administration
    this.#settings = options.settings
    this.#maxMessageBytes = options.maxMessageBytes
    this.#log = options.log
  }

  /** Returns the number of partitions. */
  ensure(topic: string): Promise<number> {
    return this.#once(topic, async () => {
      const settings = this.#settings(topic)
      const { partitions, retentionMs } = settings
      const found = await this.#create(topic, settings, {
        'cleanup.policy': 'delete',
        'retention.ms': String(retentionMs),
        'retention.bytes': '-1',
      })
      if (found !== partitions) {
        this.#log.warn({ topic, found, expected: partitions }, 'bus: topic has another number of partitions; it stays')
      }
      return found
    })
  }

  /** The group's dead letters of a topic: as many partitions, and of every entry only its last state is kept. */
  ensureDeadLetters(topic: string, group: string): Promise<number> {
    const name = deadLetterTopic(topic, group)
    return this.#once(name, async () => {
      const partitions = await this.ensure(topic)
      const found = await this.#create(
        name,
        { ...this.#settings(topic), partitions },
        {
          'cleanup.policy': 'compact',
          'min.cleanable.dirty.ratio': '0.1',
          'segment.ms': String(24 * 3_600_000),
        },
      )
      if (found >= partitions) return found
      // Somebody has given the topic more partitions; ours must follow.
      await this.#administration.ask((admin) =>
        admin.createPartitions({ topicPartitions: [{ topic: name, count: partitions }] }),
      )
      return partitions
    })
  }

  /** Looks again at the next `ensure`: a topic may have been deleted or have grown. */
  forget(topics: Iterable<string>): void {
    for (const topic of topics) this.#partitions.delete(topic)
  }

  #once(topic: string, ensure: () => Promise<number>): Promise<number> {
    let known = this.#partitions.get(topic)
    if (known === undefined) {
      known = ensure()
      this.#partitions.set(topic, known)
      known.catch(() => this.#partitions.delete(topic))
    }
    return known
  }

  async #create(topic: string, settings: TopicSettings, config: Readonly<Record<string, string>>): Promise<number> {
    const existing = await this.#administration.ask((admin) => admin.listTopics())
    if (!existing.includes(topic)) await this.#createNew(topic, settings, config)
    const { topics } = await this.#administration.ask((admin) => admin.fetchTopicMetadata({ topics: [topic] }))
    return topics[0]?.partitions.length ?? settings.partitions
  }

  /** Somebody else may be quicker: then theirs stays. */
  async #createNew(topic: string, settings: TopicSettings, config: Readonly<Record<string, string>>): Promise<void> {
    const wanted: ITopicConfig = { topic, numPartitions: settings.partitions }
    await this.#administration.ask(async (admin) => {
      const replication = settings.replication ?? Math.min(3, (await admin.describeCluster()).brokers.length)
      const entries = {
        ...config,
        // A message's headers come on top of its data, a dead letter's own on top of those.
        'max.message.bytes': String(this.#maxMessageBytes + 1024 * 1024),
        'min.insync.replicas': replication > 2 ? '2' : '1',
      }
      const configEntries = Object.entries(entries).map(([name, value]) => ({ name, value }))
      await admin.createTopics({ topics: [{ ...wanted, replicationFactor: replication, configEntries }] })
    })
    // Brokers lead a new topic's partitions one after another. A request that only some of them take is repeated as a
    // whole, and its messages come twice.
    await this.#administration.ranges(topic)
  }
}
