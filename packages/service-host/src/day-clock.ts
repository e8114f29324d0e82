import { type Calendar, chinaDate } from '@dulian/calendar'
import {
  type Clock,
  deterministicId,
  type EventStore,
  isDomainError,
  type RecordedEvent,
  streamName,
} from '@dulian/event-sourcing'
import { CLOCK_CATEGORY, CLOCK_ID, CLOCK_OFFICE, clockEvents } from './clock-stream.ts'

const STREAM = streamName(CLOCK_CATEGORY, CLOCK_OFFICE, CLOCK_ID)
const DAY = 86_400_000
const LOOK_EVERY = 30_000

/**
 * Writes a `DayBegan` for every day that has begun since the last one, each exactly once: its id follows from the
 * date and it is appended at the version it was read at. A clock set back writes nothing until it has caught up.
 */
export class DayClock {
  readonly #store: EventStore
  readonly #clock: Clock
  readonly #calendar: Calendar
  readonly #onError: (error: unknown) => void
  #cancel: (() => void) | undefined
  #running: Promise<void> = Promise.resolve()
  #stopped = false
  /** Date of the newest `DayBegan`, once known: the usual look then costs no read. */
  #last: { readonly date: string; readonly version: number } | undefined

  constructor(options: { store: EventStore; clock: Clock; calendar: Calendar; onError: (error: unknown) => void }) {
    this.#store = options.store
    this.#clock = options.clock
    this.#calendar = options.calendar
    this.#onError = options.onError
  }

  async start(): Promise<void> {
    await this.tick()
    this.#schedule()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel?.()
    await this.#running
  }

  /** Brings the days up to now. */
  async tick(): Promise<void> {
    this.#running = this.#running.then(() => this.#catchUp()).catch((error: unknown) => this.#onError(error))
    await this.#running
  }

  #schedule(): void {
    if (this.#stopped) return
    this.#cancel = this.#clock.after(LOOK_EVERY, () => {
      void this.tick().then(() => this.#schedule())
    })
  }

  async #catchUp(): Promise<void> {
    const today = chinaDate(this.#clock.now())
    const last = this.#last ?? (await this.#newest())
    let version = last?.version ?? 0
    let date = last === undefined ? today : nextDay(last.date)
    while (date <= today && !this.#stopped) {
      const encoded = clockEvents.encode({
        type: 'DayBegan',
        data: { date, workingDay: this.#calendar.isWorkingDay(date) },
      })
      const id = deterministicId('day-began', date)
      try {
        const appended = await this.#store.append(STREAM, [{ id, ...encoded }], {
          expected: version === 0 ? 'none' : version,
          meta: { correlationId: id, actor: 'clock', office: CLOCK_OFFICE },
        })
        version = appended.version
      } catch (error) {
        this.#last = undefined
        if (isDomainError(error, 'WRONG_EXPECTED_VERSION') || isDomainError(error, 'STREAM_ALREADY_EXISTS')) return
        throw error
      }
      this.#last = { date, version }
      date = nextDay(date)
    }
  }

  async #newest(): Promise<{ date: string; version: number } | undefined> {
    const [event] = (await this.#store.readStream(STREAM, {
      direction: 'backwards',
      limit: 1,
    })) as readonly RecordedEvent[]
    if (event === undefined) return undefined
    return { date: clockEvents.decode(event).data.date, version: event.version }
  }
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10)
}
