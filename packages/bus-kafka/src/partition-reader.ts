import kafkajs, { type Broker, type Cluster, type Consumer } from 'kafkajs'
import type { RawRecord } from './cloud-event.ts'
import { type BrokerAccess, KafkaConnection } from './kafka-connection.ts'
import { isNotYetKnown, toBusError } from './kafka-errors.ts'
import { retrying, within } from './waiting.ts'

/** A record as it lies in the log. */
export interface StoredRecord extends RawRecord {
  readonly offset: number
}

export interface StoredPartition {
  readonly partition: number
  readonly records: readonly StoredRecord[]
  /** The offset the next record was to get. */
  readonly end: number
}

interface FetchAnswer {
  readonly responses: readonly {
    readonly partitions: readonly {
      readonly partition: number
      readonly messages: readonly (RawRecord & { readonly offset: string })[]
    }[]
  }[]
}

/**
 * Reads partitions without being a member of a group. The library reads for groups only, and joining one just to look
 * takes seconds; but it hands its view of the cluster to whoever assigns partitions, and that can fetch.
 */
export class PartitionReader {
  readonly #access: BrokerAccess
  readonly #patience: number
  #session: { readonly connection: KafkaConnection; readonly cluster: Promise<Cluster> } | undefined
  /** One read at a time: the library's connections are not made for more. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(access: BrokerAccess, patience: number) {
    this.#access = access
    this.#patience = patience
  }

  /** Everything these partitions (all of the topic's when absent) hold now, in order. Throws `BUS_UNAVAILABLE`. */
  read(topic: string, wanted?: readonly number[]): Promise<StoredPartition[]> {
    const reading = this.#queue.then(async () => {
      this.#session ??= connect(this.#access)
      const session = this.#session
      try {
        const read = async (): Promise<StoredPartition[]> => await readAll(await session.cluster, topic, wanted)
        return await within(this.#patience, retrying(this.#patience, isNotYetKnown, read))
      } catch (error) {
        if (this.#session === session) this.#session = undefined
        session.connection.destroy()
        throw toBusError(error, { topic })
      }
    })
    this.#queue = reading.catch(() => {})
    return reading
  }

  /** Connects anew at the next read: connections are suspected of being dead without saying so. */
  renew(): void {
    this.#session?.connection.destroy()
    this.#session = undefined
  }

  async close(): Promise<void> {
    await this.#queue
    this.destroy()
  }

  destroy(): void {
    this.#session?.connection.destroy()
  }
}

function connect(access: BrokerAccess) {
  const connection = new KafkaConnection(access)
  const seen = Promise.withResolvers<Cluster>()
  const unused: Consumer = connection.kafka.consumer({
    groupId: `${access.clientId}-reader`,
    allowAutoTopicCreation: false,
    partitionAssigners: [
      (config) => {
        seen.resolve(config.cluster)
        return kafkajs.PartitionAssigners.roundRobin(config)
      },
    ],
  })
  return { connection, cluster: unused.connect().then(() => seen.promise) }
}

async function readAll(cluster: Cluster, topic: string, wanted?: readonly number[]): Promise<StoredPartition[]> {
  await cluster.addMultipleTargetTopics([topic])
  await cluster.refreshMetadataIfNecessary()
  const partitions = cluster
    .findTopicPartitionMetadata(topic)
    .map(({ partitionId }) => partitionId)
    .filter((id) => wanted === undefined || wanted.includes(id))
  const [first, end] = await Promise.all([
    offsets(cluster, topic, partitions, true),
    offsets(cluster, topic, partitions, false),
  ])
  return await Promise.all(
    partitions.map(async (partition) => {
      const range = { first: first.get(partition) ?? 0, end: end.get(partition) ?? 0 }
      const [leader] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]))
      if (leader === undefined || range.first >= range.end) return { partition, records: [], end: range.end }
      const broker = await cluster.findBroker({ nodeId: leader })
      return { partition, records: await readPartition(broker, topic, partition, range), end: range.end }
    }),
  )
}

async function readPartition(
  broker: Broker,
  topic: string,
  partition: number,
  { first, end }: { readonly first: number; readonly end: number },
) {
  const records: StoredRecord[] = []
  for (let next = first; next < end; ) {
    const answer = (await broker.fetch({
      maxWaitTime: 1_000,
      minBytes: 1,
      maxBytes: 16 * 1024 * 1024,
      topics: [{ topic, partitions: [{ partition, fetchOffset: String(next), maxBytes: 4 * 1024 * 1024 }] }],
    })) as FetchAnswer
    const messages = answer.responses[0]?.partitions[0]?.messages ?? []
    // Nothing more although the end is not reached: compaction has taken the rest.
    if (messages.length === 0) break
    const from = next
    for (const { offset, key, value, headers } of messages) {
      if (Number(offset) < from || Number(offset) >= end) continue
      records.push({ offset: Number(offset), key, value, ...(headers === undefined ? {} : { headers }) })
    }
    next = Number(messages.at(-1)?.offset) + 1
  }
  return records
}

async function offsets(cluster: Cluster, topic: string, partitions: readonly number[], fromBeginning: boolean) {
  const wanted = partitions.map((partition) => ({ partition }))
  const [answer] = await cluster.fetchTopicsOffset([{ topic, partitions: wanted, fromBeginning }])
  return new Map(answer?.partitions.map(({ partition, offset }) => [partition, Number(offset)]))
}
