import { START } from '@dulian/views'
import { MongoServerError, type UpdateFilter } from 'mongodb'
import type { Database } from './database.ts'
import { positionKey } from './stored-position.ts'
import type { GenerationState, SpaceRecord } from './view-records.ts'

const DUPLICATE_KEY = 11000

/** Milliseconds for which a promotion by somebody else may go unnoticed, as long as the old generation still answers. */
const FOLLOWED_WITHIN_MS = 100

/** Names the live and the unfinished generation of every space of a service. Swapping them is one record's change. */
export class SpaceManifest {
  readonly #database: Database
  readonly #live = new Map<string, { readonly generation: number; readonly until: number }>()

  constructor(database: Database) {
    this.#database = database
  }

  async find(name: string): Promise<SpaceRecord | undefined> {
    const record = await this.#database.spaces.findOne({ _id: name })
    if (record === null) this.#live.delete(name)
    else this.#remember(record)
    return record ?? undefined
  }

  /** The live generation; the first one when the space is new. */
  async open(name: string, revision: number, shape: string): Promise<SpaceRecord> {
    const first: Omit<SpaceRecord, '_id'> = {
      live: 1,
      revision,
      next: null,
      nextRevision: null,
      last: 1,
      generations: { 1: freshState(shape) },
    }
    await this.#database.spaces
      .updateOne({ _id: name }, { $setOnInsert: first }, { upsert: true })
      .catch((error: unknown) => {
        // Somebody else has just opened it for the first time, too.
        if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error
      })
    return (await this.find(name)) ?? { _id: name, ...first }
  }

  /** The number of the live generation, at most `FOLLOWED_WITHIN_MS` old; `undefined` when the space is not known. */
  async live(name: string): Promise<number | undefined> {
    const known = this.#live.get(name)
    if (known !== undefined && performance.now() < known.until) return known.generation
    return (await this.find(name))?.live
  }

  /** Those that must be kept. */
  async generations(name: string): Promise<readonly number[]> {
    const record = await this.find(name)
    if (record === undefined) return []
    return record.next === null ? [record.live] : [record.live, record.next]
  }

  /** The generation to fill; `dropped` is the unfinished one that gives way to it. */
  async begin(
    name: string,
    revision: number,
    shape: string,
    resume: boolean,
  ): Promise<{ readonly generation: number; readonly dropped?: number }> {
    for (;;) {
      const record = (await this.find(name)) ?? (await this.open(name, revision, shape))
      const { last, next } = record
      if (resume && next !== null && record.nextRevision === revision) return { generation: next }
      const generation = last + 1
      const change: UpdateFilter<SpaceRecord> = {
        $set: { next: generation, nextRevision: revision, last: generation, [pathTo(generation)]: freshState(shape) },
        ...(next === null ? {} : { $unset: { [pathTo(next)]: '' } }),
      }
      const { matchedCount } = await this.#database.spaces.updateOne({ _id: name, last, next }, change)
      if (matchedCount === 1) return next === null ? { generation } : { generation, dropped: next }
    }
  }

  /**
   * Makes the unfinished generation the live one and ends all leases, in one step; false when the record is no longer
   * as it was read. A commit of either generation comes before or after it, never in between.
   */
  async promote(record: SpaceRecord, generation: number): Promise<boolean> {
    const { _id, live } = record
    const old = record.generations[live]
    const next = record.generations[generation]
    if (next === undefined) return false
    const token = Math.max(old?.token ?? 0, next.token) + 1
    const { matchedCount } = await this.#database.spaces.updateOne(
      {
        _id,
        live,
        next: generation,
        ...(old === undefined ? {} : { [`${pathTo(live)}.token`]: old.token }),
        [`${pathTo(generation)}.token`]: next.token,
        [`${pathTo(generation)}.journal`]: null,
      },
      {
        $set: {
          live: generation,
          revision: record.nextRevision ?? record.revision,
          next: null,
          nextRevision: null,
          [`${pathTo(generation)}.holder`]: null,
          [`${pathTo(generation)}.token`]: token,
        },
        $unset: { [pathTo(live)]: '' },
      },
    )
    if (matchedCount !== 1) return false
    this.#remember({ _id, live: generation })
    return true
  }

  #remember({ _id, live }: Pick<SpaceRecord, '_id' | 'live'>): void {
    this.#live.set(_id, { generation: live, until: performance.now() + FOLLOWED_WITHIN_MS })
  }
}

/** Where a space's record keeps a generation's state. */
export function pathTo(generation: number): string {
  return `generations.${generation}`
}

function freshState(shape: string): GenerationState {
  return {
    holder: null,
    token: 0,
    grantedAt: 0,
    expiresAt: 0,
    position: positionKey(START),
    sequence: 0,
    journal: null,
    shape,
  }
}
