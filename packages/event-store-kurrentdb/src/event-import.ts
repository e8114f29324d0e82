import { isDeepStrictEqual } from 'node:util'
import type { Appended, Imported, RecordedEvent } from '@dulian/event-sourcing'
import { eventSourcingError, isDomainError } from '@dulian/event-sourcing'
import { START } from '@dulian/views'
import type { Appender } from './appender.ts'
import type { EventReader } from './event-reader.ts'
import type { EncodedEvent } from './stored-event.ts'

export interface EventToImport {
  readonly event: RecordedEvent
  readonly encoded: EncodedEvent
}

/** One append holds at most so many neighbours of one stream, and bytes. */
const RUN_EVENTS = 200
const RUN_BYTES = 512 * 1024

/** Takes over events in the order given: one append after the other, neighbours of one stream together. */
export class EventImport {
  readonly #reader: EventReader
  readonly #appender: Appender

  constructor(reader: EventReader, appender: Appender) {
    this.#reader = reader
    this.#appender = appender
  }

  async import(events: readonly EventToImport[]): Promise<Imported> {
    let position = START
    let written = 0
    for (const run of runsOf(events)) {
      let missing = run
      if (written === 0) {
        const there = await this.#alreadyThere(run)
        position = there.at(-1)?.position ?? position
        missing = run.slice(there.length)
      }
      if (missing.length === 0) continue
      position = (await this.#write(missing)).position
      written += missing.length
    }
    return { written, position }
  }

  /** The stored events that are the beginning of the run. Throws `IMPORTED_EVENT_DIFFERS` at the first other one. */
  async #alreadyThere(run: readonly EventToImport[]): Promise<readonly RecordedEvent[]> {
    const [first] = run
    if (first === undefined) return []
    const { stream, version } = first.event
    const stored = await this.#reader.readStream(stream, { from: version, limit: run.length })
    // Beyond a hole in the stream nothing is compared: the append will be refused.
    const there = stored.filter((event, index) => event.version === version + index)
    for (const [index, event] of there.entries()) {
      const given = run[index]?.event
      if (given !== undefined && !isSame(event, given)) throw differs(given)
    }
    return there
  }

  async #write(run: readonly EventToImport[]): Promise<Appended> {
    const [first] = run
    if (first === undefined) throw new RangeError('nothing to import')
    const { stream, version } = first.event
    try {
      const appended = await this.#appender.append({
        stream,
        expected: version - 1,
        events: run.map(({ encoded }) => encoded),
      })
      if (!appended.repeated) return appended
    } catch (error) {
      if (!isDomainError(error) || error.kind !== 'conflict') throw error
    }
    const [found] = await this.#reader.readStream(stream, { from: version, limit: 1 })
    if (found?.version === version && !isSame(found, first.event)) throw differs(first.event)
    throw eventSourcingError('IMPORT_OUT_OF_ORDER', { stream, version })
  }
}

function* runsOf(events: readonly EventToImport[]): Generator<readonly EventToImport[]> {
  let run: EventToImport[] = []
  let bytes = 0
  for (const next of events) {
    const last = run.at(-1)?.event
    const follows = last?.stream === next.event.stream && last.version + 1 === next.event.version
    if (last !== undefined && (!follows || run.length >= RUN_EVENTS || bytes >= RUN_BYTES)) {
      yield run
      run = []
      bytes = 0
    }
    run.push(next)
    bytes += next.encoded.size
  }
  if (run.length > 0) yield run
}

/** Positions are each store's own. */
function isSame(stored: RecordedEvent, given: RecordedEvent): boolean {
  return (
    stored.id === given.id &&
    stored.type === given.type &&
    stored.time === given.time &&
    isDeepStrictEqual(stored.data, asStored(given.data)) &&
    isDeepStrictEqual(stored.meta, asStored(given.meta))
  )
}

function asStored(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null')
}

function differs({ stream, version }: RecordedEvent): Error {
  return eventSourcingError('IMPORTED_EVENT_DIFFERS', { stream, version })
}
