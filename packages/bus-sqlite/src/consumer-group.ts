import { BusError, type Consumer, type ConsumerOptions, errorLabel } from '@dulian/bus'
import type { BusLog } from './bus-log.ts'
import type { BlockedLane, GroupState, Lane } from './group-state.ts'
import { type Member, Members, pause } from './members.ts'
import type { LoggedMessage, MessageLog } from './message-log.ts'
import { TopicWindow, type WindowEntry } from './topic-window.ts'

export interface ConsumerGroupOptions {
  readonly name: string
  readonly log: MessageLog
  readonly state: GroupState
  readonly clock: () => number
  readonly pollInterval: number
  /** Keys worked on at the same time. */
  readonly concurrency: number
  readonly report: BusLog
  /** Called when the last consumer has left. */
  readonly emptied: () => void
}

interface QueuedLane extends Lane {
  readonly key: string
  readonly entries: WindowEntry[]
  /** `idle` with entries: no consumer is there for them at the moment. */
  state: 'idle' | 'ready' | 'running'
}

const PAGE = 100
const MAX_UNHANDLED = 256
const MAX_WINDOW = 10_000

/**
 * The consumers of one group in this process. Messages are read in the order of publication and queued by key; one
 * message of a key is handled at a time, by whichever consumer has least to do. The committed offset of a topic only
 * moves over messages that are all handled or set aside.
 */
export class ConsumerGroup {
  readonly #options: ConsumerGroupOptions
  readonly #members: Members
  readonly #topics = new Map<string, TopicWindow>()
  readonly #lanes = new Map<string, QueuedLane>()
  readonly #blocked = new Map<string, 'held' | 'draining'>()
  readonly #stop = new AbortController()
  readonly #poll: NodeJS.Timeout
  #ready: QueuedLane[] = []
  #running = 0
  #scanned = 0
  #scheduled = false
  /** Dead letters may have been decided on since the last look. */
  #decisions = true
  #lastActivity: number
  #waiters: {
    readonly targets: ReadonlyMap<string, number>
    readonly resolve: () => void
    readonly reject: (error: BusError) => void
  }[] = []

  constructor(options: ConsumerGroupOptions) {
    this.#options = options
    this.#members = new Members(options.name, options.report)
    this.#lastActivity = options.clock()
    this.#poll = setInterval(() => {
      this.#decisions = true
      this.wake()
    }, options.pollInterval)
    this.#poll.unref()
  }

  join(options: ConsumerOptions): Consumer {
    const member = this.#members.join(options)
    for (const topic of member.topics) this.#attach(topic)
    for (const lane of this.#lanes.values()) if (lane.state === 'idle') this.#queue(lane)
    this.wake()
    return {
      caughtUp: () => this.#caughtUp(member),
      lag: async () => this.#lag(member),
      lastActivity: () => this.#lastActivity,
      close: () => this.#leave(member),
    }
  }

  /** Something was published, decided on, or may have been: look again. */
  wake(): void {
    if (this.#scheduled || this.#members.size === 0) return
    this.#scheduled = true
    // Not at once: handlers that never wait would otherwise keep the process from everything else.
    setImmediate(() => {
      this.#scheduled = false
      if (this.#members.size > 0) this.#turn()
    })
  }

  /** An operator has decided on a dead letter. */
  decided(): void {
    this.#decisions = true
    this.#turn()
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await Promise.all([...this.#members.all].map((member) => this.#leave(member)))
  }

  /** Drops everything as a crash would: nothing in flight is waited for, nothing more is written. */
  abandon(): void {
    clearInterval(this.#poll)
    this.#stop.abort()
    this.#members.abandon()
    this.#topics.clear()
    this.#ready = []
  }

  #turn(): void {
    this.#lastActivity = this.#options.clock()
    try {
      this.#commitOffsets()
      this.#drainOpenLanes()
      this.#fetch()
    } catch (error) {
      // Disk full, for one: what is not written down is done again at the next look.
      this.#options.report.error({ group: this.#options.name, error: errorLabel(error) }, 'bus: group cannot go on')
    }
    this.#dispatch()
    this.#answerWaiters()
  }

  #attach(topic: string): void {
    if (this.#topics.has(topic)) return
    const { name, state } = this.#options
    const committed = state.offset(name, topic)
    this.#decisions = true
    this.#topics.set(topic, new TopicWindow(committed))
    this.#scanned = Math.min(...[...this.#topics.values()].map((window) => window.fetched))
    for (const lane of state.blockedLanes(name)) {
      if (lane.topic === topic) this.#blocked.set(keyOf(lane), 'held')
    }
  }

  #leave(member: Member): Promise<void> {
    member.leaving ??= this.#finish(member)
    return member.leaving
  }

  async #finish(member: Member): Promise<void> {
    await member.stopped()
    this.#members.remove(member)
    try {
      this.#commitOffsets()
    } catch (error) {
      this.#options.report.error({ group: this.#options.name, error: errorLabel(error) }, 'bus: offsets not written')
    }
    for (const topic of member.topics) if (this.#members.findFor(topic) === undefined) this.#detach(topic)
    if (this.#members.size > 0) return this.wake()
    clearInterval(this.#poll)
    for (const waiter of this.#waiters.splice(0))
      waiter.reject(new BusError('BUS_CLOSED', { group: this.#options.name }))
    this.#options.emptied()
  }

  #detach(topic: string): void {
    this.#topics.delete(topic)
    for (const [key, lane] of this.#lanes) if (lane.topic === topic) this.#lanes.delete(key)
    this.#ready = this.#ready.filter((lane) => lane.topic !== topic)
    for (const key of this.#blocked.keys()) if (key.startsWith(keyOf({ topic, subject: '' }))) this.#blocked.delete(key)
  }

  #fetch(): void {
    let unhandled = 0
    let length = 0
    for (const window of this.#topics.values()) {
      unhandled += window.unhandled
      length += window.length
    }
    if (unhandled >= MAX_UNHANDLED || length >= MAX_WINDOW) return
    const page = this.#options.log.read([...this.#topics.keys()], this.#scanned, PAGE)
    for (const logged of page.messages) {
      const window = this.#topics.get(logged.topic)
      if (window !== undefined && logged.offset > window.fetched) {
        const blocked = this.#blocked.has(keyOf(laneOf(logged)))
        if (blocked) this.#options.state.wait(this.#options.name, logged)
        const entry = window.add(logged)
        if (blocked) window.handled(entry)
        else this.#enqueue(entry)
      }
      this.#scanned = logged.offset
    }
    this.#scanned = page.through
    if (page.messages.length > 0) this.wake()
  }

  #enqueue(entry: WindowEntry): void {
    const lane = laneOf(entry.logged)
    const key = keyOf(lane)
    const queued = this.#lanes.get(key)
    if (queued !== undefined) {
      queued.entries.push(entry)
      return
    }
    const fresh: QueuedLane = { ...lane, key, entries: [entry], state: 'idle' }
    this.#lanes.set(key, fresh)
    this.#queue(fresh)
  }

  #queue(lane: QueuedLane): void {
    lane.state = 'ready'
    this.#ready.push(lane)
  }

  #dispatch(): void {
    while (this.#running < this.#options.concurrency) {
      const lane = this.#ready.shift()
      if (lane === undefined) return
      const window = this.#topics.get(lane.topic)
      if (window === undefined || this.#members.findFor(lane.topic) === undefined) lane.state = 'idle'
      else void this.#work(lane, window)
    }
  }

  /** Handles the next message of one key. */
  async #work(lane: QueuedLane, window: TopicWindow): Promise<void> {
    this.#running += 1
    lane.state = 'running'
    try {
      await this.#handleFirst(lane, window)
    } catch (error) {
      // The group's state could not be written: the message stays where it is.
      this.#options.report.error({ group: this.#options.name, error: errorLabel(error) }, 'bus: key cannot go on')
      await pause(this.#options.pollInterval, this.#stop.signal)
    }
    this.#running -= 1
    if (this.#lanes.get(lane.key) === lane) {
      if (lane.entries.length > 0) this.#queue(lane)
      else this.#lanes.delete(lane.key)
    }
    this.#dispatch()
    this.wake()
  }

  async #handleFirst(lane: QueuedLane, window: TopicWindow): Promise<void> {
    const [entry] = lane.entries
    if (entry !== undefined && !this.#blocked.has(lane.key)) {
      const outcome = await this.#members.deliver(entry.logged)
      if (outcome.kind === 'stopped') return
      if (outcome.kind === 'failed') this.#bury(entry.logged, outcome.error, outcome.attempts)
      lane.entries.shift()
      window.handled(entry)
    }
    if (!this.#blocked.has(lane.key)) return
    for (let follower = lane.entries[0]; follower !== undefined; follower = lane.entries[0]) {
      this.#options.state.wait(this.#options.name, follower.logged)
      lane.entries.shift()
      window.handled(follower)
    }
  }

  #bury(failed: LoggedMessage, error: string, attempts: number): void {
    const { name, state, clock, report } = this.#options
    state.bury(name, failed, { error, attempts, at: new Date(clock()).toISOString() })
    this.#blocked.set(keyOf(laneOf(failed)), 'held')
    report.error({ group: name, topic: failed.topic, id: failed.message.id, attempts, error }, 'bus: message set aside')
  }

  #drainOpenLanes(): void {
    if (!this.#decisions) return
    this.#decisions = false
    if (this.#blocked.size === 0) return
    for (const lane of this.#options.state.blockedLanes(this.#options.name)) {
      const key = keyOf(lane)
      if (lane.state === 'held' || this.#blocked.get(key) === 'draining' || !this.#topics.has(lane.topic)) continue
      this.#blocked.set(key, 'draining')
      this.#drain(lane)
        .catch((error: unknown) => {
          this.#options.report.error({ group: this.#options.name, error: errorLabel(error) }, 'bus: replay broke off')
        })
        .finally(() => {
          if (this.#blocked.get(key) === 'draining') this.#blocked.set(key, 'held')
          this.wake()
        })
    }
    // A skipped dead letter without followers leaves nothing behind.
    this.#unblockSettled()
  }

  #unblockSettled(): void {
    const still = new Set(this.#options.state.blockedLanes(this.#options.name).map(keyOf))
    for (const [key, state] of this.#blocked) if (state === 'held' && !still.has(key)) this.#blocked.delete(key)
  }

  /** Delivers a dead letter and what waited behind it. Whatever arrives meanwhile queues up behind. */
  async #drain(lane: BlockedLane): Promise<void> {
    const { name, state, log } = this.#options
    const key = keyOf(lane)
    let next = lane.deadLetter?.offset ?? state.nextWaiting(name, lane)
    let before = lane.deadLetter?.attempts ?? 0
    while (next !== undefined) {
      const logged = log.get(next)
      if (logged === undefined) return
      const outcome = await this.#members.deliver(logged)
      if (outcome.kind === 'stopped') {
        if (this.#members.findFor(lane.topic) === undefined) return
        continue
      }
      if (outcome.kind === 'failed') return this.#bury(logged, outcome.error, before + outcome.attempts)
      state.settle(name, logged)
      before = 0
      next = state.nextWaiting(name, lane)
    }
    this.#blocked.delete(key)
  }

  #commitOffsets(): void {
    const offsets = new Map<string, number>()
    for (const [topic, window] of this.#topics) {
      const reached = window.reached()
      if (reached > window.committed) offsets.set(topic, reached)
    }
    if (offsets.size === 0) return
    this.#options.state.commit(this.#options.name, offsets)
    for (const [topic, offset] of offsets) this.#topics.get(topic)?.commit(offset)
  }

  async #caughtUp(member: Member): Promise<void> {
    if (!this.#members.has(member)) throw new BusError('BUS_CLOSED', { group: this.#options.name })
    const { log } = this.#options
    log.flush()
    const targets = new Map(member.topics.map((topic) => [topic, log.headOf(topic)]))
    await new Promise<void>((resolve, reject) => {
      this.#waiters.push({ targets, resolve, reject })
      this.wake()
    })
  }

  #answerWaiters(): void {
    const reached = this.#waiters.filter(({ targets }) =>
      [...targets].every(([topic, target]) => this.#isThrough(topic, target)),
    )
    if (reached.length === 0) return
    this.#waiters = this.#waiters.filter((waiter) => !reached.includes(waiter))
    for (const waiter of reached) waiter.resolve()
  }

  #isThrough(topic: string, target: number): boolean {
    const window = this.#topics.get(topic)
    if (window === undefined) return true
    if (window.committed < target) return false
    const lanes = keyOf({ topic, subject: '' })
    return ![...this.#blocked].some(([key, state]) => state === 'draining' && key.startsWith(lanes))
  }

  #lag(member: Member): Readonly<Record<string, number>> {
    return Object.fromEntries(
      member.topics.map((topic) => {
        const window = this.#topics.get(topic)
        const committed = window?.committed ?? this.#options.state.offset(this.#options.name, topic)
        return [topic, this.#options.log.countAfter(topic, committed) - (window?.handledAhead() ?? 0)]
      }),
    )
  }
}

function laneOf({ topic, message: { subject } }: LoggedMessage): Lane {
  return { topic, subject }
}

function keyOf({ topic, subject }: Lane): string {
  return `${topic}\n${subject}`
}
