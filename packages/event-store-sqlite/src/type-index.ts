import type { Database, Statement } from './database.ts'

/**
 * Positions 1 to 1024 are block 0, and so on. A block is indexed when it is full, one row per type that occurs in it:
 * small enough that the events behind the last full block can be looked through, large enough that a row per type is
 * next to nothing.
 */
const BLOCK = 1_024

/** The last position that the index covers. */
export const FIND_INDEXED = 'SELECT through FROM type_index'

/** Leads `event_by_type` after the events, block by block. */
export class TypeIndex {
  readonly #findTypes: Statement
  readonly #findIndexed: Statement
  readonly #insert: Statement
  readonly #setIndexed: Statement
  #through = 0
  /** Of the events after `#through`; undefined when they have to be asked for. */
  #types: number[] | undefined

  constructor(database: Database) {
    this.#findTypes = database.prepare('SELECT type FROM event WHERE position > ? ORDER BY position')
    this.#findTypes.setReturnArrays(true)
    this.#findIndexed = database.prepare(FIND_INDEXED)
    this.#insert = database.prepare('INSERT INTO event_by_type (type, block, places) VALUES (?, ?, ?)')
    this.#setIndexed = database.prepare('UPDATE type_index SET through = ?')
  }

  /** Takes note of the next event's type. */
  add(type: number): void {
    this.#types?.push(type)
  }

  /** Indexes the blocks that have become full. Within the transaction that wrote the events. */
  follow(): void {
    const types = this.#types ?? this.#load()
    this.#types = types
    if (types.length < BLOCK) return
    const full = types.length - (types.length % BLOCK)
    for (let from = 0; from < full; from += BLOCK) {
      const places = Map.groupBy(
        Array.from({ length: BLOCK }, (_, place) => place),
        (place) => types[from + place] ?? 0,
      )
      const block = (this.#through + from) / BLOCK
      for (const [type, list] of places) this.#insert.run(type, block, list.join())
    }
    this.#types = types.slice(full)
    this.#through += full
    this.#setIndexed.run(this.#through)
  }

  /** After a rollback, or when another connection has written. */
  forget(): void {
    this.#types = undefined
  }

  #load(): number[] {
    this.#through = Number(this.#findIndexed.get()?.through)
    const rows: readonly unknown[] = this.#findTypes.all(this.#through)
    return rows.map((row) => (row as readonly [number])[0])
  }
}

/** The rows, in order of blocks, that have a type's positions between two; its parameters are what `blocksOf` returns. */
export function selectPositions(types: readonly number[], order: 'ASC' | 'DESC'): string {
  return `SELECT block, places FROM event_by_type
    WHERE type IN (${types.join()}) AND block BETWEEN ? AND ? ORDER BY block ${order}`
}

/** The blocks with the positions from … to. */
export function blocksOf(from: number, to: number): [number, number] {
  return [Math.floor((from - 1) / BLOCK), Math.floor((to - 1) / BLOCK)]
}

/** The first positions within from … to that the rows have, in the order of the rows, as many as wanted. */
export function takePositions(
  rows: Iterable<unknown>,
  { from, to, order, limit }: { from: number; to: number; order: 'ASC' | 'DESC'; limit: number },
): number[] {
  const taken: number[] = []
  let current = -1
  let positions: number[] = []
  const takeCurrent = (): void => {
    positions.sort(order === 'ASC' ? (a, b) => a - b : (a, b) => b - a)
    for (const position of positions) taken.push(position)
    positions = []
  }
  for (const row of rows) {
    const [block, places] = row as readonly [number, string]
    if (block !== current) {
      takeCurrent()
      if (taken.length >= limit) break
      current = block
    }
    for (const place of JSON.parse(`[${places}]`) as number[]) {
      const position = block * BLOCK + place + 1
      if (position >= from && position <= to) positions.push(position)
    }
  }
  takeCurrent()
  return taken.slice(0, limit)
}
