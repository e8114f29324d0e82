import type { Database, Statement } from './database.ts'

export interface EventType {
  readonly id: number
  readonly category: string
  readonly name: string
}

/** The table of event types, kept in memory. It only ever grows. */
export class EventTypes {
  readonly #select: Statement
  readonly #insert: Statement
  readonly #byId: (EventType | undefined)[] = []
  readonly #byCategory = new Map<string, Map<string, EventType>>()
  #newest = 0

  constructor(database: Database, readOnly: boolean) {
    this.#select = database.prepare('SELECT id, category, name FROM event_type WHERE id > ? ORDER BY id')
    this.#insert = readOnly
      ? this.#select
      : database.prepare('INSERT INTO event_type (id, category, name) VALUES (?, ?, ?)')
  }

  get(id: number): EventType {
    if (id > this.#newest) this.refresh()
    const type = this.#byId[id]
    if (type === undefined) throw new Error(`the event file names an event type it does not have: ${id}`)
    return type
  }

  /** The id under which a type is stored, made when it is new. Only within a transaction. */
  idOf(category: string, name: string): number {
    const known = this.#byCategory.get(category)?.get(name)
    if (known !== undefined) return known.id
    this.refresh()
    const meanwhile = this.#byCategory.get(category)?.get(name)
    if (meanwhile !== undefined) return meanwhile.id
    const id = this.#newest + 1
    this.#insert.run(id, category, name)
    this.#add({ id, category, name })
    return id
  }

  /** Every type that a filter lets through; undefined when it lets all of them through. */
  matching(filter: {
    readonly categories?: readonly string[]
    readonly types?: readonly string[]
  }): readonly number[] | undefined {
    if (filter.categories === undefined && filter.types === undefined) return undefined
    this.refresh()
    const categories = filter.categories === undefined ? undefined : new Set(filter.categories)
    const types = filter.types === undefined ? undefined : new Set(filter.types)
    const ids: number[] = []
    let all = true
    for (const type of this.#byId) {
      if (type === undefined) continue
      const matches = categories?.has(type.category) !== false && types?.has(type.name) !== false
      if (matches) ids.push(type.id)
      else all = false
    }
    return all ? undefined : ids
  }

  /** Takes in what other connections have added. */
  refresh(): void {
    for (const row of this.#select.all(this.#newest)) {
      this.#add({ id: Number(row.id), category: String(row.category), name: String(row.name) })
    }
  }

  /** After a rollback: what was added may not be there. */
  forget(): void {
    this.#byId.length = 0
    this.#byCategory.clear()
    this.#newest = 0
  }

  #add(type: EventType): void {
    this.#byId[type.id] = type
    const names = this.#byCategory.get(type.category) ?? new Map<string, EventType>()
    this.#byCategory.set(type.category, names.set(type.name, type))
    this.#newest = Math.max(this.#newest, type.id)
  }
}
