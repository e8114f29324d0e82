import { BusError, type Consumer } from '@dulian/bus'
import type { Administration, PartitionRange } from './administration.ts'
import type { BusLog } from './bus-log.ts'
import { GroupMember, type GroupMemberOptions } from './group-member.ts'
import { kafkaErrorLabel } from './kafka-errors.ts'
import { SetAsideMessages } from './set-aside.ts'
import { deadLetterTopic } from './topics.ts'
import { pause } from './waiting.ts'

export interface KafkaConsumerOptions {
  readonly member: Omit<GroupMemberOptions, 'onLife'>
  readonly administration: Administration
  readonly clock: () => number
  readonly log: BusLog
  /** Has the topics and those of their dead letters made; `again` even if they were there before. */
  readonly prepareTopics: (look: 'once' | 'again') => Promise<void>
  /** Resolves when what this process has published so far is durable or refused. */
  readonly published: () => Promise<void>
  readonly closed: (consumer: KafkaConsumer) => void
}

interface Ends {
  readonly topic: string
  readonly messages: readonly PartitionRange[]
  readonly setAside: readonly PartitionRange[]
}

const BACK_OFF = { first: 200, most: 5_000 }

/** A consumer that stays: whenever its membership in the group ends by itself, it makes another. */
export class KafkaConsumer implements Consumer {
  readonly #options: KafkaConsumerOptions
  readonly #stop = new AbortController()
  readonly #stopped = Promise.withResolvers<'CLOSED'>()
  #member: GroupMember | undefined
  #lastActivity: number
  #closing: Promise<void> | undefined

  constructor(options: KafkaConsumerOptions) {
    this.#options = options
    this.#lastActivity = options.clock()
    void this.#run()
  }

  async caughtUp(): Promise<void> {
    this.#assertOpen()
    await this.#options.published()
    const ends = await this.#untilAnswered(() => this.#ends())
    for (let wait = 10; !(await this.#untilAnswered(() => this.#isThrough(ends))); wait = Math.min(wait * 2, 100)) {
      await pause(wait, this.#stop.signal)
    }
  }

  async lag(): Promise<Readonly<Record<string, number>>> {
    this.#assertOpen()
    const { administration, member } = this.#options
    const committed = await administration.committed(member.group, member.topics)
    const lag: Record<string, number> = {}
    for (const topic of member.topics) {
      lag[topic] = 0
      for (const { partition, low, high } of await administration.ranges(topic)) {
        const window = this.#member?.assignment?.of(topic, partition)?.window
        const reached = Math.max(window?.reached() ?? 0, committed.get(topic)?.get(partition) ?? 0, low)
        lag[topic] += Math.max(0, high - reached - (window?.doneAhead ?? 0))
      }
    }
    return lag
  }

  lastActivity(): number {
    if (this.#member !== undefined && this.#member.silentFor === 0) this.#lastActivity = this.#options.clock()
    return this.#lastActivity
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish()
    return this.#closing
  }

  /** Is gone at once, as a killed process would be; for tests. */
  abandon(): void {
    this.#closing = Promise.resolve()
    this.#end()
    this.#member?.abandon()
  }

  #end(): void {
    this.#stop.abort()
    this.#stopped.resolve('CLOSED')
  }

  async #finish(): Promise<void> {
    this.#end()
    await this.#member?.close()
    this.#options.closed(this)
  }

  async #run(): Promise<void> {
    const { member: options, log, prepareTopics } = this.#options
    const facts = { group: options.group, topics: options.topics }
    let backOff = BACK_OFF.first
    while (!this.#stop.signal.aborted) {
      const began = performance.now()
      try {
        await prepareTopics('again')
        const reason = await this.#takePart()
        if (this.#stop.signal.aborted) return
        log.warn({ ...facts, reason }, 'bus: consumer fell out of its group; starting it again')
      } catch (error) {
        if (this.#stop.signal.aborted) return
        log.warn({ ...facts, error: kafkaErrorLabel(error) }, 'bus: consumer cannot start; trying again')
      }
      backOff = performance.now() - began > 30_000 ? BACK_OFF.first : Math.min(backOff * 2, BACK_OFF.most)
      await pause(backOff, this.#stop.signal)
    }
  }

  /** One membership, until it ends. Returns why. */
  async #takePart(): Promise<string> {
    const { member: options, clock } = this.#options
    if (this.#stop.signal.aborted) return 'CLOSED'
    const member = new GroupMember({
      ...options,
      onLife: () => {
        this.#lastActivity = clock()
      },
    })
    this.#member = member
    const silence = Promise.withResolvers<string>()
    const watch = setInterval(() => {
      // By now the brokers have given its partitions away in any case.
      if (member.silentFor > options.times.session) silence.resolve('SILENT')
    }, options.times.heartbeat)
    member.start()
    const reason = await Promise.race([member.ended, silence.promise, this.#stopped.promise])
    clearInterval(watch)
    if (reason !== 'CLOSED') {
      const isSilent = reason === 'SILENT'
      if (isSilent) {
        this.#options.administration.renew()
        options.reader.renew()
      }
      await member.dispose(isSilent)
      if (!this.#stop.signal.aborted) this.#member = undefined
    }
    return reason
  }

  /** Where the topics end now, and their dead letters. */
  async #ends(): Promise<Ends[]> {
    const { administration, member } = this.#options
    await this.#options.prepareTopics('once')
    return await Promise.all(
      member.topics.map(async (topic) => ({
        topic,
        messages: await administration.ranges(topic),
        setAside: await administration.ranges(deadLetterTopic(topic, member.group)),
      })),
    )
  }

  /** Handled or set aside, whoever in the group did it, and no decision on a dead letter is still to be carried out. */
  async #isThrough(ends: readonly Ends[]): Promise<boolean> {
    const { administration, member } = this.#options
    const committed = await administration.committed(member.group, member.topics)
    const behind = ends.some(({ topic, messages }) =>
      messages.some(({ partition, low, high }) => high > Math.max(committed.get(topic)?.get(partition) ?? 0, low)),
    )
    if (behind) return false
    for (const { topic, setAside } of ends) {
      if (setAside.every(({ low, high }) => low === high)) continue
      const partitions = await member.reader.read(deadLetterTopic(topic, member.group))
      if (!partitions.every(({ records }) => SetAsideMessages.of(records).isSettled)) return false
    }
    return true
  }

  /** Brokers that do not answer are waited for. Throws `BUS_CLOSED`. */
  async #untilAnswered<T>(question: () => Promise<T>): Promise<T> {
    for (;;) {
      this.#assertOpen()
      try {
        return await question()
      } catch (error) {
        if (!(error instanceof BusError) || error.code !== 'BUS_UNAVAILABLE') throw error
        await pause(BACK_OFF.first, this.#stop.signal)
      }
    }
  }

  #assertOpen(): void {
    if (this.#stop.signal.aborted) throw new BusError('BUS_CLOSED', { group: this.#options.member.group })
  }
}
