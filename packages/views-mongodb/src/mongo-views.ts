import { type SpaceDefinition, type ViewEngine, ViewError, type ViewSpace } from '@dulian/views'
import { MongoClient } from 'mongodb'
import { Database } from './database.ts'
import { toViewError } from './engine-error.ts'
import { MongoViewSpace, type SpaceContext } from './mongo-view-space.ts'
import { shapeOf } from './space-generation.ts'
import { SpaceManifest } from './space-manifest.ts'

export interface MongoViewsOptions {
  /** `mongodb://…` or `mongodb+srv://…` */
  readonly address: string
  /** Its views are the database `dulian-<service>`. */
  readonly service: string
  /** Milliseconds since 1970, for leases. */
  readonly clock?: () => number
}

/** How long a server that does not answer is looked for, in milliseconds. */
const REACHED_WITHIN_MS = 3_000
/** How long one answer may take, in milliseconds. */
const ANSWERED_WITHIN_MS = 10_000

/** Opens the views of one service. It connects when it is first asked for something; any number of processes may have the same views open. */
export function openMongoViews({ address, service, clock = Date.now }: MongoViewsOptions): ViewEngine {
  const client = new MongoClient(address, {
    appName: `dulian-${service}`,
    writeConcern: { w: 'majority' },
    readPreference: 'primary',
    serverSelectionTimeoutMS: REACHED_WITHIN_MS,
    connectTimeoutMS: REACHED_WITHIN_MS,
    timeoutMS: ANSWERED_WITHIN_MS,
  })
  const database = new Database(client.db(`dulian-${service}`))
  const manifest = new SpaceManifest(database)
  const spaces = new Set<MongoViewSpace>()
  let closed = false

  const context: SpaceContext = {
    database,
    manifest,
    clock,
    open: (definition, generation) => keep(new MongoViewSpace(context, definition, generation, true)),
    closed: (space) => spaces.delete(space),
  }
  const keep = (space: MongoViewSpace): MongoViewSpace => {
    spaces.add(space)
    return space
  }
  async function ask<T>(work: () => Promise<T>): Promise<T> {
    if (closed) throw new ViewError('VIEW_CLOSED', { service })
    try {
      return await work()
    } catch (error) {
      throw toViewError(error, { service })
    }
  }

  return {
    async open(definition: SpaceDefinition): Promise<ViewSpace> {
      const { name, revision } = definition
      const { live } = await ask(async () => {
        const record = await manifest.open(name, revision, shapeOf(definition))
        await database.dropLeftovers(name, () => manifest.generations(name))
        return record
      })
      const space = keep(new MongoViewSpace(context, definition, live, false))
      await space.prepare()
      return space
    },
    async storedRevision(name: string): Promise<number | undefined> {
      return (await ask(() => manifest.find(name)))?.revision
    },
    async close(): Promise<void> {
      if (closed) return
      closed = true
      for (const space of [...spaces]) await space.close()
      await client.close()
    },
  }
}
