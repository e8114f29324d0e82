import { BusError } from '@dulian/bus'
import type { Admin } from 'kafkajs'
import { type BrokerAccess, KafkaConnection } from './kafka-connection.ts'
import { isDroppedAnswer, isNotYetKnown, toBusError } from './kafka-errors.ts'
import { retrying, within } from './waiting.ts'

/** Where a partition begins and ends: `high` is the offset the next record will get. */
export interface PartitionRange {
  readonly partition: number
  readonly low: number
  readonly high: number
}

/** What the bus asks the brokers besides messages. Connects when first asked, and anew after a failure. */
export class Administration {
  readonly #access: BrokerAccess
  readonly #patience: number
  #isClosed = false
  #session: { readonly connection: KafkaConnection; readonly admin: Promise<Admin> } | undefined

  constructor(access: BrokerAccess, patience: number) {
    this.#access = access
    this.#patience = patience
  }

  /** Throws `BUS_UNAVAILABLE`; `BUS_CLOSED` once closed. */
  async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new BusError('BUS_CLOSED')
    this.#session ??= this.#connect()
    const session = this.#session
    try {
      return await within(
        this.#patience,
        session.admin.then((admin) => retrying(this.#patience, mayPass, () => question(admin))),
      )
    } catch (error) {
      if (this.#session === session) this.#session = undefined
      session.connection.destroy()
      throw toBusError(error, {})
    }
  }

  async ranges(topic: string): Promise<PartitionRange[]> {
    const partitions = await this.ask((admin) => admin.fetchTopicOffsets(topic))
    return partitions.map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }))
  }

  /** Committed offsets by topic and partition; a partition the group has not committed in is absent. */
  async committed(group: string, topics: readonly string[]): Promise<Map<string, Map<number, number>>> {
    const answer = await this.ask((admin) => admin.fetchOffsets({ groupId: group, topics: [...topics] }))
    const known = (offsets: readonly { partition: number; offset: string }[]): [number, number][] =>
      offsets.map(({ partition, offset }): [number, number] => [partition, Number(offset)]).filter(([, at]) => at >= 0)
    return new Map(answer.map(({ topic, partitions }) => [topic, new Map(known(partitions))]))
  }

  /** Connects anew at the next question: connections are suspected of being dead without saying so. */
  renew(): void {
    this.#session?.connection.destroy()
    this.#session = undefined
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const session = this.#session
    this.#session = undefined
    if (session === undefined) return
    await within(
      2_000,
      session.admin.then((admin) => admin.disconnect()),
    ).catch(() => {})
    session.connection.destroy()
  }

  destroy(): void {
    this.#isClosed = true
    this.#session?.connection.destroy()
  }

  #connect() {
    const connection = new KafkaConnection(this.#access)
    const admin = connection.kafka.admin()
    return { connection, admin: admin.connect().then(() => admin) }
  }
}

function mayPass(error: unknown): boolean {
  return isNotYetKnown(error) || isDroppedAnswer(error)
}
