import { isFull } from '@dulian/sqlite'
import {
  assertDeclared,
  assertGroupDeclared,
  type Commit,
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
import type { Manifest } from './manifest.ts'
import { SpaceFile } from './space-file.ts'

export interface SpaceContext {
  readonly manifest: Manifest
  readonly clock: () => number
  readonly maxFileBytes?: number
  readonly durable: boolean
  /** A further space of the same engine, for a generation to be filled. */
  readonly open: (definition: SpaceDefinition, generation: number) => SqliteViewSpace
  /** Called once by `close`. */
  readonly closed: (space: SqliteViewSpace) => void
}

/**
 * A space on its file. `filling` names the unfinished generation it stands for; the live space follows the manifest
 * instead, and so turns to a promoted generation at its next call, whichever thread promoted it. The file is opened at
 * first use: a worker that only rebuilds never opens the live one.
 */
export class SqliteViewSpace implements ViewSpace {
  readonly definition: SpaceDefinition
  readonly #context: SpaceContext
  readonly #filling: number | undefined
  #generation: number
  #stamp = ''
  #file: SpaceFile | undefined
  #closed = false

  constructor(context: SpaceContext, definition: SpaceDefinition, generation: number, filling: boolean) {
    this.#context = context
    this.definition = definition
    this.#generation = generation
    this.#filling = filling ? generation : undefined
  }

  get generation(): number {
    if (!this.#closed) this.#follow()
    return this.#generation
  }

  async acquire(holder: string, ttl: number): Promise<Lease | undefined> {
    return this.#use((file) => file.acquire(holder, ttl))
  }

  async renew(lease: Lease, ttl: number): Promise<Lease> {
    return this.#use((file) => file.renew(lease, ttl))
  }

  async release(lease: Lease): Promise<void> {
    this.#use((file) => file.release(lease))
  }

  async position(): Promise<Position> {
    return this.#use((file) => file.position())
  }

  async commit(lease: Lease, commit: Commit): Promise<void> {
    this.#use((file) => file.commit(lease, commit))
  }

  async parked(): Promise<readonly ParkedEvent[]> {
    return this.#use((file) => file.parked())
  }

  async get<D extends Document>(collection: string, id: string): Promise<StoredDocument<D> | undefined> {
    return this.#use((file) => file.table(collection).get<D>(id))
  }

  async getMany<D extends Document>(
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument<D>>> {
    return this.#use((file) => file.table(collection).getMany<D>(ids))
  }

  async find<D extends Document>(collection: string, query: Query): Promise<Page<StoredDocument<D>>> {
    assertDeclared(this.definition, collection, query)
    return this.#use((file) => file.table(collection).find<D>(query, query.limit ?? DEFAULT_LIMIT))
  }

  async count(collection: string, where: Where): Promise<number> {
    assertDeclared(this.definition, collection, { where })
    return this.#use((file) => file.table(collection).count(where))
  }

  async group(collection: string, by: readonly string[], where: Where): Promise<readonly GroupCount[]> {
    assertGroupDeclared(this.definition, collection, by, where)
    return this.#use((file) => file.table(collection).group(by, where))
  }

  async beginGeneration({ resume = false }: { readonly resume?: boolean } = {}): Promise<ViewSpace> {
    this.#assertOpen()
    if (this.#filling !== undefined) throw new TypeError('a generation is begun from the live space')
    const { manifest } = this.#context
    const { name, revision } = this.definition
    const { generation, dropped } = manifest.begin(name, revision, resume)
    if (dropped !== undefined) manifest.remove(name, dropped)
    return this.#context.open(this.definition, generation)
  }

  async buildIndexes(): Promise<void> {
    this.#use((file) => file.createIndexes())
  }

  async promote(next: ViewSpace): Promise<void> {
    this.#assertOpen()
    if (
      !(next instanceof SqliteViewSpace) ||
      next.#filling === undefined ||
      next.definition.name !== this.definition.name
    ) {
      throw new TypeError('only a generation begun from this space can be promoted')
    }
    const generation = next.#filling
    const { manifest } = this.#context
    const { name } = this.definition
    const superseded = (): ViewError => new ViewError('LEASE_LOST', { space: name, generation })
    if (manifest.next(name) !== generation) throw superseded()
    next.#use((file) => file.createIndexes())
    // Whoever holds a lease works on from a position that is about to change: all leases end, on both sides of the swap.
    const reached = this.#use((file) => file.endLeases(0))
    next.#use((file) => file.endLeases(reached))
    const before = this.#generation
    if (!manifest.promote(name, generation)) throw superseded()
    this.#follow()
    manifest.remove(name, before)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#closeFile()
    this.#context.closed(this)
  }

  #assertOpen(): void {
    if (this.#closed) throw new ViewError('VIEW_CLOSED', { space: this.definition.name })
  }

  #use<T>(work: (file: SpaceFile) => T): T {
    this.#assertOpen()
    try {
      this.#follow()
      this.#file ??= this.#openFile()
      return work(this.#file)
    } catch (error) {
      if (!isFull(error)) throw error
      throw new ViewError('VIEW_STORAGE_FULL', { space: this.definition.name }, { cause: error })
    }
  }

  #follow(): void {
    if (this.#filling !== undefined) return
    const stamp = this.#context.manifest.stamp()
    if (stamp === this.#stamp) return
    const live = this.#context.manifest.find(this.definition.name)
    this.#stamp = stamp
    if (live === undefined || live.generation === this.#generation) return
    this.#closeFile()
    this.#generation = live.generation
  }

  #openFile(): SpaceFile {
    const { manifest, clock, maxFileBytes, durable } = this.#context
    return new SpaceFile({
      path: manifest.pathOf(this.definition.name, this.#generation),
      definition: this.definition,
      filling: this.#filling !== undefined,
      clock,
      durable,
      ...(maxFileBytes === undefined ? {} : { maxBytes: maxFileBytes }),
    })
  }

  #closeFile(): void {
    this.#file?.close()
    this.#file = undefined
  }
}
