import kafkajs, { type Broker, type Cluster, type Consumer } from 'kafkajs'
import type { RawRecord } from './cloud-event.ts'
import { type BrokerAccess, KafkaConnection } from './kafka-connection.ts'
import { isNotYetKnown, toBusError } from './kafka-errors.ts'
import { retrying, within } from './waiting.ts'

/** A record as it lies in the log. */
export interface StoredRecord extends RawRecord {
  readonly partition: number
  readonly offset: number
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

  /** Everything the topic (or one partition of it) holds now, in order within each partition. Throws `BUS_UNAVAILABLE`. */
  read(topic: string, partition?: number): Promise<StoredRecord[]> {
    const reading = this.#queue.then(async () => {
      this.#session ??= connect(this.#access)
      const session = this.#session
      try {
        const read = async (): Promise<StoredRecord[]> => await readAll(await session.cluster, topic, partition)
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

async function readAll(cluster: Cluster, topic: string, partition: number | undefined): Promise<StoredRecord[]> {
  await cluster.addMultipleTargetTopics([topic])
  await cluster.refreshMetadataIfNecessary()
  const partitions = cluster
    .findTopicPartitionMetadata(topic)
    .map(({ partitionId }) => partitionId)
    .filter((id) => partition === undefined || id === partition)
  const [first, end] = await Promise.all([
    offsets(cluster, topic, partitions, true),
    offsets(cluster, topic, partitions, false),
  ])
  const records: StoredRecord[] = []
  for (const id of partitions) {
    const [leader] = Object.keys(cluster.findLeaderForPartitions(topic, [id]))
    if (leader === undefined || (first.get(id) ?? 0) >= (end.get(id) ?? 0)) continue
    const broker = await cluster.findBroker({ nodeId: leader })
    records.push(...(await readPartition(broker, topic, id, first.get(id) ?? 0, end.get(id) ?? 0)))
  }
  return records
}

async function readPartition(broker: Broker, topic: string, partition: number, first: number, end: number) {
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
      records.push({ partition, offset: Number(offset), key, value, ...(headers === undefined ? {} : { headers }) })
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
