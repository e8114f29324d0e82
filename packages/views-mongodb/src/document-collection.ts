import {
  type CollectionDefinition,
  type CursorValue,
  type Document,
  decodeCursor,
  effectiveSort,
  encodeCursor,
  fieldReader,
  fieldValue,
  type GroupCount,
  indexedFields,
  type Page,
  type Query,
  type StoredDocument,
  tokensOf,
  type Where,
} from '@dulian/views'
import type { AnyBulkWriteOperation, Collection, IndexDescription } from 'mongodb'
import { type Database, encoded, isMissing } from './database.ts'
import { afterFilter, pathOf, sortOf, whereFilters } from './query-filter.ts'
import { toPosition } from './stored-position.ts'
import type { DocumentRecord } from './view-records.ts'

const READ_AT_ONCE = 1_000
const BACKFILL_PAGE = 500
/** Building an index of a large collection takes its time; nothing else waits for it. */
const INDEXING_MS = 30 * 60_000

type Indexed = Pick<DocumentRecord, 'fields' | 'tokens'>

/** One collection of one generation: the documents as JSON text, and every indexed field once more as a field of its own. */
export class DocumentCollection {
  readonly recordsName: string
  readonly #database: Database
  readonly #name: string
  readonly #definition: CollectionDefinition
  readonly #readers: readonly (readonly [key: string, read: (document: Document) => unknown])[]
  readonly #tokens: (document: Document) => unknown

  /** `recordsName` is the MongoDB collection's name, `name` the view's own. */
  constructor(database: Database, recordsName: string, name: string, definition: CollectionDefinition) {
    this.#database = database
    this.recordsName = recordsName
    this.#name = name
    this.#definition = definition
    this.#readers = [...indexedFields(definition)].map((field) => [encoded(field), fieldReader(field)])
    this.#tokens = definition.tokens === undefined ? () => undefined : fieldReader(definition.tokens)
  }

  /** What is kept beside a document's text. Missing is written as null: grouping would tell them apart. */
  indexed(document: Document): Indexed {
    const fields: Record<string, CursorValue> = {}
    for (const [key, read] of this.#readers) fields[key] = fieldValue(read(document))
    return { fields, tokens: [...tokensOf(this.#tokens(document))] }
  }

  /** Creates what is declared, drops what no longer is. */
  async createIndexes(): Promise<void> {
    const wanted = new Map(this.#wantedIndexes().map((index) => [nameOf(index), index]))
    for (const { name } of await this.#presentIndexes()) {
      if (name === '_id_' || wanted.delete(name)) continue
      await this.#records.dropIndex(name).catch((error: unknown) => {
        if (!isMissing(error)) throw error
      })
    }
    if (wanted.size > 0) await this.#records.createIndexes([...wanted.values()], { timeoutMS: INDEXING_MS })
  }

  /** Writes what is kept beside the texts anew, after the declared fields have changed. */
  async backfill(): Promise<void> {
    for (let after = ''; ; ) {
      const page = await this.#records
        .find({ live: true, ...(after === '' ? {} : { _id: { $gt: after } }) })
        .sort({ _id: 1 })
        .limit(BACKFILL_PAGE)
        .toArray()
      const updates: AnyBulkWriteOperation<DocumentRecord>[] = []
      for (const { _id, version, text } of page) {
        const indexed = this.indexed(JSON.parse(text ?? '{}') as Document)
        // Of another version it has been written meanwhile, and then it is right already.
        updates.push({ updateOne: { filter: { _id, version }, update: { $set: indexed } } })
        after = _id
      }
      if (updates.length > 0) await this.#records.bulkWrite(updates, { ordered: false })
      if (page.length < BACKFILL_PAGE) return
    }
  }

  async get<D extends Document>(id: string): Promise<StoredDocument<D> | undefined> {
    const record = await this.#records.findOne({ _id: id, live: true }, { projection: STORED })
    return record === null ? undefined : toStored<D>(record)
  }

  async getMany<D extends Document>(ids: readonly string[]): Promise<Map<string, StoredDocument<D>>> {
    const found = new Map<string, StoredDocument<D>>()
    for (let first = 0; first < ids.length; first += READ_AT_ONCE) {
      const some = ids.slice(first, first + READ_AT_ONCE)
      const records = this.#records.find({ _id: { $in: some }, live: true }, { projection: STORED })
      for await (const record of records) found.set(record._id, toStored<D>(record))
    }
    return found
  }

  async find<D extends Document>(query: Query, limit: number): Promise<Page<StoredDocument<D>>> {
    const sort = effectiveSort(query)
    const filters = whereFilters(query.where)
    const { cursor } = query
    if (cursor !== undefined) {
      filters.push(afterFilter(sort, decodeCursor(this.#name, { ...query, cursor }, sort.length)))
    }
    const projection = { ...STORED, ...Object.fromEntries(sort.map(([field]) => [pathOf(field), 1])) }
    const records = await this.#records
      .find({ $and: filters }, { projection, timeoutMode: 'iteration' })
      .sort(sortOf(sort))
      .limit(limit + 1)
      .toArray()
    const more = records.length > limit
    if (more) records.pop()
    const last = records.at(-1)
    const lastValue = (field: string): CursorValue => last?.fields?.[encoded(field)] ?? null
    return {
      items: records.map((record) => toStored<D>(record)),
      nextCursor:
        more && last !== undefined
          ? encodeCursor(this.#name, query, { id: last._id, values: sort.map(([field]) => lastValue(field)) })
          : undefined,
    }
  }

  async count(where: Where): Promise<number> {
    return await this.#records.countDocuments({ $and: whereFilters(where) })
  }

  async group(by: readonly string[], where: Where): Promise<GroupCount[]> {
    const key = by.length === 0 ? null : Object.fromEntries(by.map((field, place) => [place, `$${pathOf(field)}`]))
    const groups = this.#records.aggregate<{ _id: Readonly<Record<number, CursorValue>> | null; count: number }>([
      { $match: { $and: whereFilters(where) } },
      { $group: { _id: key, count: { $sum: 1 } } },
    ])
    return (await groups.toArray()).map(({ _id, count }) => ({
      key: by.map((_, place) => _id?.[place] ?? null),
      count,
    }))
  }

  get #records(): Collection<DocumentRecord> {
    return this.#database.documents(this.recordsName)
  }

  #wantedIndexes(): IndexDescription[] {
    const wanted = Object.values(this.#definition.indexes).map(
      (fields): IndexDescription => ({
        key: Object.fromEntries([...fields.map((field) => [pathOf(field), 1] as const), ['_id', 1] as const]),
      }),
    )
    if (this.#definition.tokens !== undefined) wanted.push({ key: { tokens: 1 } })
    return wanted
  }

  async #presentIndexes(): Promise<{ name: string }[]> {
    try {
      return (await this.#records.listIndexes().toArray()).map(({ name }) => ({ name: String(name) }))
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }
}

const STORED = { version: 1, text: 1 } as const

/** The name the driver gives an index: two declared with the same fields are one. */
function nameOf({ key }: IndexDescription): string {
  return Object.entries(key)
    .map(([path, direction]) => `${path}_${direction}`)
    .join('_')
}

function toStored<D extends Document>({ _id, version, text }: DocumentRecord): StoredDocument<D> {
  return { id: _id, version: toPosition(version), document: JSON.parse(text ?? 'null') as D }
}
