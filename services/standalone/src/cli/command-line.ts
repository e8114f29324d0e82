import type { ServiceLog } from '@dulian/service-host'
import type { Config } from '../config.ts'
import type { Connection } from './connection.ts'
import type { Terminal } from './terminal.ts'

/** What the commands share; the only way they reach the process. */
export interface CommandLine {
  readonly pid: number
  readonly nodeVersion: string
  /** The program that runs this one. */
  readonly node: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly log: ServiceLog
  config(): Config
  onSignal(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', listener: () => void): void
  /** The last thing before the process is gone. */
  onExit(listener: () => void): void
  terminal(json: boolean | undefined): Terminal
  /** Opens the instance, hands it over, closes it whatever happens. */
  connected(work: (connection: Connection) => Promise<void>): Promise<void>
}
