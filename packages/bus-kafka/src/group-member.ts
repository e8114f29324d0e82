import type { Consumer, EachBatchPayload, IMemberAssignment } from 'kafkajs'
import type { Administration } from './administration.ts'
import { partitionAssigner } from './assigner.ts'
import { Assignment, type AssignmentOptions } from './assignment.ts'
import { type BrokerAccess, KafkaConnection } from './kafka-connection.ts'
import { kafkaErrorLabel } from './kafka-errors.ts'
import type { PartitionReader } from './partition-reader.ts'
import { deadLetterTopic } from './topics.ts'
import { within } from './waiting.ts'

export interface GroupTimes {
  /** Milliseconds without a heartbeat after which the brokers give a member's partitions to others. */
  readonly session: number
  readonly heartbeat: number
  /** Milliseconds the group waits for its members to come to a new sharing-out. */
  readonly rebalance: number
}

export interface GroupMemberOptions {
  readonly access: BrokerAccess
  readonly administration: Administration
  readonly reader: PartitionReader
  readonly group: string
  readonly topics: readonly string[]
  readonly times: GroupTimes
  readonly work: Omit<AssignmentOptions, 'group' | 'partitions' | 'isCurrent'>
  readonly onLife: () => void
}

/**
 * The part of a session, since the brokers last confirmed it, in which a membership may be relied upon. What is begun at
 * its end, writing down a dead letter for one, has the rest of the session to come to an end.
 */
export const SURE = 2 / 3
/** Milliseconds an orderly farewell may take before the connection is cut. */
const FAREWELL = 5_000
/** Milliseconds a fetch waits for something to come; how soon pausing and resuming take effect. */
const FETCH_WAIT = 300

class TopicGrewError extends Error {
  override readonly name = 'TopicGrewError'
}

/** Asks the client to try joining again a little later. */
class NotReadyError extends Error {
  /** The client takes anything of this type for “join again”. */
  readonly type = 'REBALANCE_IN_PROGRESS'
}

/**
 * One membership in a group, from joining to leaving or falling out. It is not mended: when it ends by itself (the
 * client crashed or fell silent) its owner makes another.
 */
export class GroupMember {
  /** Resolves with the reason when the membership has ended by itself. */
  readonly ended: Promise<string>
  readonly #options: GroupMemberOptions
  readonly #connection: KafkaConnection
  readonly #client: Consumer
  readonly #end: (reason: string) => void
  #assignment: Assignment | undefined
  /** Is no longer worked on, but may still have handlers in flight. */
  #leaving: Assignment | undefined
  #isClosing = false
  #isGone = false
  #lastSeen = performance.now()
  /** When the brokers last said that the membership stands. */
  #lastConfirmed = performance.now()
  #joiningSince: number | undefined
  #started: Promise<void> = Promise.resolve()

  constructor(options: GroupMemberOptions) {
    this.#options = options
    const { promise, resolve } = Promise.withResolvers<string>()
    this.ended = promise
    this.#end = resolve
    this.#connection = new KafkaConnection(options.access)
    const { session, heartbeat, rebalance } = options.times
    this.#client = this.#connection.kafka.consumer({
      groupId: options.group,
      allowAutoTopicCreation: false,
      sessionTimeout: session,
      heartbeatInterval: heartbeat,
      rebalanceTimeout: rebalance,
      maxWaitTimeInMs: Math.min(FETCH_WAIT, heartbeat),
      partitionAssigners: [partitionAssigner(() => this.#beforeJoin())],
      // While a new sharing-out waits for handlers, every look counts as a retry. A crash ends the membership.
      retry: {
        initialRetryTime: 50,
        maxRetryTime: 500,
        retries: Math.ceil(this.#patience / 400) + 10,
        restartOnFailure: async () => false,
      },
    })
    this.#listen()
  }

  get assignment(): Assignment | undefined {
    return this.#assignment
  }

  /** Milliseconds since the last sign of life; waiting for the rest of the group to join is one, as long as that may take. */
  get silentFor(): number {
    const now = performance.now()
    const { rebalance, session } = this.#options.times
    if (this.#joiningSince !== undefined && now - this.#joiningSince < rebalance + session) return 0
    return now - this.#lastSeen
  }

  /** Milliseconds handlers in flight get when the group shares out anew; well before the session ends, for no heartbeat is sent meanwhile. */
  get #patience(): number {
    return this.#options.times.session * 0.6
  }

  start(): void {
    this.#started = this.#run().catch((error: unknown) => this.#end(kafkaErrorLabel(error)))
  }

  /** Finishes what is in flight, commits, leaves the group. */
  async close(): Promise<void> {
    this.#isClosing = true
    await Promise.all([this.#assignment?.finished(), this.#leaving?.finished()])
    await within(
      FAREWELL,
      this.#started.then(() => this.#client.disconnect()),
    ).catch(() => {})
    this.#connection.destroy()
  }

  /** Clears up after a membership that has ended by itself: waits for what is in flight, but not for ever. */
  async dispose(isSilent: boolean): Promise<void> {
    this.#isGone = true
    // Nothing can be said on a dead connection; waiting for an answer would only take time.
    if (isSilent) this.#connection.destroy()
    const inFlight = [this.#assignment, this.#leaving].filter((assignment) => assignment !== undefined)
    await within(this.#patience, Promise.all(inFlight.map((assignment) => assignment.finished()))).catch(() => {})
    for (const assignment of inFlight) assignment.drop()
    // Leaves the group, if it still can: then the brokers need not wait for the session to end.
    if (!isSilent) await within(FAREWELL, this.#client.disconnect()).catch(() => {})
    this.#connection.destroy()
  }

  /** Is gone at once, as a killed process would be. */
  abandon(): void {
    this.#isGone = true
    this.#assignment?.drop()
    this.#leaving?.drop()
    this.#connection.destroy()
  }

  async #run(): Promise<void> {
    const { topics, group } = this.#options
    await this.#client.connect()
    const all = topics.flatMap((topic) => [topic, deadLetterTopic(topic, group)])
    await this.#client.subscribe({ topics: all, fromBeginning: true })
    await this.#client.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 1,
      eachBatch: async (payload) => this.#take(payload),
    })
  }

  #listen(): void {
    const { events } = this.#client
    const alive = (): void => this.#alive()
    for (const event of [events.FETCH, events.START_BATCH_PROCESS] as const) this.#client.on(event, alive)
    this.#client.on(events.HEARTBEAT, () => this.#confirmed())
    this.#client.on(events.GROUP_JOIN, ({ payload }) => this.#joined(payload.memberAssignment))
    this.#client.on(events.CRASH, ({ payload }) => this.#end(kafkaErrorLabel(payload.error)))
    // A crash stops the client, too, and says so first; its reason follows.
    this.#client.on(events.STOP, () => void setTimeout(() => this.#end('STOPPED'), 200).unref())
  }

  #alive(): void {
    this.#lastSeen = performance.now()
    this.#options.onLife()
  }

  #confirmed(): void {
    this.#lastConfirmed = performance.now()
    this.#alive()
  }

  #take(payload: EachBatchPayload): void {
    if (this.#isGone || this.#assignment === undefined) payload.pause()
    else this.#assignment.accept(payload)
  }

  /** Called by the client each time it is about to join: what was ours must be finished first, or it comes to nothing. */
  #beforeJoin(): void {
    if (this.#isGone) throw new Error('the membership is over')
    this.#joiningSince ??= performance.now()
    if (this.#assignment !== undefined) {
      this.#leaving = this.#assignment
      this.#assignment = undefined
      const leaving = this.#leaving
      leaving.stop()
      if (leaving.isIdle) this.#leaving = undefined
      else
        void within(this.#patience, leaving.finished())
          .catch(() => leaving.drop())
          .finally(() => {
            if (this.#leaving === leaving) this.#leaving = undefined
          })
    }
    if (this.#leaving !== undefined) throw new NotReadyError('handlers are still in flight')
  }

  #joined(share: IMemberAssignment): void {
    this.#joiningSince = undefined
    this.#confirmed()
    if (this.#isGone) return
    const { group, topics, times, work } = this.#options
    const partitions = topics.flatMap((topic) => (share[topic] ?? []).map((partition) => ({ topic, partition })))
    const assignment = new Assignment({
      ...work,
      group,
      partitions,
      isCurrent: () => performance.now() - this.#lastConfirmed < times.session * SURE,
    })
    this.#assignment = assignment
    if (this.#isClosing) assignment.stop()
    // The client remembers what was paused before.
    this.#client.resume(Object.entries(share).map(([topic, mine]) => ({ topic, partitions: mine })))
    this.#prepare(assignment).catch((error: unknown) => {
      if (this.#assignment === assignment) this.#end(kafkaErrorLabel(error))
    })
  }

  /** Nothing is handled before it is known what was set aside. */
  async #prepare(assignment: Assignment): Promise<void> {
    const { administration, reader, group } = this.#options
    const topics = Map.groupBy(assignment.partitions, ({ topic }) => topic)
    if (topics.size === 0) return
    const committed = await administration.committed(group, [...topics.keys()])
    for (const [topic, works] of topics) {
      const partitions = works.map(({ partition }) => partition)
      const setAside = await reader.read(deadLetterTopic(topic, group), partitions)
      for (const work of works) {
        const left = setAside.find(({ partition }) => partition === work.partition)
        // The topic has grown since its dead letters were prepared: with the next membership they follow.
        if (left === undefined) throw new TopicGrewError(`${topic} has more partitions than its dead letters`)
        work.load(committed.get(topic)?.get(work.partition) ?? 0, left)
      }
    }
  }
}
