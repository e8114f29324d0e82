import type { Collection } from 'mongodb'
import type { MongoConnection } from './mongo-connection.ts'
import type { DocumentRecord, JournalChunk, SpaceRecord } from './view-records.ts'

const NAMESPACE_NOT_FOUND = 26

/** Names and types of the collections in one service's database. */
export class Database {
  readonly #connection: Pick<MongoConnection, 'db'>

  constructor(connection: Pick<MongoConnection, 'db'>) {
    this.#connection = connection
  }

  get spaces(): Collection<SpaceRecord> {
    return this.#connection.db.collection<SpaceRecord>('spaces')
  }

  get journal(): Collection<JournalChunk> {
    return this.#connection.db.collection<JournalChunk>('journal')
  }

  documents(name: string): Collection<DocumentRecord> {
    return this.#connection.db.collection<DocumentRecord>(name)
  }

  /** Takes away what belongs to a generation that no space names any more. */
  async drop(space: string, generation: number): Promise<void> {
    const prefix = generationPrefix(space, generation)
    for (const name of await this.#names(prefix)) await this.#drop(name)
    await this.journal.deleteMany({ space, generation })
  }

  /** The same for every generation of the space but those that `named` returns. */
  async dropLeftovers(space: string, named: () => Promise<readonly number[]>): Promise<void> {
    // Listed before it is asked which are named: what is begun in between is not in the list.
    const names = await this.#names(`view.${encoded(space)}.`)
    const kept = await named()
    const prefixes = kept.map((generation) => generationPrefix(space, generation))
    for (const name of names) if (!prefixes.some((prefix) => name.startsWith(prefix))) await this.#drop(name)
    await this.journal.deleteMany({ space, generation: { $nin: [...kept], $lt: Math.max(...kept, 0) } })
  }

  async #names(prefix: string): Promise<string[]> {
    const found = await this.#connection.db.listCollections({}, { nameOnly: true }).toArray()
    return found.map(({ name }) => name).filter((name) => name.startsWith(prefix))
  }

  async #drop(name: string): Promise<void> {
    try {
      await this.#connection.db.dropCollection(name)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
}

export function documentsName(space: string, generation: number, collection: string): string {
  return `${generationPrefix(space, generation)}documents.${encoded(collection)}`
}

export function parkedName(space: string, generation: number): string {
  return `${generationPrefix(space, generation)}parked`
}

/** A name without the characters that mean something in a path of MongoDB. */
export function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll('.', '%2E')
}

/** Whether the error says that there is no such collection or index. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === NAMESPACE_NOT_FOUND
}

function generationPrefix(space: string, generation: number): string {
  return `view.${encoded(space)}.${generation}.`
}
