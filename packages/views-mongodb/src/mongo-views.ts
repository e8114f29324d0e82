import { type SpaceDefinition, type ViewEngine, ViewError, type ViewSpace } from '@dulian/views'
import { Database } from './database.ts'
import { MongoConnection } from './mongo-connection.ts'
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
  /** Milliseconds to look for a server that is not there, before `VIEWS_UNAVAILABLE`. */
  readonly reachWithin?: number
  /** Milliseconds that one answer of the server may take, before `VIEWS_UNAVAILABLE`; indexes may take longer. */
  readonly answerWithin?: number
}

/** Opens the views of one service. It connects when it is first asked for something; any number of processes may have the same views open. */
export function openMongoViews(options: MongoViewsOptions): ViewEngine {
  const { address, service, clock = Date.now, reachWithin = 3_000, answerWithin = 10_000 } = options
  const connection = new MongoConnection({ address, database: `dulian-${service}`, reachWithin, answerWithin })
  const database = new Database(connection)
  const manifest = new SpaceManifest(database)
  const spaces = new Set<MongoViewSpace>()
  let closed = false

  const context: SpaceContext = {
    connection,
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
      throw connection.failed(error, { service })
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
      await connection.close()
    },
  }
}
