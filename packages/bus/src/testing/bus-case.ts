import type { Bus, Consumer, ConsumerOptions, DeadLetter, RetryPolicy } from '../bus.ts'
import { Recorder, unique, until } from './recorder.ts'

/** What an adapter's test provides. One harness serves all cases; each uses topics and groups of its own. */
export interface BusHarness {
  /** The bus in use: the same one until `reopen` or `crash`. */
  bus(): Promise<Bus>
  /** Closes the bus in good order and opens it again on the same data. */
  reopen(): Promise<Bus>
  /** Loses the bus as a killed process would (handlers in flight come to nothing) and opens it again. */
  crash(): Promise<Bus>
  /** Creates a topic where the engine does not do it by itself. */
  createTopic?(topic: string): Promise<void>
  /** Milliseconds a case waits for what must come; 30,000 when absent. */
  readonly patience?: number
  dispose(): Promise<void>
}

/** One case's own topic and group on the harness's bus. */
export class BusCase {
  readonly harness: BusHarness
  readonly topic = unique('topic')
  readonly group = unique('group')

  constructor(harness: BusHarness) {
    this.harness = harness
  }

  async open(): Promise<Bus> {
    await this.createTopic(this.topic)
    return await this.harness.bus()
  }

  async createTopic(topic: string): Promise<void> {
    await this.harness.createTopic?.(topic)
  }

  /** Subscribes this case's group to its topic, with quick retries. */
  async consume(bus: Bus, options: Partial<ConsumerOptions> & Pick<ConsumerOptions, 'handle'>): Promise<Consumer> {
    return await bus.subscribe({ group: this.group, topics: [this.topic], retry: QUICK, ...options })
  }

  async record(bus: Bus, options: Partial<ConsumerOptions> = {}): Promise<Recorder & { readonly consumer: Consumer }> {
    const recorder = new Recorder()
    return Object.assign(recorder, { consumer: await this.consume(bus, { handle: recorder.handle, ...options }) })
  }

  async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    await until(what, this.harness.patience ?? 30_000, condition)
  }

  /** The only dead letter of the group, once it is there and `blocked` messages wait behind it. */
  async deadLetter(bus: Bus, blocked = 0): Promise<DeadLetter> {
    let found: DeadLetter | undefined
    await this.until(`one dead letter with ${blocked} behind it`, async () => {
      const letters = await bus.deadLetters(this.group)
      found = letters.length === 1 ? letters[0] : undefined
      return found?.blocked === blocked
    })
    if (found === undefined) throw new Error('no dead letter')
    return found
  }
}

export const QUICK: RetryPolicy = { attempts: 3, delay: () => 1 }
