import type { ServiceLog } from '@dulian/service-host'
import type { Config } from '../config.ts'
import type { Connection } from './connection.ts'
import type { Terminal } from './terminal.ts'

/** What the commands share; the only way they reach the process. */
export interface CommandLine {
  readonly pid: number
  readonly nodeVersion: string
  readonly log: ServiceLog
  config(): Config
  terminal(json: boolean | undefined): Terminal
  /** Opens the instance, hands it over, closes it whatever happens. */
  connected(work: (connection: Connection) => Promise<void>): Promise<void>
}
