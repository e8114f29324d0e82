import type { EventStore, Position, RecordedEvent } from '@dulian/event-sourcing'
import { START } from '@dulian/event-sourcing'

const PAGE = 500

/** All events of a store, page by page, in their total order. Pages may be empty. */
export async function* eventPages(store: EventStore): AsyncGenerator<readonly RecordedEvent[]> {
  for (let after: Position = START; ; ) {
    const page = await store.readAll({ after, limit: PAGE })
    yield page.events
    if (page.end) return
    after = page.checkedThrough
  }
}

/** Hands a store's events out in portions of any size. */
export class EventCursor {
  readonly #pages: AsyncGenerator<readonly RecordedEvent[]>
  #rest: readonly RecordedEvent[] = []

  constructor(store: EventStore) {
    this.#pages = eventPages(store)
  }

  /** As many as there are of the next ones; none at the end. */
  async take(count: number): Promise<readonly RecordedEvent[]> {
    let taken = this.#rest.slice(0, count)
    this.#rest = this.#rest.slice(count)
    while (taken.length < count) {
      const { value, done } = await this.#pages.next()
      if (done === true) break
      const wanted = count - taken.length
      taken = [...taken, ...value.slice(0, wanted)]
      this.#rest = value.slice(wanted)
    }
    return taken
  }

  /** The next page, as large as it comes. */
  async page(): Promise<readonly RecordedEvent[]> {
    return await this.take(PAGE)
  }
}
