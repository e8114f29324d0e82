import type { StreamName } from '@dulian/event-sourcing'
import type { Database, Statement } from './database.ts'

/** Streams that begin together are mostly read together: their names are fetched and kept in blocks. */
const BLOCK = 256
const BLOCKS_KEPT = 200

/** Names of streams by the ids under which they are stored. A name never changes. */
export class StreamNames {
  readonly #select: Statement
  readonly #blocks = new Map<number, (StreamName | undefined)[]>()

  constructor(database: Database) {
    this.#select = database.prepare(
      'SELECT json_group_array(id), json_group_array(name) FROM stream WHERE id BETWEEN ? AND ?',
    )
    this.#select.setReturnArrays(true)
  }

  get(id: number): StreamName {
    const block = Math.floor(id / BLOCK)
    return this.#blocks.get(block)?.[id % BLOCK] ?? this.#load(block, id)
  }

  /** From the missing one on: what was there before it is known, or not wanted. */
  #load(block: number, id: number): StreamName {
    const known = this.#blocks.get(block)
    if (known === undefined && this.#blocks.size >= BLOCKS_KEPT) this.#blocks.clear()
    const names = known ?? new Array<StreamName | undefined>(BLOCK).fill(undefined)
    this.#blocks.set(block, names)
    const row: unknown = this.#select.get(id, (block + 1) * BLOCK - 1)
    const [idList, nameList] = row as readonly [string, string]
    const found = JSON.parse(nameList) as StreamName[]
    for (const [index, each] of (JSON.parse(idList) as number[]).entries()) names[each % BLOCK] = found[index]
    const name = names[id % BLOCK]
    if (name === undefined) throw new Error(`the event file names a stream it does not have: ${id}`)
    return name
  }
}
