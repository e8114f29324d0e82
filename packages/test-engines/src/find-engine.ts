import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type EngineName, settingsOf, type TestEngine } from './engine.ts'
import { scriptOf, startLocalEngine } from './local-engine.ts'

type Environment = Readonly<Record<string, string | undefined>>

const locals: Record<EngineName, Pick<TestEngine, 'source' | 'title'>> = {
  kafka: { source: 'local', title: 'Apache Kafka 4.4.0, one node (local, from Maven artifacts)' },
  mongodb: {
    source: 'local',
    title: 'mongo-java-server 1.47.0 (local, in memory, speaks the protocol of MongoDB 5.0)',
  },
  kurrentdb: { source: 'test-server', title: 'the protocol test server of this repository (not KurrentDB itself)' },
}

/**
 * An engine for tests: by address from the environment, else in a container where Docker answers, else as a program of
 * this machine (for KurrentDB, of which no program is to be had, the protocol test server). `undefined` when there is
 * nothing of the kind; whoever got one stops it.
 */
export async function findEngine(name: EngineName, env: Environment = process.env): Promise<TestEngine | undefined> {
  const settings = settingsOf(name)
  const address = env[settings.address]
  if (address === 'none') return undefined
  if (address !== undefined && address !== '') {
    const title = env[settings.title] ?? `${name} named by ${settings.address}`
    return { name, address, source: 'address', title, stop: async () => {} }
  }
  // Loaded when wanted: it brings a hundred modules along.
  if (hasDocker()) return await (await import('./container.ts')).startContainer(name)
  if (!canStartLocally(name)) return undefined
  const local = await startLocalEngine(name, { longLived: true })
  const { source, title: localTitle } = locals[name]
  return { name, address: local.address, source, title: localTitle, stop: () => local.stop() }
}

/** What a test says when it skips for want of an engine. */
export function noEngine(name: EngineName): string {
  return `no ${name} to be had: set ${settingsOf(name).address}, start Docker, or install a JDK (17 or newer) and mvn`
}

/** For `describe(…, { skip: engineToSkip(engine, 'kafka') }, …)`. */
export function engineToSkip(engine: TestEngine | undefined, name: EngineName): string | false {
  return engine === undefined ? noEngine(name) : false
}

/** Whether a Docker daemon answers, and not just its command. */
function hasDocker(): boolean {
  return spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 5_000 }).status === 0
}

/** Whether `startLocalEngine` can work here: for a server that a test may kill, whatever the others use. */
export function canStartLocally(name: EngineName): boolean {
  if (name === 'kurrentdb') return true
  return existsSync(scriptOf(name)) && ['java', 'mvn'].every((program) => spawnSync(program, ['-version']).status === 0)
}
