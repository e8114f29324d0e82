import type { Document, DocumentWrite, Position, StoredDocument, ViewSpace } from '@dulian/views'
import { comparePositions } from '@dulian/views'
import { RecentlyUsed } from './recently-used.ts'

/**
 * What a projection sees while it handles a batch of events: the view's documents with the batch's own changes on
 * top. Nothing is written until the batch is committed together with its checkpoint.
 */
export interface UnitOfWork {
  get<D extends Document>(collection: string, id: string): Promise<D | undefined>
  put(collection: string, id: string, document: Document): void
  remove(collection: string, id: string): void
  /** Reads many ids at once, so that later `get`s of them cost nothing. */
  prefetch(collection: string, ids: readonly string[]): Promise<void>
}

interface Entry {
  document: Document | null
  version: Position
  changed: boolean
}

/**
 * Documents as the last batches left them, so that the next ones need not read them again. Only for whoever is alone
 * in writing to the view, as a rebuild is to its generation; and only committed batches are remembered.
 */
export class KnownDocuments {
  readonly #limit: number
  readonly #collections = new Map<string, RecentlyUsed<string, Entry>>()

  /** So many of each collection for certain, at most twice as many. */
  constructor(limit: number) {
    this.#limit = limit
  }

  find(collection: string, id: string): Entry | undefined {
    return this.#collections.get(collection)?.get(id)
  }

  remember(collection: string, id: string, entry: Entry): void {
    let documents = this.#collections.get(collection)
    if (documents === undefined) {
      documents = new RecentlyUsed(this.#limit)
      this.#collections.set(collection, documents)
    }
    documents.set(id, entry.changed ? { ...entry, changed: false } : entry)
  }
}

export class BatchUnitOfWork implements UnitOfWork {
  readonly #space: ViewSpace
  readonly #known: KnownDocuments | undefined
  readonly #entries = new Map<string, Map<string, Entry>>()
  #position: Position
  /** What the event in hand has changed, to take it back when its handler fails. */
  #undo: (() => void)[] = []

  constructor(space: ViewSpace, position: Position, known?: KnownDocuments) {
    this.#space = space
    this.#position = position
    this.#known = known
  }

  /** The next event's turn: every write until the next call carries this position. */
  at(position: Position): void {
    this.#position = position
    this.#undo = []
  }

  /** Takes back what the event in hand has written. */
  undo(): void {
    for (const step of this.#undo.reverse()) step()
    this.#undo = []
  }

  async get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    const entries = this.#of(collection)
    let entry = entries.get(id)
    if (entry === undefined) {
      entry = this.#known?.find(collection, id) ?? toEntry(await this.#space.get(collection, id))
      entries.set(id, entry)
    }
    return (entry.document ?? undefined) as D | undefined
  }

  async prefetch(collection: string, ids: readonly string[]): Promise<void> {
    const entries = this.#of(collection)
    const missing: string[] = []
    for (const id of ids) {
      if (entries.has(id)) continue
      const entry = this.#known?.find(collection, id)
      if (entry === undefined) missing.push(id)
      else entries.set(id, entry)
    }
    if (missing.length === 0) return
    const found = await this.#space.getMany(collection, missing)
    for (const id of missing) entries.set(id, toEntry(found.get(id)))
  }

  put(collection: string, id: string, document: Document): void {
    this.#change(collection, id, document)
  }

  remove(collection: string, id: string): void {
    this.#change(collection, id, null)
  }

  writes(): DocumentWrite[] {
    const writes: DocumentWrite[] = []
    for (const [collection, entries] of this.#entries) {
      for (const [id, entry] of entries) {
        if (entry.changed) writes.push({ collection, id, version: entry.version, document: entry.document })
      }
    }
    return writes
  }

  /** Call once the writes are committed. */
  remember(): void {
    if (this.#known === undefined) return
    for (const [collection, entries] of this.#entries) {
      for (const [id, entry] of entries) this.#known.remember(collection, id, entry)
    }
  }

  /** A document that has already seen this position (a replay after a crash) stays as it is. */
  #change(collection: string, id: string, document: Document | null): void {
    const entries = this.#of(collection)
    const entry = entries.get(id)
    if (entry !== undefined && !entry.changed && comparePositions(entry.version, this.#position) >= 0) return
    entries.set(id, { document, version: this.#position, changed: true })
    this.#undo.push(() => {
      if (entry === undefined) entries.delete(id)
      else entries.set(id, entry)
    })
  }

  #of(collection: string): Map<string, Entry> {
    let entries = this.#entries.get(collection)
    if (entries === undefined) {
      entries = new Map()
      this.#entries.set(collection, entries)
    }
    return entries
  }
}

function toEntry(stored: StoredDocument | undefined): Entry {
  return stored === undefined
    ? { document: null, version: '0', changed: false }
    : { document: stored.document, version: stored.version, changed: false }
}
