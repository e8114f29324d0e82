import {
  assertDeclared,
  assertGroupDeclared,
  type Commit,
  collectionOf,
  DEFAULT_LIMIT,
  type Document,
  type GroupCount,
  type Lease,
  type Page,
  type ParkedEvent,
  type Position,
  type Query,
  type SpaceDefinition,
  type StoredDocument,
  ViewError,
  type ViewSpace,
  type Where,
} from '@dulian/views'
import type { Database } from './database.ts'
import { GenerationGone, isDropped } from './engine-error.ts'
import type { MongoConnection } from './mongo-connection.ts'
import { SpaceGeneration, shapeOf } from './space-generation.ts'
import type { SpaceManifest } from './space-manifest.ts'

export interface SpaceContext {
  readonly connection: MongoConnection
  readonly database: Database
  readonly manifest: SpaceManifest
  readonly clock: () => number
  /** A further space of the same engine, for a generation to be filled. */
  readonly open: (definition: SpaceDefinition, generation: number) => MongoViewSpace
  /** Called once by `close`. */
  readonly closed: (space: MongoViewSpace) => void
}

/**
 * A space in its collections. `filling` names the unfinished generation it stands for; the live space follows the
 * manifest instead: it turns to a promoted generation within a moment, and at once when the old one no longer answers.
 */
export class MongoViewSpace implements ViewSpace {
  readonly definition: SpaceDefinition
  readonly #context: SpaceContext
  readonly #filling: number | undefined
  readonly #running = new Set<Promise<unknown>>()
  #current: SpaceGeneration
  #prepared: Promise<void> | undefined
  /** Commits go one after the other, in the order they were asked for. */
  #lastCommit: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(context: SpaceContext, definition: SpaceDefinition, generation: number, filling: boolean) {
    this.#context = context
    this.definition = definition
    this.#filling = filling ? generation : undefined
    this.#current = this.#generationOf(generation)
  }

  get generation(): number {
    return this.#current.number
  }

  /** Makes the live generation ready before the first call. */
  async prepare(): Promise<void> {
    await this.#use(async () => {})
  }

  async acquire(holder: string, ttl: number): Promise<Lease | undefined> {
    return await this.#use((generation) => generation.acquire(holder, ttl))
  }

  async renew(lease: Lease, ttl: number): Promise<Lease> {
    return await this.#use((generation) => generation.renew(lease, ttl))
  }

  async release(lease: Lease): Promise<void> {
    await this.#use((generation) => generation.release(lease))
  }

  async position(): Promise<Position> {
    return await this.#use((generation) => generation.position())
  }

  async commit(lease: Lease, commit: Commit): Promise<void> {
    const mine = this.#lastCommit.then(() => this.#use((generation) => generation.commit(lease, commit)))
    this.#lastCommit = mine.catch(() => {})
    await mine
  }

  async parked(): Promise<readonly ParkedEvent[]> {
    return await this.#query(
      (generation) => generation.parked(),
      (events) => events.length === 0,
    )
  }

  async get<D extends Document>(collection: string, id: string): Promise<StoredDocument<D> | undefined> {
    collectionOf(this.definition, collection)
    return await this.#query(
      (generation) => generation.collection(collection).get<D>(id),
      (found) => found === undefined,
    )
  }

  async getMany<D extends Document>(
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument<D>>> {
    collectionOf(this.definition, collection)
    const wanted = [...new Set(ids)]
    return await this.#query(
      (generation) => generation.collection(collection).getMany<D>(wanted),
      (found) => found.size < wanted.length,
    )
  }

  async find<D extends Document>(collection: string, query: Query): Promise<Page<StoredDocument<D>>> {
    assertDeclared(this.definition, collection, query)
    return await this.#query(
      (generation) => generation.collection(collection).find<D>(query, query.limit ?? DEFAULT_LIMIT),
      (page) => page.items.length === 0,
    )
  }

  async count(collection: string, where: Where): Promise<number> {
    assertDeclared(this.definition, collection, { where })
    return await this.#query(
      (generation) => generation.collection(collection).count(where),
      (count) => count === 0,
    )
  }

  async group(collection: string, by: readonly string[], where: Where): Promise<readonly GroupCount[]> {
    assertGroupDeclared(this.definition, collection, by, where)
    return await this.#query(
      (generation) => generation.collection(collection).group(by, where),
      (groups) => groups.length === 0,
    )
  }

  async beginGeneration({ resume = false }: { readonly resume?: boolean } = {}): Promise<ViewSpace> {
    if (this.#filling !== undefined) throw new TypeError('a generation is begun from the live space')
    const { manifest, database } = this.#context
    return await this.#track(async () => {
      const { name, revision } = this.definition
      const { generation, dropped } = await manifest.begin(name, revision, shapeOf(this.definition), resume)
      if (dropped !== undefined) await database.drop(name, dropped)
      return this.#context.open(this.definition, generation)
    })
  }

  async buildIndexes(): Promise<void> {
    await this.#use((generation) => generation.createIndexes())
  }

  async promote(next: ViewSpace): Promise<void> {
    const { name } = this.definition
    if (!(next instanceof MongoViewSpace) || next.#filling === undefined || next.definition.name !== name) {
      throw new TypeError('only a generation begun from this space can be promoted')
    }
    const filled = next.#current
    const { manifest, database } = this.#context
    await this.#track(async () => {
      const superseded = (): ViewError => new ViewError('LEASE_LOST', { space: name, generation: filled.number })
      if ((await manifest.find(name))?.next !== filled.number) throw superseded()
      await filled.createIndexes()
      for (;;) {
        await filled.prepare()
        const record = await manifest.find(name)
        if (record?.next !== filled.number) throw superseded()
        if (!(await manifest.promote(record, filled.number))) continue
        await this.#follow()
        // What cannot be taken away now is when the space is opened the next time.
        await database.drop(name, record.live).catch(() => {})
        return
      }
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await Promise.allSettled([...this.#running])
    this.#context.closed(this)
  }

  /**
   * What finds nothing may have looked into a generation that is no longer there: that is not told apart by the server,
   * so the manifest is asked.
   */
  async #query<T>(work: (generation: SpaceGeneration) => Promise<T>, isDoubtful: (result: T) => boolean): Promise<T> {
    return await this.#use(async (generation) => {
      const result = await work(generation)
      if (isDoubtful(result) && (await this.#hasMoved(generation))) throw new GenerationGone()
      return result
    })
  }

  async #use<T>(work: (generation: SpaceGeneration) => Promise<T>): Promise<T> {
    return await this.#track(async () => {
      for (;;) {
        let generation = this.#current
        try {
          generation = await this.#follow()
          return await work(generation)
        } catch (error) {
          if (!(error instanceof GenerationGone) && !isDropped(error)) throw error
          if (!(await this.#hasMoved(generation))) throw error
        }
      }
    })
  }

  async #track<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new ViewError('VIEW_CLOSED', { space: this.definition.name })
    const running = work()
    this.#running.add(running)
    try {
      return await running
    } catch (error) {
      const { name } = this.definition
      if (error instanceof GenerationGone) {
        throw new ViewError('LEASE_LOST', { space: name, generation: this.#current.number })
      }
      throw this.#context.connection.failed(error, { space: name })
    } finally {
      this.#running.delete(running)
    }
  }

  async #follow(): Promise<SpaceGeneration> {
    const live = this.#filling ?? (await this.#liveGeneration())
    if (live !== this.#current.number) this.#turnTo(live)
    const generation = this.#current
    this.#prepared ??= this.#prepare(generation)
    await this.#prepared
    return generation
  }

  async #liveGeneration(): Promise<number> {
    const { manifest } = this.#context
    const { name, revision } = this.definition
    const live = await manifest.live(name)
    if (live !== undefined) return live
    // The server has lost what it held: the view begins anew, and its subscription fills it from the events.
    const fresh = await manifest.open(name, revision, shapeOf(this.definition))
    this.#turnTo(fresh.live)
    return fresh.live
  }

  async #prepare(generation: SpaceGeneration): Promise<void> {
    try {
      await generation.prepare()
      if (this.#filling === undefined) await generation.createIndexes()
    } catch (error) {
      if (this.#current === generation) this.#prepared = undefined
      throw error
    }
  }

  async #hasMoved({ number }: SpaceGeneration): Promise<boolean> {
    if (this.#filling !== undefined) return false
    return (await this.#context.manifest.find(this.definition.name))?.live !== number
  }

  #turnTo(generation: number): void {
    this.#current = this.#generationOf(generation)
    this.#prepared = undefined
  }

  #generationOf(generation: number): SpaceGeneration {
    const { database, clock } = this.#context
    return new SpaceGeneration({ database, clock, definition: this.definition, generation })
  }
}
