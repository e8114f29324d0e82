/**
 * A message on the bus: a CloudEvent 1.0 with a key. Messages of one key arrive in the order they were published;
 * between keys there is no order.
 */
export interface BusMessage {
  /** ce_id: the id of the domain event it tells of. */
  readonly id: string
  /** ce_type, e.g. `cn.dulian.inspections.finding-confirmed.v1`. */
  readonly type: string
  /** ce_source: `/offices/<office>/<service>`. */
  readonly source: string
  /** ce_subject and partition key: the stream id. */
  readonly subject: string
  /** ce_time, ISO 8601. */
  readonly time: string
  /** Extensions: office, correlationid, causationid, traceparent, sequence … Lower-case names, text values. */
  readonly extensions: Readonly<Record<string, string>>
  readonly data: unknown
}

/** A message as a consumer gets it. `offset` grows within its partition of the topic. */
export interface DeliveredMessage extends BusMessage {
  readonly topic: string
  readonly partition: number
  readonly offset: string
  /** 1 for the first delivery of this run, growing with each retry in place. */
  readonly attempt: number
}

export interface DeadLetter {
  readonly id: string
  readonly group: string
  readonly message: BusMessage & { readonly topic: string }
  /** Error class and code only. */
  readonly error: string
  readonly attempts: number
  readonly at: string
  /** Messages of the same key that wait behind it. */
  readonly blocked: number
}

export interface RetryPolicy {
  /** Tries in place before a failing message becomes a dead letter. */
  readonly attempts: number
  /** Milliseconds before the n-th retry (n from 1). */
  readonly delay: (retry: number) => number
}

export interface ConsumerOptions {
  readonly group: string
  readonly topics: readonly string[]
  /** Called for one message at a time per key; at least once. Throwing retries, then sets the message aside and blocks its key. */
  readonly handle: (message: DeliveredMessage) => Promise<void>
  readonly retry?: RetryPolicy
}

export interface Consumer {
  /** Resolves when everything published before the call has been handled or set aside (for tests and orderly hand-over). */
  caughtUp(): Promise<void>
  /** Messages published and not yet handled, by topic. */
  lag(): Promise<Readonly<Record<string, number>>>
  /** Time of the last sign of life (fetch or heartbeat), for liveness. */
  lastActivity(): number
  /** Finishes what is in flight, then stops. */
  close(): Promise<void>
}

export interface Bus {
  /** Resolves when the bus answers; throws `BUS_UNAVAILABLE` or `BUS_CLOSED`. Costs little: asked every second or so. */
  check(): Promise<void>
  /** Resolves when all are durable, in the order given. A repeated message (same id, same topic) is delivered at least once, never lost. */
  publish(topic: string, messages: readonly BusMessage[]): Promise<void>
  subscribe(options: ConsumerOptions): Promise<Consumer>
  deadLetters(group?: string): Promise<readonly DeadLetter[]>
  /**
   * Delivers it again, then what waited behind it, in order. Resolves when the wish is noted; if the message fails again
   * it stays a dead letter, with more attempts. Throws `DEAD_LETTER_NOT_FOUND`.
   */
  replay(deadLetterId: string): Promise<void>
  /** Drops it for good and lets what waited behind it through. Throws `DEAD_LETTER_NOT_FOUND`. */
  skip(deadLetterId: string): Promise<void>
  close(): Promise<void>
}
