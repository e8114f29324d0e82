import type { Database, Statement } from './database.ts'
import type { RecentEvents } from './recent-events.ts'

/**
 * Positions 1 to 1024 are block 0, and so on. A block is indexed when it is full: small enough that the events behind
 * the last full block can be looked through, large enough that a page of the index takes in many events at once.
 */
const BLOCK = 1_024

/** The last position that the index covers. */
export const FIND_INDEXED = 'SELECT through FROM event_index'

/** Leads `event_by_type` and `event_by_stream` after the events, block by block. */
export class EventIndex {
  readonly #recent: RecentEvents
  readonly #insertType: Statement
  readonly #insertStreams: Statement
  readonly #setIndexed: Statement

  constructor(database: Database, recent: RecentEvents) {
    this.#recent = recent
    // Whatever fails here takes the whole transaction back, so SQLite need not be able to undo the one statement.
    this.#insertType = database.prepare('INSERT OR ROLLBACK INTO event_by_type (type, block, places) VALUES (?, ?, ?)')
    this.#insertStreams = database.prepare(`INSERT OR ROLLBACK INTO event_by_stream (stream, version, position)
      SELECT stream, version, position FROM event WHERE position BETWEEN ? AND ?`)
    this.#setIndexed = database.prepare('UPDATE event_index SET through = ?')
  }

  /** Indexes the blocks that have become full. Within the transaction that wrote the events. */
  follow(): void {
    const { after, types } = this.#recent
    if (types.length < BLOCK) return
    const full = types.length - (types.length % BLOCK)
    for (let from = 0; from < full; from += BLOCK) {
      const places = Map.groupBy(
        Array.from({ length: BLOCK }, (_, place) => place),
        (place) => types[from + place] ?? 0,
      )
      const block = (after + from) / BLOCK
      for (const [type, list] of places) this.#insertType.run(type, block, list.join())
    }
    const through = after + full
    this.#insertStreams.run(after + 1, through)
    this.#setIndexed.run(through)
    this.#recent.drop(full)
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
