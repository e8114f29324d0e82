import type { LoggedMessage } from './message-log.ts'

export interface WindowEntry {
  readonly logged: LoggedMessage
}

/** The messages of one topic between the committed offset and the last one read: which are handled, which are not. */
export class TopicWindow {
  /** Everything up to here is handled, and written down as such. */
  committed: number
  /** The last offset read. */
  fetched: number
  /** Offsets read and not yet committed, in order; `true` once handled. */
  readonly #entries = new Map<number, boolean>()
  #unhandled = 0

  constructor(committed: number) {
    this.committed = committed
    this.fetched = committed
  }

  get unhandled(): number {
    return this.#unhandled
  }

  get length(): number {
    return this.#entries.size
  }

  add(logged: LoggedMessage): WindowEntry {
    this.#entries.set(logged.offset, false)
    this.#unhandled += 1
    this.fetched = logged.offset
    return { logged }
  }

  handled({ logged }: WindowEntry): void {
    if (this.#entries.get(logged.offset) !== false) return
    this.#entries.set(logged.offset, true)
    this.#unhandled -= 1
  }

  /** The offset up to which nothing is left to do. */
  reached(): number {
    let reached = this.committed
    for (const [offset, handled] of this.#entries) {
      if (!handled) break
      reached = offset
    }
    return reached
  }

  commit(reached: number): void {
    for (const offset of this.#entries.keys()) {
      if (offset > reached) break
      this.#entries.delete(offset)
    }
    this.committed = reached
  }

  /** Handled already, but behind one that is not. */
  handledAhead(): number {
    return this.#entries.size - this.#unhandled
  }
}
