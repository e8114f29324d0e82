import { type Lease, type SpaceDefinition, ViewError } from '@dulian/views'
import type { Filter, UpdateFilter } from 'mongodb'
import type { Database } from './database.ts'
import { GenerationGone } from './engine-error.ts'
import { pathTo } from './space-manifest.ts'
import type { GenerationState, SpaceRecord } from './view-records.ts'

/** What a generation's state must be like, or becomes: MongoDB's operators, by the state's fields. */
export type StateFields = { readonly [field: string]: unknown }

/** One generation's state within its space's record. Everything that has to happen in one step is a change of it. */
export class GenerationRecord {
  readonly #database: Database
  readonly #space: string
  readonly #path: string

  constructor(database: Database, { name }: SpaceDefinition, generation: number) {
    this.#database = database
    this.#space = name
    this.#path = pathTo(generation)
  }

  async find(): Promise<GenerationState | undefined> {
    const record = await this.#database.spaces.findOne({ _id: this.#space }, { projection: { [this.#path]: 1 } })
    return record === null ? undefined : this.#stateIn(record)
  }

  /** Throws `GenerationGone` when the space no longer names the generation. */
  async read(): Promise<GenerationState> {
    const state = await this.find()
    if (state === undefined) throw new GenerationGone()
    return state
  }

  /** False when the state is not like `when`, and then nothing is changed. */
  async change(when: StateFields, update: { readonly [operator: string]: StateFields }): Promise<boolean> {
    const { matchedCount } = await this.#database.spaces.updateOne(this.#filter([when]), this.#update(update))
    return matchedCount === 1
  }

  /** Gives the lease to `holder` unless somebody else's has not run out at `now`. */
  async grant(holder: string, now: number, ttl: number): Promise<GenerationState | undefined> {
    const free: StateFields[] = [
      { holder: { $in: [null, holder] } },
      { expiresAt: { $lte: now } },
      // Granted in the future: the clock has been set back since.
      { grantedAt: { $gt: now } },
    ]
    const record = await this.#database.spaces.findOneAndUpdate(
      this.#filter([{ token: { $exists: true } }], free),
      this.#update({ $set: { holder, grantedAt: now, expiresAt: now + ttl }, $inc: { token: 1 } }),
      { returnDocument: 'after', projection: { [this.#path]: 1 } },
    )
    if (record !== null) return this.#stateIn(record)
    await this.read()
    return undefined
  }

  leaseLost({ holder, token }: Lease): ViewError {
    return new ViewError('LEASE_LOST', { space: this.#space, holder, token })
  }

  #stateIn(record: Pick<SpaceRecord, 'generations'>): GenerationState | undefined {
    return Object.values(record.generations ?? {})[0]
  }

  #filter(all: readonly StateFields[], any: readonly StateFields[] = []): Filter<SpaceRecord> {
    return {
      _id: this.#space,
      ...Object.assign({}, ...all.map((fields) => this.#within(fields))),
      ...(any.length > 0 ? { $or: any.map((fields) => this.#within(fields)) } : {}),
    }
  }

  #update(update: { readonly [operator: string]: StateFields }): UpdateFilter<SpaceRecord> {
    return Object.fromEntries(Object.entries(update).map(([operator, fields]) => [operator, this.#within(fields)]))
  }

  #within(fields: StateFields): { [path: string]: unknown } {
    return Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${this.#path}.${field}`, value]))
  }
}

/** The state under which a lease counts. */
export function heldBy({ holder, token }: Lease): StateFields {
  return { holder, token }
}
