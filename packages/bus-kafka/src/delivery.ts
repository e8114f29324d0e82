import { type ConsumerOptions, DEFAULT_RETRY, errorLabel } from '@dulian/bus'
import type { BusLog } from './bus-log.ts'
import { fromRecord, type RawRecord } from './cloud-event.ts'
import { pause } from './waiting.ts'

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

  constructor(options: ConsumerOptions, log: BusLog) {
    this.#options = options
    this.#log = log
  }

  async deliver(read: ReadRecord, stop: AbortSignal): Promise<Outcome> {
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
