import type { EventImporter, EventStore, Position, RecordedEvent } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'

/** An event file that counts as a distributed store does: positions of two parts, far apart. */
export function openSparseEvents(file: string): EventStore & EventImporter {
  const store = openSqliteEvents({ file })
  const outside = (event: RecordedEvent): RecordedEvent => ({ ...event, position: sparse(event.position) })
  return {
    ...store,
    async append(...args) {
      const appended = await store.append(...args)
      return { ...appended, position: sparse(appended.position) }
    },
    readStream: async (...args) => (await store.readStream(...args)).map(outside),
    async readAll({ after, ...options } = {}) {
      const page = await store.readAll(after === undefined ? options : { ...options, after: dense(after) })
      return { ...page, events: page.events.map(outside), checkedThrough: sparse(page.checkedThrough) }
    },
    head: async () => sparse(await store.head()),
    onAppended: (listener) => store.onAppended(() => listener()),
    async importEvents(events) {
      const imported = await store.importEvents(events)
      return { ...imported, position: sparse(imported.position) }
    },
    close: () => store.close(),
  }
}

function sparse(position: Position): Position {
  return position === '0' ? position : `${Number(position) * 640 + 64}/${Number(position) * 640}`
}

function dense(position: Position): Position {
  return String(Math.floor(Number(position.split('/')[0]) / 640))
}
