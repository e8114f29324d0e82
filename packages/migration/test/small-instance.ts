import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { deterministicId, type EventImporter, type EventStore } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import type { ParkedEvent, Position, SpaceDefinition, ViewEngine } from '@dulian/views'
import { openSqliteViews } from '@dulian/views-sqlite'
import { type MigrateOptions, type MigrationReport, type MovingService, migrate } from '../src/index.ts'
import { openSparseEvents } from './sparse-events.ts'

export const policy: SpaceDefinition = { name: 'policy-open-doors', revision: 1, collections: {} }
export const publisher: SpaceDefinition = { name: 'publisher', revision: 1, collections: {} }
export const view: SpaceDefinition = { name: 'doors', revision: 1, collections: { doors: { indexes: {} } } }

/** A service's events, views and files in a folder, open until the test is over. */
export interface Place {
  readonly folder: string
  readonly file: string
  readonly events: EventStore & EventImporter
  readonly views: ViewEngine
  readonly files: string
}

export function openPlace(
  t: TestContext,
  options: { readonly sparse?: boolean; readonly folder?: string } = {},
): Place {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'dulian-migration-'))
  const file = join(folder, 'events.db')
  const events = options.sparse === true ? openSparseEvents(file) : openSqliteEvents({ file })
  const views = openSqliteViews({ folder: join(folder, 'views') })
  const files = join(folder, 'files')
  mkdirSync(files, { recursive: true })
  t.after(async () => {
    await views.close()
    await events.close()
    if (options.folder === undefined) rmSync(folder, { recursive: true })
  })
  return { folder, file, events, views, files }
}

/** So many events, each of its stream's next version, in ever changing streams. */
export async function live(store: EventStore, count: number, from = 0): Promise<void> {
  const appending: Promise<unknown>[] = []
  for (let n = from; n < from + count; n += 1) {
    const stream = `door-demo-${(n * 7) % 11}`
    const event = { id: deterministicId('door', String(n)), type: `door-${['opened', 'shut'][n % 2]}.v1`, data: { n } }
    const meta = {
      correlationId: `c-${n}`,
      actor: 'tester',
      office: 'demo',
      commandId: `k-${n}`,
      commandHash: `h-${n}`,
    }
    appending.push(store.append(stream, [event], { expected: 'any', meta }))
  }
  await Promise.all(appending)
}

export async function commit(
  engine: ViewEngine,
  space: SpaceDefinition,
  position: Position,
  park: readonly ParkedEvent[] = [],
): Promise<void> {
  const opened = await engine.open(space)
  const lease = await opened.acquire('somebody', 1_000)
  if (lease === undefined) throw new Error('somebody else holds the lease')
  await opened.commit(lease, { position, park })
  await opened.release(lease)
  await opened.close()
}

export function moving(source: Place, target: Place, given: Partial<MovingService> = {}): MovingService {
  return {
    name: 'doors',
    source,
    target,
    views: [view],
    followers: [policy, publisher],
    publisher: publisher.name,
    publishes: { types: [], messagesOf: () => [] },
    inbox: 'inbox',
    consumes: [],
    ...given,
  }
}

export async function move(
  services: MovingService | readonly MovingService[],
  options: Partial<MigrateOptions> = {},
): Promise<MigrationReport> {
  return await migrate({
    services: [services].flat(),
    messages: 'refuse',
    sharedViews: { source: false, target: false },
    verifyOnly: false,
    progress: () => {},
    ...options,
  })
}
