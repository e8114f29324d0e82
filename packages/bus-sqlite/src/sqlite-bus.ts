import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Bus, BusError, type BusMessage, type Consumer, type ConsumerOptions, type DeadLetter } from '@dulian/bus'
import { Database } from '@dulian/sqlite'
import { type BusLog, silentLog } from './bus-log.ts'
import { ConsumerGroup } from './consumer-group.ts'
import { GroupState } from './group-state.ts'
import { MessageLog, prepareMessage } from './message-log.ts'

export interface SqliteBusOptions {
  /** The log and the groups' state; one process at a time. */
  readonly file: string
  /** Milliseconds since 1970. */
  readonly clock?: () => number
  readonly log?: BusLog
  /** Keys of one group handled at the same time; 16 when absent. */
  readonly concurrency?: number
  /** Bytes of one message's data; 8 MiB when absent. */
  readonly maxMessageBytes?: number
  /** The file does not grow beyond this; reaching it is reported as a full disk. */
  readonly maxFileBytes?: number
  /** Milliseconds between looks when no wake-up comes; 1,000 when absent. */
  readonly pollInterval?: number
  /** `false`: nothing waits for the disk. Only for a file that is thrown away unless everything came to its end. */
  readonly durable?: boolean
}

/** Opens the embedded bus. */
export function openSqliteBus(options: SqliteBusOptions): Bus {
  return new SqliteBus(options)
}

export class SqliteBus implements Bus {
  readonly #options: SqliteBusOptions
  readonly #logDatabase: Database
  readonly #stateDatabase: Database
  readonly #log: MessageLog
  readonly #state: GroupState
  readonly #groups = new Map<string, ConsumerGroup>()
  #closing: Promise<void> | undefined

  constructor(options: SqliteBusOptions) {
    this.#options = options
    mkdirSync(dirname(options.file), { recursive: true })
    const durable = options.durable ?? true
    const limit = options.maxFileBytes === undefined ? {} : { maxBytes: options.maxFileBytes }
    this.#logDatabase = new Database(options.file, { synchronous: durable ? 'FULL' : 'OFF', ...limit })
    this.#stateDatabase = new Database(options.file, { synchronous: durable ? 'NORMAL' : 'OFF', ...limit })
    this.#log = new MessageLog(this.#logDatabase, () => {
      for (const group of this.#groups.values()) group.wake()
    })
    this.#state = new GroupState(this.#stateDatabase, this.#log)
  }

  async publish(topic: string, messages: readonly BusMessage[]): Promise<void> {
    this.#assertOpen()
    const allowed = this.#options.maxMessageBytes ?? 8 * 1024 * 1024
    const prepared = messages.map((message) => prepareMessage(topic, message, allowed))
    if (prepared.length > 0) await this.#log.append(topic, prepared)
  }

  async subscribe(options: ConsumerOptions): Promise<Consumer> {
    this.#assertOpen()
    let group = this.#groups.get(options.group)
    if (group === undefined) {
      group = new ConsumerGroup({
        name: options.group,
        log: this.#log,
        state: this.#state,
        clock: this.#options.clock ?? Date.now,
        pollInterval: this.#options.pollInterval ?? 1_000,
        concurrency: this.#options.concurrency ?? 16,
        report: this.#options.log ?? silentLog,
        emptied: () => this.#groups.delete(options.group),
      })
      this.#groups.set(options.group, group)
    }
    return group.join(options)
  }

  async check(): Promise<void> {
    this.#assertOpen()
  }

  async deadLetters(group?: string): Promise<readonly DeadLetter[]> {
    this.#assertOpen()
    return this.#state.deadLetters(group)
  }

  async replay(deadLetterId: string): Promise<void> {
    this.#assertOpen()
    this.#groups.get(this.#state.requestReplay(deadLetterId))?.decided()
  }

  async skip(deadLetterId: string): Promise<void> {
    this.#assertOpen()
    this.#groups.get(this.#state.drop(deadLetterId))?.decided()
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish()
    return this.#closing
  }

  /** Lets go of the file as a crash would; for tests. */
  abandon(): void {
    this.#closing = Promise.resolve()
    for (const group of this.#groups.values()) group.abandon()
    this.#closeFiles()
  }

  async #finish(): Promise<void> {
    await Promise.all([...this.#groups.values()].map((group) => group.close()))
    this.#log.flush()
    this.#closeFiles()
  }

  #closeFiles(): void {
    this.#stateDatabase.close()
    this.#logDatabase.close()
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw new BusError('BUS_CLOSED', { file: this.#options.file })
  }
}
