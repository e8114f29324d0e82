import type { OutgoingRecord, RawRecord } from './cloud-event.ts'
import type { Outcome, ReadRecord } from './delivery.ts'
import { OffsetWindow, type Slot } from './offset-window.ts'
import type { StoredPartition, StoredRecord } from './partition-reader.ts'
import { entryRecord, isWish, resolvedRecords, type SetAside, SetAsideMessages } from './set-aside.ts'

/** What a partition's work needs from its surroundings. */
export interface Surroundings {
  readonly group: string
  readonly now: () => string
  readonly deliver: (record: ReadRecord) => Promise<Outcome>
  /** Writes to the group's dead letters of the topic; resolves when durable. Throws when this is not ours to write any more. */
  readonly record: (topic: string, records: readonly OutgoingRecord[]) => Promise<void>
  /** Has the step run when there is room; then, after a while if it failed, calls back. */
  readonly queue: (step: () => Promise<void>, after?: () => void) => void
  /** Something is done: there may be something to commit. */
  readonly progressed: () => void
  readonly setAside: (entry: SetAside) => void
}

interface Queued {
  readonly read: ReadRecord
  readonly slot: Slot
}

/** The messages of one key: what is set aside comes first, then what was read. */
interface Lane {
  readonly key: string
  /** Blocks the key until somebody decides. */
  dead: SetAside | undefined
  /** Wait behind it, or behind one that was decided on; in order. */
  readonly waiting: SetAside[]
  readonly queue: Queued[]
  isQueued: boolean
}

/** One partition while it is ours: one message of a key at a time, keys beside each other. */
export class PartitionWork {
  readonly topic: string
  readonly partition: number
  readonly window = new OffsetWindow()
  readonly #around: Surroundings
  #setAside = new SetAsideMessages()
  readonly #lanes = new Map<string, Lane>()
  /** Skipped while the group's offset is still before them: kept, or they would come again. */
  readonly #skipped = new Set<number>()
  /** Read before it was known what is set aside. */
  #early: Queued[] | undefined = []
  readonly #earlySetAside: StoredRecord[] = []
  #committed = 0
  #setAsideNext = 0

  constructor(topic: string, partition: number, around: Surroundings) {
    this.topic = topic
    this.partition = partition
    this.#around = around
  }

  /** The group's offset, as far as is known. */
  get committed(): number {
    return this.#committed
  }

  get isLoaded(): boolean {
    return this.#early === undefined
  }

  /** Takes over what the last owner left: the group's offset, and the partition's dead letters up to `end`. */
  load(committed: number, { records, end }: Pick<StoredPartition, 'records' | 'end'>): void {
    if (this.#early === undefined) return
    this.#committed = committed
    this.#setAside = SetAsideMessages.of(records)
    this.#setAsideNext = end
    for (const entry of this.#setAside.sorted()) {
      if (entry.kind === 'dead' && this.#setAside.wishFor(entry) === 'skip') this.#skipped.add(entry.offset)
      else if (entry.kind === 'dead') this.#laneOf(entry.record).dead = entry
      else this.#laneOf(entry.record).waiting.push(entry)
    }
    const early = this.#early
    this.#early = undefined
    for (const queued of early) this.#enqueue(queued)
    for (const record of this.#earlySetAside.splice(0)) this.readSetAside(record.offset, record)
    for (const lane of this.#lanes.values()) this.#schedule(lane)
    if (this.#skipped.size > 0) this.#around.queue(() => this.#forgetSkipped())
  }

  readMessage(read: ReadRecord): void {
    if (read.offset < (this.window.next ?? 0)) return
    const queued = { read, slot: this.window.add(read.offset) }
    if (this.#early === undefined) this.#enqueue(queued)
    else this.#early.push(queued)
  }

  /** What is added to the dead letters. Wishes count; the rest is our own writing. */
  readSetAside(offset: number, record: RawRecord): void {
    if (!this.isLoaded) {
      this.#earlySetAside.push({ ...record, offset })
      return
    }
    if (offset < this.#setAsideNext) return
    this.#setAsideNext = offset + 1
    if (!isWish(record)) return
    this.#setAside.apply(record)
    for (const lane of this.#lanes.values()) if (lane.dead !== undefined) this.#schedule(lane)
  }

  committedUpTo(offset: number): void {
    this.#committed = Math.max(this.#committed, offset)
    if (this.#skipped.size > 0) this.#around.queue(() => this.#forgetSkipped())
  }

  #enqueue(queued: Queued): void {
    // Set aside before, and delivered again because the group's offset had not moved over it yet.
    if (this.#setAside.entries.has(queued.read.offset)) {
      this.#done(queued)
      return
    }
    const lane = this.#laneOf(queued.read)
    lane.queue.push(queued)
    this.#schedule(lane)
  }

  #laneOf(record: RawRecord): Lane {
    const key = record.key?.toString() ?? ''
    let lane = this.#lanes.get(key)
    if (lane === undefined) {
      lane = { key, dead: undefined, waiting: [], queue: [], isQueued: false }
      this.#lanes.set(key, lane)
    }
    return lane
  }

  #schedule(lane: Lane): void {
    if (lane.isQueued) return
    if (!this.#hasWork(lane)) {
      if (lane.dead === undefined) this.#lanes.delete(lane.key)
      return
    }
    lane.isQueued = true
    this.#around.queue(
      () => this.#step(lane),
      () => {
        lane.isQueued = false
        this.#schedule(lane)
      },
    )
  }

  #hasWork({ dead, waiting, queue }: Lane): boolean {
    if (dead !== undefined && this.#setAside.wishFor(dead) !== undefined) return true
    return queue.length > 0 || (dead === undefined && waiting.length > 0)
  }

  /** The next thing to be done for a key. */
  async #step(lane: Lane): Promise<void> {
    if (lane.dead !== undefined) {
      const wish = this.#setAside.wishFor(lane.dead)
      if (wish === 'skip') return await this.#skip(lane, lane.dead)
      if (wish === 'replay') return await this.#handleSetAside(lane, lane.dead)
      return await this.#letWait(lane)
    }
    const [follower] = lane.waiting
    if (follower !== undefined) return await this.#handleSetAside(lane, follower)
    const [queued] = lane.queue
    if (queued !== undefined) await this.#handle(lane, queued)
  }

  async #handle(lane: Lane, queued: Queued): Promise<void> {
    const outcome = await this.#around.deliver(queued.read)
    if (outcome.kind === 'stopped') return
    if (outcome.kind === 'failed') {
      const entry = this.#entry('dead', queued.read, outcome)
      await this.#write([entryRecord(entry)])
      this.#bury(lane, entry)
    }
    lane.queue.shift()
    this.#done(queued)
  }

  /** Delivers a dead letter again, or one that waited behind it. */
  async #handleSetAside(lane: Lane, entry: SetAside): Promise<void> {
    const { topic, partition } = this
    const outcome = await this.#around.deliver({ ...entry.record, topic, partition, offset: entry.offset })
    if (outcome.kind === 'stopped') return
    if (outcome.kind === 'failed') {
      const again: SetAside = {
        ...entry,
        kind: 'dead',
        error: outcome.error,
        attempts: entry.attempts + outcome.attempts,
        at: this.#around.now(),
      }
      await this.#write([entryRecord(again)])
      if (entry.kind === 'waiting') lane.waiting.shift()
      this.#bury(lane, again)
    } else {
      await this.#write(resolvedRecords(partition, entry.offset))
      this.#setAside.remove(entry.offset)
      if (entry.kind === 'waiting') lane.waiting.shift()
      else lane.dead = undefined
    }
    this.#around.progressed()
  }

  async #letWait(lane: Lane): Promise<void> {
    const queued = [...lane.queue]
    const entries = queued.map(({ read }) => this.#entry('waiting', read))
    await this.#write(entries.map(entryRecord))
    for (const [place, entry] of entries.entries()) {
      this.#setAside.put(entry)
      lane.waiting.push(entry)
      lane.queue.shift()
      const slot = queued[place]
      if (slot !== undefined) this.#done(slot)
    }
  }

  async #skip(lane: Lane, dead: SetAside): Promise<void> {
    this.#skipped.add(dead.offset)
    await this.#forgetSkipped()
    lane.dead = undefined
    this.#around.progressed()
  }

  async #forgetSkipped(): Promise<void> {
    const passed = [...this.#skipped].filter((offset) => offset < this.#committed)
    if (passed.length === 0) return
    await this.#write(passed.flatMap((offset) => resolvedRecords(this.partition, offset)))
    for (const offset of passed) {
      this.#skipped.delete(offset)
      this.#setAside.remove(offset)
    }
  }

  #bury(lane: Lane, entry: SetAside): void {
    this.#setAside.put(entry)
    lane.dead = entry
    this.#around.setAside(entry)
  }

  #entry(kind: SetAside['kind'], read: ReadRecord, failure = { error: '', attempts: 0 }): SetAside {
    const { topic, partition } = this
    const { offset, key, value, headers } = read
    const record: RawRecord = { key, value, ...(headers === undefined ? {} : { headers }) }
    return { ...failure, kind, offset, partition, topic, group: this.#around.group, record, at: this.#around.now() }
  }

  #write(records: readonly OutgoingRecord[]): Promise<void> {
    return this.#around.record(this.topic, records)
  }

  #done({ slot }: Queued): void {
    this.window.done(slot)
    this.#around.progressed()
  }
}
