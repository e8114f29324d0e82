import { mkdirSync } from 'node:fs'
import { type SpaceDefinition, type ViewEngine, ViewError, type ViewSpace } from '@dulian/views'
import { Manifest } from './manifest.ts'
import { type SpaceContext, SqliteViewSpace } from './sqlite-view-space.ts'

export interface SqliteViewsOptions {
  /** One folder per service: `manifest.db` and one file per generation of each space. */
  readonly folder: string
  /** Milliseconds since 1970, for leases. */
  readonly clock?: () => number
  /** No file of a space grows beyond this; reaching it is reported as a full disk. */
  readonly maxFileBytes?: number
  /** `false`: nothing waits for the disk. Only for a folder that is thrown away unless everything came to its end. */
  readonly durable?: boolean
}

/** Opens the views of one service. Several threads of a process may have the same folder open. */
export function openSqliteViews({
  folder,
  clock = Date.now,
  maxFileBytes,
  durable = true,
}: SqliteViewsOptions): ViewEngine {
  mkdirSync(folder, { recursive: true })
  const manifest = new Manifest(folder)
  manifest.removeLeftovers()
  const spaces = new Set<SqliteViewSpace>()
  let closed = false

  const context: SpaceContext = {
    manifest,
    clock,
    durable,
    ...(maxFileBytes === undefined ? {} : { maxFileBytes }),
    open: (definition, generation) => keep(new SqliteViewSpace(context, definition, generation, true)),
    closed: (space) => spaces.delete(space),
  }
  const keep = (space: SqliteViewSpace): SqliteViewSpace => {
    spaces.add(space)
    return space
  }
  const assertOpen = (): void => {
    if (closed) throw new ViewError('VIEW_CLOSED', { folder })
  }

  return {
    async open(definition: SpaceDefinition): Promise<ViewSpace> {
      assertOpen()
      const { generation } = manifest.open(definition.name, definition.revision)
      return keep(new SqliteViewSpace(context, definition, generation, false))
    },
    async storedRevision(name: string): Promise<number | undefined> {
      assertOpen()
      return manifest.find(name)?.revision
    },
    async close(): Promise<void> {
      if (closed) return
      closed = true
      for (const space of [...spaces]) await space.close()
      manifest.close()
    },
  }
}
