import type { StreamName } from '@dulian/event-sourcing'
import type { Database, Statement } from './database.ts'

const NAMES_KEPT = 50_000
/** Streams that begin together are read together. */
const BLOCK = 256

/** Names of streams by the ids under which they are stored. A name never changes. */
export class StreamNames {
  readonly #select: Statement
  readonly #names = new Map<number, StreamName>()

  constructor(database: Database) {
    this.#select = database.prepare('SELECT id, name FROM stream WHERE id BETWEEN ? AND ?')
    this.#select.setReturnArrays(true)
  }

  get(id: number): StreamName {
    return this.#names.get(id) ?? this.#load(id)
  }

  #load(id: number): StreamName {
    if (this.#names.size > NAMES_KEPT) this.#names.clear()
    const first = id - (id % BLOCK)
    for (const row of this.#select.all(first, first + BLOCK - 1) as readonly unknown[]) {
      const [found, name] = row as readonly [number, StreamName]
      this.#names.set(found, name)
    }
    const name = this.#names.get(id)
    if (name === undefined) throw new Error(`the event file names a stream it does not have: ${id}`)
    return name
  }
}
