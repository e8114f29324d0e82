export const engineNames = ['kafka', 'mongodb', 'kurrentdb'] as const

/** A server that one of the ports' adapters speaks to. */
export type EngineName = (typeof engineNames)[number]

/**
 * `address`: named in the environment · `container`: started in Docker · `local`: a program started by a script of
 * `infra/local` · `test-server`: a stand-in that speaks the protocol, which is said wherever its results are shown.
 */
export type EngineSource = 'address' | 'container' | 'local' | 'test-server'

export interface TestEngine {
  readonly name: EngineName
  /** As the settings take it: `kafka://host:port`, `mongodb://host:port`, `esdb://host:port?tls=false`. */
  readonly address: string
  readonly source: EngineSource
  /** What it really is, to be printed beside results: `Apache Kafka 4.4.0 (local, from Maven artifacts)`. */
  readonly title: string
  /** Ends what was started for it; nothing when it was there before. */
  stop(): Promise<void>
}

/** The settings by which the environment names an engine, and what it is. */
export function settingsOf(name: EngineName): { readonly address: string; readonly title: string } {
  const setting = `DULIAN_TEST_${name.toUpperCase()}`
  return { address: setting, title: `${setting}_TITLE` }
}
