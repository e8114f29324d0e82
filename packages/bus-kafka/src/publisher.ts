import { BusError } from '@dulian/bus'
import kafkajs, { type Producer, type TopicMessages } from 'kafkajs'
import { type OutgoingRecord, sizeOf } from './cloud-event.ts'
import { type BrokerAccess, KafkaConnection } from './kafka-connection.ts'
import { isHopeless, isNotYetKnown, toBusError } from './kafka-errors.ts'
import { pause, TimeoutError, within } from './waiting.ts'

interface Publication {
  readonly topic: string
  readonly records: readonly OutgoingRecord[]
  /** Records already durable. */
  done: number
  readonly resolve: () => void
  readonly reject: (error: BusError) => void
}

export interface PublisherOptions {
  readonly access: BrokerAccess
  /** Called before the first record of a topic. */
  readonly ensureTopic: (topic: string) => Promise<unknown>
  /** Called when the brokers do not know a topic: it may have been deleted. */
  readonly forgetTopics: (topics: Iterable<string>) => void
  /** Milliseconds of trying before publications are refused. */
  readonly timeout: number
}

/** Bytes of one request: brokers limit what one partition gets at once, and all of a request may go to one. */
const REQUEST_BYTES = 1024 * 1024

/**
 * Writes records in the order they were given: one request at a time, and when it fails for good, everything queued
 * behind it fails with it.
 *
 * The producer is not an “idempotent” one. The library sets its sequence numbers back after a failed request that may
 * well have been stored; the next records would then carry the same numbers, and the broker would acknowledge them
 * without keeping them. A repeated record is harmless here, a dropped one is not.
 */
export class Publisher {
  readonly #options: PublisherOptions
  readonly #queue: Publication[] = []
  readonly #stop = new AbortController()
  #session: { readonly connection: KafkaConnection; readonly producer: Promise<Producer> } | undefined
  #working: Promise<void> | undefined

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  /** Resolves when all are on disk at the broker. Throws `BUS_UNAVAILABLE`, `MESSAGE_TOO_LARGE`. */
  send(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#queue.push({ topic, records, done: 0, resolve, reject })
      this.#working ??= this.#work()
    })
  }

  /** Resolves when everything given so far is written or refused. */
  async settled(): Promise<void> {
    while (this.#working !== undefined) await this.#working
  }

  async close(): Promise<void> {
    await this.settled()
    const session = this.#session
    this.#session = undefined
    if (session === undefined) return
    await within(
      2_000,
      session.producer.then((producer) => producer.disconnect()),
    ).catch(() => {})
    session.connection.destroy()
  }

  abandon(): void {
    this.#stop.abort()
    this.#session?.connection.destroy()
  }

  async #work(): Promise<void> {
    // What is published in the same turn goes into the same request.
    await Promise.resolve()
    while (this.#queue.length > 0) {
      const request = this.#nextRequest()
      try {
        await this.#write(request.batch)
      } catch (error) {
        const refused = toBusError(error, { topics: [...new Set(request.batch.map(({ topic }) => topic))] })
        for (const publication of this.#queue.splice(0)) publication.reject(refused)
        break
      }
      for (const [publication, count] of request.parts) {
        publication.done += count
        if (publication.done < publication.records.length) continue
        this.#queue.shift()
        publication.resolve()
      }
    }
    // In the same turn in which the queue was seen empty: what comes next starts anew.
    this.#working = undefined
  }

  #nextRequest(): { readonly batch: TopicMessages[]; readonly parts: ReadonlyMap<Publication, number> } {
    const byTopic = new Map<string, OutgoingRecord[]>()
    const parts = new Map<Publication, number>()
    let bytes = 0
    fill: for (const publication of this.#queue) {
      for (const record of publication.records.slice(publication.done)) {
        bytes += sizeOf(record)
        if (bytes > REQUEST_BYTES && parts.size > 0) break fill
        const records = byTopic.get(publication.topic) ?? []
        records.push(record)
        byTopic.set(publication.topic, records)
        parts.set(publication, (parts.get(publication) ?? 0) + 1)
      }
    }
    return { batch: [...byTopic].map(([topic, messages]) => ({ topic, messages })), parts }
  }

  async #write(batch: TopicMessages[]): Promise<void> {
    const end = performance.now() + this.#options.timeout
    for (let retry = 1; ; retry += 1) {
      try {
        const left = end - performance.now()
        await within(left, this.#attempt(batch))
        return
      } catch (error) {
        // Whatever the library still does with these records must not mix with what comes next.
        this.#session?.connection.destroy()
        this.#session = undefined
        if (isNotYetKnown(error)) this.#options.forgetTopics(batch.map(({ topic }) => topic))
        const wait = Math.min(100 * 2 ** retry, 2_000)
        if (error instanceof TimeoutError || isHopeless(error) || this.#stop.signal.aborted) throw error
        if (performance.now() + wait > end) throw error
        await pause(wait, this.#stop.signal)
      }
    }
  }

  async #attempt(batch: TopicMessages[]): Promise<void> {
    if (this.#stop.signal.aborted) throw new BusError('BUS_CLOSED')
    for (const { topic } of batch) await this.#options.ensureTopic(topic)
    this.#session ??= this.#connect()
    const producer = await this.#session.producer
    await producer.sendBatch({ topicMessages: batch, acks: -1 })
  }

  #connect() {
    const connection = new KafkaConnection(this.#options.access)
    const producer = connection.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      maxInFlightRequests: 1,
    })
    return { connection, producer: producer.connect().then(() => producer) }
  }
}
