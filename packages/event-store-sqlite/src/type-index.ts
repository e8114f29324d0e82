import type { Database, Statement } from './database.ts'

/** So many events may be missing in the index: few enough to be looked through, many enough to fill the pages that change. */
const EVENTS_BEHIND = 1_024

export const FIND_INDEXED = 'SELECT through FROM type_index'

/** Leads `event_by_type` after the events, a good many at a time. */
export class TypeIndex {
  readonly #find: Statement
  readonly #add: Statement
  readonly #set: Statement
  #through: number | undefined

  constructor(database: Database) {
    this.#find = database.prepare(FIND_INDEXED)
    this.#add = database.prepare(
      `INSERT INTO event_by_type (type, position)
       SELECT type, position FROM event WHERE position BETWEEN ? AND ?`,
    )
    this.#set = database.prepare('UPDATE type_index SET through = ?')
  }

  /** Within the transaction that wrote the events up to `last`. */
  follow(last: number): void {
    this.#through ??= Number(this.#find.get()?.through)
    if (last - this.#through < EVENTS_BEHIND) return
    this.#add.run(this.#through + 1, last)
    this.#set.run(last)
    this.#through = last
  }

  /** After a rollback, or when another connection has written. */
  forget(): void {
    this.#through = undefined
  }
}
