import { engineNames, findEngine, noEngine, settingsOf, type TestEngine } from '@dulian/test-engines'

/** The servers that the tests of a run share. */
export interface TestServers {
  /** What names them to the test files. */
  readonly settings: Readonly<Record<string, string>>
  /** One line for each engine: what it is and where it came from, or what it would take to have it. */
  readonly lines: readonly string[]
  stop(): Promise<void>
}

/** Starts what can be had of Kafka, MongoDB and KurrentDB. Throws when one of them is there and does not start. */
export async function startTestServers(env: Record<string, string | undefined>): Promise<TestServers> {
  const found: TestEngine[] = []
  const settings: Record<string, string> = {}
  const lines: string[] = []
  const stop = async (): Promise<void> => {
    for (const engine of found) await engine.stop()
  }
  try {
    for (const name of engineNames) {
      const names = settingsOf(name)
      const engine = await findEngine(name, env)
      if (engine === undefined) {
        settings[names.address] = 'none'
        lines.push(`${name.padEnd(9)}  not there — ${noEngine(name)}`)
        continue
      }
      found.push(engine)
      settings[names.address] = engine.address
      settings[names.title] = engine.title
      lines.push(`${name.padEnd(9)}  ${engine.title}`)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { settings, lines, stop }
}
