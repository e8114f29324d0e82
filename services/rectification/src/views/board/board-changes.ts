import { type EventStore, parseStreamName } from '@dulian/event-sourcing'
import type { ViewReader } from '@dulian/service-host'

export type BoardListener = (position: string) => void

/** Tells who watches an office's board when something on it has changed and can be read. */
export interface BoardChanges {
  /** Returns the way to stop it. */
  watch(office: string, listener: BoardListener): () => void
}

const PATIENCE = 10_000

/**
 * One look at the store for everybody who watches, however many they are: new problem events are read once, the view
 * is waited for, then the offices concerned are told. Idle while nobody watches.
 */
export function boardChanges(store: EventStore, view: ViewReader): BoardChanges {
  const listeners = new Map<string, Set<BoardListener>>()
  let position: string | undefined
  let stopHints: (() => void) | undefined
  let looking = false
  let hinted = false

  const tell = (offices: ReadonlySet<string>, at: string): void => {
    for (const office of offices) for (const listener of listeners.get(office) ?? []) listener(at)
  }
  const look = async (): Promise<void> => {
    hinted = true
    if (looking) return
    looking = true
    try {
      while (hinted && listeners.size > 0) {
        hinted = false
        position ??= await store.head()
        for (let end = false; !end; ) {
          const page = await store.readAll({ after: position, limit: 500, filter: { categories: ['problem'] } })
          const offices = new Set(page.events.map(({ stream }) => parseStreamName(stream).office))
          position = page.checkedThrough
          end = page.end
          if (offices.size === 0) continue
          // Told a little early is better than never: a reader asks with the position and waits for the view itself.
          await view.waitFor(position, PATIENCE)
          tell(offices, position)
        }
      }
    } finally {
      looking = false
    }
  }
  const onHint = (): void => {
    // A store that is closing takes its watchers with it; the browser connects again.
    look().catch(() => undefined)
  }

  return {
    watch(office, listener) {
      const watching = listeners.get(office) ?? new Set()
      watching.add(listener)
      listeners.set(office, watching)
      if (stopHints === undefined) {
        stopHints = store.onAppended(onHint)
        onHint()
      }
      return () => {
        watching.delete(listener)
        if (watching.size === 0 && listeners.get(office) === watching) listeners.delete(office)
        if (listeners.size > 0) return
        stopHints?.()
        stopHints = undefined
        position = undefined
      }
    },
  }
}
