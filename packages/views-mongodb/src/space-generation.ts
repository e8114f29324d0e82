import {
  type CollectionDefinition,
  type Commit,
  comparePositions,
  type Document,
  type DocumentWrite,
  findAll,
  indexedFields,
  type Lease,
  MAX_LIMIT,
  type ParkedEvent,
  type Position,
  type Query,
  type SpaceDefinition,
  START,
  ViewError,
} from '@dulian/views'
import { CommitJournal } from './commit-journal.ts'
import { type Database, documentsName, parkedName } from './database.ts'
import { DocumentCollection } from './document-collection.ts'
import { GenerationGone } from './engine-error.ts'
import { GenerationRecord, heldBy } from './generation-record.ts'
import { positionKey, toPosition } from './stored-position.ts'
import type { GenerationState, RecordWrite } from './view-records.ts'

export interface GenerationOptions {
  readonly database: Database
  readonly definition: SpaceDefinition
  readonly generation: number
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** Parked events are documents of a collection of their own, so that a commit carries them like any other write. */
const PARKED: CollectionDefinition = { indexes: {} }
type ParkedDocument = Pick<ParkedEvent, keyof ParkedEvent>

/** One generation of a space: its collections, its lease, checkpoint and parked events. */
export class SpaceGeneration {
  readonly number: number
  readonly #database: Database
  readonly #definition: SpaceDefinition
  readonly #clock: () => number
  readonly #shape: string
  readonly #record: GenerationRecord
  readonly #journal: CommitJournal
  readonly #collections = new Map<string, DocumentCollection>()
  readonly #parked: DocumentCollection
  /** Leases up to this token are void here: nobody knows what became of their last commit. */
  #doubtful = 0

  constructor({ database, definition, generation, clock }: GenerationOptions) {
    this.number = generation
    this.#database = database
    this.#definition = definition
    this.#clock = clock
    this.#shape = shapeOf(definition)
    this.#record = new GenerationRecord(database, definition, generation)
    this.#journal = new CommitJournal({ database, definition, generation, record: this.#record, shape: this.#shape })
    const { name } = definition
    for (const [collection, declared] of Object.entries(definition.collections)) {
      const recordsName = documentsName(name, generation, collection)
      this.#collections.set(collection, new DocumentCollection(database, recordsName, collection, declared))
    }
    this.#parked = new DocumentCollection(database, parkedName(name, generation), 'parked', PARKED)
  }

  collection(name: string): DocumentCollection {
    const collection = this.#collections.get(name)
    if (collection === undefined) {
      throw new ViewError('QUERY_NOT_DECLARED', { space: this.#definition.name, collection: name })
    }
    return collection
  }

  /** Carries out what is decided, and fits the documents to the declared fields. */
  async prepare(): Promise<void> {
    await this.#settle(await this.#record.read())
  }

  async createIndexes(): Promise<void> {
    for (const collection of this.#collections.values()) await collection.createIndexes()
  }

  async acquire(holder: string, ttl: number): Promise<Lease | undefined> {
    const now = this.#clock()
    const state = await this.#record.grant(holder, now, ttl)
    if (state === undefined) return undefined
    await this.#settle(state)
    // Parts of commits that were never decided; under a token that is over they never will be.
    const { token } = state
    const { name } = this.#definition
    await this.#database.journal.deleteMany({ space: name, generation: this.number, token: { $lt: token } })
    return { holder, token, expiresAt: now + ttl }
  }

  async renew(lease: Lease, ttl: number): Promise<Lease> {
    this.#assertCertain(lease)
    const now = this.#clock()
    const expiresAt = now + ttl
    if (await this.#record.change(heldBy(lease), { $set: { grantedAt: now, expiresAt } })) {
      return { holder: lease.holder, token: lease.token, expiresAt }
    }
    await this.#record.read()
    throw this.#record.leaseLost(lease)
  }

  async release(lease: Lease): Promise<void> {
    await this.#record.change(heldBy(lease), { $set: { holder: null } })
  }

  async position(): Promise<Position> {
    return toPosition((await this.#record.read()).position)
  }

  async commit(lease: Lease, commit: Commit): Promise<void> {
    this.#assertCertain(lease)
    const position = positionKey(commit.position)
    const writes = this.#writesOf(commit)
    try {
      if (writes.length === 0) await this.#journal.moveOn(lease, position)
      else await this.#journal.commit(lease, position, writes)
    } catch (error) {
      // It may have been decided, and its documents may be half-way there: whoever goes on has to ask for the lease anew,
      // which carries it out, and to read the position again.
      const known = error instanceof ViewError || error instanceof GenerationGone
      if (!known) this.#doubtful = Math.max(this.#doubtful, lease.token)
      throw error
    }
  }

  /** Oldest first. */
  async parked(): Promise<ParkedEvent[]> {
    const parked = {
      find: <D extends Document>(_: string, query: Query) => this.#parked.find<D>(query, query.limit ?? MAX_LIMIT),
    }
    const events = await findAll<ParkedDocument>(parked, 'parked', { where: {} })
    return events.sort((a, b) => comparePositions(a.position, b.position) || (a.eventId < b.eventId ? -1 : 1))
  }

  async #settle({ journal, shape }: GenerationState): Promise<void> {
    if (journal !== null) await this.#journal.carryOut(journal)
    if (shape === this.#shape) return
    const before = JSON.parse(shape) as Readonly<Record<string, unknown>>
    const wanted = JSON.parse(this.#shape) as Readonly<Record<string, unknown>>
    for (const [name, collection] of this.#collections) {
      if (JSON.stringify(before[name]) !== JSON.stringify(wanted[name])) await collection.backfill()
    }
    await this.#record.change({ shape }, { $set: { shape: this.#shape } })
  }

  /** One write per document, the latest. Throws `QUERY_NOT_DECLARED` for a collection that is not there. */
  #writesOf({ writes = [], park = [], unpark = [] }: Commit): RecordWrite[] {
    const latest = new Map<string, RecordWrite>()
    const add = (write: RecordWrite): void => {
      const key = JSON.stringify([write.collection, write.id])
      const other = latest.get(key)
      if (other === undefined || other.position <= write.position) latest.set(key, write)
    }
    for (const write of writes) add(toWrite(this.collection(write.collection), write))
    const at = { collection: 'parked', version: START }
    for (const event of park) add(toWrite(this.#parked, { ...at, id: event.eventId, document: { ...event } }))
    for (const id of unpark) add(toWrite(this.#parked, { ...at, id, document: null }))
    return [...latest.values()]
  }

  #assertCertain(lease: Lease): void {
    if (lease.token <= this.#doubtful) throw this.#record.leaseLost(lease)
  }
}

function toWrite(collection: DocumentCollection, { id, version, document }: DocumentWrite): RecordWrite {
  const write = { collection: collection.recordsName, id: id.toWellFormed(), position: positionKey(version) }
  if (document === null) return { ...write, live: false, text: null, fields: null, tokens: [] }
  return { ...write, live: true, text: JSON.stringify(document), ...collection.indexed(document) }
}

/** What is kept beside the documents' texts; when it changes, it is written anew. */
export function shapeOf({ collections }: SpaceDefinition): string {
  const shapes = Object.entries(collections).map(
    ([name, collection]) => [name, [[...indexedFields(collection)].sort(), collection.tokens ?? null]] as const,
  )
  return JSON.stringify(Object.fromEntries(shapes))
}
