import type { Appended, AppendedEvents, RecordedEvent } from '@dulian/event-sourcing'
import type { AppendRequest } from './appender.ts'

/** What one append has written, in the form in which it is stored. */
export interface WrittenAppend {
  readonly request: AppendRequest
  readonly appended: Appended
}

/** What one transaction has written, for those who would otherwise read it back: about five times as cheap. */
export class AppendedGroup implements AppendedEvents {
  readonly after: string
  readonly through: string
  readonly count: number
  readonly #appends: readonly WrittenAppend[]
  readonly #time: string
  #types: ReadonlySet<string> | undefined
  #events: readonly RecordedEvent[] | undefined

  /** At least one append, in the order in which they were written; `time` is what their events bear. */
  constructor(appends: readonly WrittenAppend[], time: number) {
    const [first] = appends
    const before = first === undefined ? 0 : Number(first.appended.position) - first.request.ids.length
    this.#appends = appends
    this.#time = new Date(time).toISOString()
    this.after = String(before)
    this.through = appends.at(-1)?.appended.position ?? this.after
    // Nobody else writes within the transaction.
    this.count = Number(this.through) - before
  }

  get types(): ReadonlySet<string> {
    this.#types ??= new Set(this.#appends.flatMap(({ request }) => request.types))
    return this.#types
  }

  /** Made of the stored texts, as a read would make them, when somebody first asks; everybody gets the same. */
  get events(): readonly RecordedEvent[] {
    this.#events ??= this.#appends.flatMap((append) => recorded(append, this.#time))
    return this.#events
  }
}

function recorded({ request, appended }: WrittenAppend, time: string): RecordedEvent[] {
  const { stream, ids, types, data } = request
  const before = appended.version - ids.length
  const positionBefore = Number(appended.position) - ids.length
  return ids.map((id, index) => ({
    id,
    stream,
    version: before + index + 1,
    position: String(positionBefore + index + 1),
    type: types[index] ?? '',
    time,
    data: JSON.parse(data[index] ?? 'null'),
    meta: JSON.parse(request.meta),
  }))
}
