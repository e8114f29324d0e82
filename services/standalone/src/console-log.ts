import type { ServiceLog } from '@dulian/service-host'
import { pino } from 'pino'

/** Structured lines on stderr; what could name a person or a secret is left out. */
export function consoleLog(level: string): ServiceLog {
  return pino(
    { level, base: null, redact: ['err.details', '*.authorization', '*.phone', '*.name'] },
    pino.destination({ dest: 2, sync: false }),
  )
}
