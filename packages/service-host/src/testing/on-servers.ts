import { createHash } from 'node:crypto'
import { after, test } from 'node:test'
import { type EngineName, engineNames, findEngine, noEngine, type TestEngine } from '@dulian/test-engines'
import type { EngineSettings } from '../engines.ts'

let servers: Pick<EngineSettings, 'events' | 'bus' | 'views'> | undefined

/**
 * The same scenarios on the distributed engines: what `load` imports registers its tests as ever, and every test host they start
 * keeps its data on KurrentDB, Kafka and MongoDB, or on those of them that are named, the rest being embedded. Skips with the
 * reason where one of them is not to be had.
 */
export async function onServers(
  load: () => Promise<unknown>,
  wanted: readonly EngineName[] = engineNames,
): Promise<void> {
  const found: TestEngine[] = []
  after(async () => {
    for (const engine of found) await engine.stop()
  })
  const addresses: Record<string, string> = {}
  for (const name of wanted) {
    const engine = await findEngine(name)
    if (engine === undefined) {
      test('the scenarios on the distributed engines', { skip: noEngine(name) }, () => {})
      return
    }
    found.push(engine)
    addresses[name] = engine.address
  }
  const { kurrentdb = 'sqlite', kafka = 'sqlite', mongodb = 'sqlite' } = addresses
  servers = { events: kurrentdb, bus: kafka, views: mongodb }
  await load()
}

/**
 * The engines of a test host: embedded, unless `onServers` says otherwise. A folder is a corner of its own on servers too.
 * No power cut happens to a test, so files do not wait for the disk.
 */
export function testEngines(folder: string): EngineSettings {
  if (servers === undefined) {
    return { dataFolder: folder, events: 'sqlite', bus: 'sqlite', views: 'sqlite', durable: false }
  }
  const namespace = `t${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  return { dataFolder: folder, ...servers, namespace }
}
