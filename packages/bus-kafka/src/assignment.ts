import { errorLabel } from '@dulian/bus'
import type { EachBatchPayload, Offsets } from 'kafkajs'
import type { BusLog } from './bus-log.ts'
import type { OutgoingRecord } from './cloud-event.ts'
import type { Delivery } from './delivery.ts'
import { PartitionWork, type Surroundings } from './partition-work.ts'
import { deadLetterTopic } from './topics.ts'
import { pause } from './waiting.ts'

export interface AssignmentOptions {
  readonly group: string
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[]
  readonly delivery: Delivery
  readonly clock: () => number
  readonly log: BusLog
  /** Keys worked on at the same time. */
  readonly concurrency: number
  readonly record: (topic: string, records: readonly OutgoingRecord[]) => Promise<void>
  /** False while the group may have given our partitions to somebody else without our knowing. */
  readonly isCurrent: () => boolean
}

/** Unhandled messages, and all messages behind an unhandled one, before a partition is read no further. */
const MAX_UNHANDLED = 512
const MAX_WINDOW = 10_000
/** Milliseconds between two commits. */
const COMMIT_SPACING = 20
const RETRY_AFTER = 500

/**
 * The partitions a consumer has been given, until the group shares them out anew. Then this is stopped (nothing new is
 * begun), waited for and committed, or dropped (nothing it still does counts).
 */
export class Assignment {
  readonly #options: AssignmentOptions
  readonly #partitions = new Map<string, PartitionWork>()
  readonly #paused = new Map<PartitionWork, () => void>()
  readonly #stop = new AbortController()
  readonly #dropped = new AbortController()
  readonly #steps: { readonly step: () => Promise<void>; readonly after: () => void }[] = []
  #running = 0
  #dispatching = false
  #idle = Promise.withResolvers<void>()
  #commitOffsets: ((offsets: Offsets) => Promise<void>) | undefined
  #committing: Promise<void> | undefined

  constructor(options: AssignmentOptions) {
    this.#options = options
    const { group, clock, delivery, log } = options
    const around: Surroundings = {
      group,
      now: () => new Date(clock()).toISOString(),
      deliver: async (read) => {
        if (!options.isCurrent()) return await this.#holdBack()
        const outcome = await delivery.deliver(read, this.#stop.signal)
        return this.#dropped.signal.aborted ? { kind: 'stopped' } : outcome
      },
      record: async (topic, records) => {
        if (this.#dropped.signal.aborted || !options.isCurrent()) throw new NotOursError('the partition is gone')
        await options.record(deadLetterTopic(topic, group), records)
      },
      queue: (step, after = () => {}) => {
        this.#steps.push({ step, after })
        this.#dispatch()
      },
      progressed: () => this.#commitSoon(),
      setAside: ({ topic, partition, offset, attempts, error }) =>
        log.error({ group, topic, partition, offset, attempts, error }, 'bus: message set aside'),
    }
    for (const { topic, partition } of options.partitions) {
      this.#partitions.set(nameOf(topic, partition), new PartitionWork(topic, partition, around))
    }
  }

  get partitions(): PartitionWork[] {
    return [...this.#partitions.values()]
  }

  of(topic: string, partition: number): PartitionWork | undefined {
    return this.#partitions.get(nameOf(topic, partition))
  }

  /** The partition whose dead letters these are. */
  ofDeadLetters(topic: string, partition: number): PartitionWork | undefined {
    return this.partitions.find((work) => {
      return work.partition === partition && deadLetterTopic(work.topic, this.#options.group) === topic
    })
  }

  /** Takes what was fetched; what is not for us is not counted as read, and not fetched again until the next sharing-out. */
  accept({ batch, resolveOffset, pause: pauseFetching, commitOffsetsIfNecessary }: EachBatchPayload): void {
    const { topic, partition } = batch
    const work = this.of(topic, partition)
    const setAside = work === undefined ? this.ofDeadLetters(topic, partition) : undefined
    if (this.#stop.signal.aborted || (work === undefined && setAside === undefined)) {
      pauseFetching()
      return
    }
    this.#commitOffsets = commitOffsetsIfNecessary
    for (const message of batch.messages) {
      const offset = Number(message.offset)
      const { key, value } = message
      const record = { key, value, ...(message.headers === undefined ? {} : { headers: message.headers }) }
      work?.readMessage({ ...record, topic, partition, offset })
      setAside?.readSetAside(offset, record)
    }
    work?.window.readUpTo(Number(batch.lastOffset()) + 1)
    resolveOffset(batch.lastOffset())
    if (work !== undefined && isFull(work) && !this.#paused.has(work)) this.#paused.set(work, pauseFetching())
  }

  /** Nothing new is begun, and back-offs end. */
  stop(): void {
    this.#stop.abort()
    this.#steps.length = 0
    if (this.#running === 0) this.#idle.resolve()
  }

  /** After `stop`: resolves when the handlers in flight are done and their offsets committed as far as the broker takes them. */
  async finished(): Promise<void> {
    this.stop()
    await this.#idle.promise
    await this.#committing
    if (!this.#dropped.signal.aborted) await this.#commit().catch(() => {})
  }

  /** Whatever is still in flight comes to nothing. */
  drop(): void {
    this.stop()
    this.#dropped.abort()
  }

  get isIdle(): boolean {
    return this.#running === 0 && this.#committing === undefined && this.#uncommitted().length === 0
  }

  #dispatch(): void {
    if (this.#dispatching) return
    this.#dispatching = true
    // Not at once: handlers that never wait would otherwise keep the process from everything else.
    setImmediate(() => {
      this.#dispatching = false
      while (this.#running < this.#options.concurrency && !this.#stop.signal.aborted) {
        const next = this.#steps.shift()
        if (next === undefined) return
        void this.#run(next.step, next.after)
      }
    })
  }

  async #run(step: () => Promise<void>, after: () => void): Promise<void> {
    this.#running += 1
    try {
      await step()
    } catch (error) {
      const { group, log } = this.#options
      if (!(error instanceof NotOursError)) log.error({ group, error: errorLabel(error) }, 'bus: key cannot go on')
      await pause(RETRY_AFTER, this.#stop.signal)
    }
    this.#running -= 1
    after()
    if (this.#stop.signal.aborted && this.#running === 0) this.#idle.resolve()
    this.#dispatch()
  }

  async #holdBack(): Promise<{ readonly kind: 'stopped' }> {
    await pause(RETRY_AFTER, this.#stop.signal)
    return { kind: 'stopped' }
  }

  #commitSoon(): void {
    if (this.#stop.signal.aborted) return
    for (const [work, resume] of this.#paused) {
      if (work.window.unhandled > MAX_UNHANDLED / 2 || work.window.length > MAX_WINDOW / 2) continue
      this.#paused.delete(work)
      resume()
    }
    this.#committing ??= this.#keepCommitting()
  }

  async #keepCommitting(): Promise<void> {
    // What is done in the same turn is committed together.
    await Promise.resolve()
    while (!this.#dropped.signal.aborted && this.#uncommitted().length > 0) {
      const taken = await this.#commit().then(
        () => true,
        () => false,
      )
      // Refused during a rebalance or without a broker: the client notices by itself; the offsets are tried again or dropped.
      if (this.#stop.signal.aborted) break
      await pause(taken ? COMMIT_SPACING : RETRY_AFTER, this.#stop.signal)
    }
    this.#committing = undefined
  }

  #uncommitted(): { readonly work: PartitionWork; readonly reached: number }[] {
    return this.partitions.flatMap((work) => {
      const reached = work.window.reached()
      return work.isLoaded && reached !== undefined && reached > work.committed ? { work, reached } : []
    })
  }

  async #commit(): Promise<void> {
    const offsets = this.#uncommitted()
    if (offsets.length === 0 || this.#commitOffsets === undefined) return
    const byTopic = Map.groupBy(offsets, ({ work }) => work.topic)
    await this.#commitOffsets({
      topics: [...byTopic].map(([topic, reached]) => ({
        topic,
        partitions: reached.map(({ work, reached: offset }) => ({ partition: work.partition, offset: String(offset) })),
      })),
    })
    for (const { work, reached } of offsets) work.committedUpTo(reached)
  }
}

class NotOursError extends Error {
  override readonly name = 'NotOursError'
}

function isFull({ window }: PartitionWork): boolean {
  return window.unhandled >= MAX_UNHANDLED || window.length >= MAX_WINDOW
}

function nameOf(topic: string, partition: number): string {
  return `${topic}:${partition}`
}
