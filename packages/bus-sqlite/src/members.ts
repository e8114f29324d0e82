import { type ConsumerOptions, DEFAULT_RETRY, errorLabel } from '@dulian/bus'
import type { BusLog } from './bus-log.ts'
import type { LoggedMessage } from './message-log.ts'

export type Outcome =
  | { readonly kind: 'handled' }
  | { readonly kind: 'failed'; readonly error: string; readonly attempts: number }
  /** The consumer left before the message was through, or there is none. */
  | { readonly kind: 'stopped' }

/** One consumer of a group, and what it has in hand. */
export class Member {
  readonly topics: readonly string[]
  readonly options: ConsumerOptions
  readonly #stop = new AbortController()
  #active = 0
  #idle: (() => void) | undefined
  /** Set once the consumer is being closed. */
  leaving: Promise<void> | undefined

  constructor(options: ConsumerOptions) {
    this.options = options
    this.topics = [...new Set(options.topics)]
  }

  get active(): number {
    return this.#active
  }

  get isStopping(): boolean {
    return this.#stop.signal.aborted
  }

  stop(): void {
    this.#stop.abort()
  }

  /** Takes nothing new any more; resolves when the handlers in flight are done. */
  async stopped(): Promise<void> {
    this.stop()
    if (this.#active === 0) return
    await new Promise<void>((resolve) => {
      this.#idle = resolve
    })
  }

  /** Calls the handler until it succeeds or its tries are used up. */
  async deliver(logged: LoggedMessage, failed: (attempt: number, error: string) => void): Promise<Outcome> {
    const { handle, retry = DEFAULT_RETRY } = this.options
    const { topic, offset, message } = logged
    this.#active += 1
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await handle({ ...message, topic, partition: 0, offset: String(offset), attempt })
          return { kind: 'handled' }
        } catch (cause) {
          const error = errorLabel(cause)
          if (attempt >= retry.attempts) return { kind: 'failed', error, attempts: attempt }
          failed(attempt, error)
          await pause(retry.delay(attempt), this.#stop.signal)
          if (this.isStopping) return { kind: 'stopped' }
        }
      }
    } finally {
      this.#active -= 1
      // After the caller has noted the outcome, which its own turn of the queue does first.
      if (this.#active === 0) queueMicrotask(() => this.#idle?.())
    }
  }
}

/** The consumers of one group. */
export class Members {
  readonly #group: string
  readonly #report: BusLog
  readonly #members = new Set<Member>()

  constructor(group: string, report: BusLog) {
    this.#group = group
    this.#report = report
  }

  get size(): number {
    return this.#members.size
  }

  get all(): ReadonlySet<Member> {
    return this.#members
  }

  has(member: Member): boolean {
    return this.#members.has(member)
  }

  join(options: ConsumerOptions): Member {
    const member = new Member(options)
    this.#members.add(member)
    return member
  }

  remove(member: Member): void {
    this.#members.delete(member)
  }

  abandon(): void {
    for (const member of this.#members) member.stop()
    this.#members.clear()
  }

  /** Of the consumers of a topic, the one with least to do. */
  findFor(topic: string): Member | undefined {
    let best: Member | undefined
    for (const member of this.#members) {
      if (member.isStopping || !member.topics.includes(topic)) continue
      if (best === undefined || member.active < best.active) best = member
    }
    return best
  }

  async deliver(logged: LoggedMessage): Promise<Outcome> {
    const member = this.findFor(logged.topic)
    if (member === undefined) return { kind: 'stopped' }
    return await member.deliver(logged, (attempt, error) => {
      const facts = { group: this.#group, topic: logged.topic, id: logged.message.id, attempt, error }
      this.#report.warn(facts, 'bus: message failed, trying again')
    })
  }
}

/** Waits, unless or until the signal ends it. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
