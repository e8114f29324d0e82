/** Where the bus tells what an operator should know; a pino logger fits. Never carries message data. */
export interface BusLog {
  warn(facts: Readonly<Record<string, unknown>>, message: string): void
  error(facts: Readonly<Record<string, unknown>>, message: string): void
}

export const silentLog: BusLog = { warn: () => {}, error: () => {} }
