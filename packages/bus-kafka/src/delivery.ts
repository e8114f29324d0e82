import { type ConsumerOptions, DEFAULT_RETRY, errorLabel } from '@dulian/bus'
import type { BusLog } from './bus-log.ts'
import { fromRecord, type RawRecord } from './cloud-event.ts'
import { ended, pause } from './waiting.ts'

export interface ReadRecord extends RawRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export type Outcome =
  | { readonly kind: 'handled' }
  | { readonly kind: 'failed'; readonly error: string; readonly attempts: number }
  /** The partition or the consumer went away before the message was through. */
  | { readonly kind: 'stopped' }

/** Calls the consumer's handler until it succeeds or its tries are used up. */
export class Delivery {
  readonly #options: ConsumerOptions
  readonly #log: BusLog
  readonly #inHand = new Map<string, Promise<Outcome>>()

  constructor(options: ConsumerOptions, log: BusLog) {
    this.#options = options
    this.#log = log
  }

  /** One message of a key at a time, even when an earlier call was given up on while its handler went on. */
  async deliver(read: ReadRecord, stop: AbortSignal): Promise<Outcome> {
    const lane = `${read.topic}\n${read.key?.toString()}`
    const before = this.#inHand.get(lane)
    if (before !== undefined) await Promise.race([before, ended(stop)])
    if (stop.aborted) return { kind: 'stopped' }
    const outcome = this.#untilThrough(read, stop)
    this.#inHand.set(lane, outcome)
    try {
      return await outcome
    } finally {
      if (this.#inHand.get(lane) === outcome) this.#inHand.delete(lane)
    }
  }

  async #untilThrough(read: ReadRecord, stop: AbortSignal): Promise<Outcome> {
    const { group, handle, retry = DEFAULT_RETRY } = this.#options
    const { topic, partition, offset } = read
    for (let attempt = 1; ; attempt += 1) {
      if (stop.aborted) return { kind: 'stopped' }
      try {
        await handle({ ...fromRecord(read), topic, partition, offset: String(offset), attempt })
        return { kind: 'handled' }
      } catch (cause) {
        const error = errorLabel(cause)
        if (attempt >= retry.attempts) return { kind: 'failed', error, attempts: attempt }
        this.#log.warn({ group, topic, partition, offset, attempt, error }, 'bus: message failed, trying again')
        await pause(retry.delay(attempt), stop)
      }
    }
  }
}
