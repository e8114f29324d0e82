import type { FastifyBaseLogger } from 'fastify'
import type { DestinationStream, LoggerOptions } from 'pino'
import { pino } from 'pino'

export interface LogOptions {
  /** pino's level; `silent` when absent. */
  readonly level?: string
  readonly stream?: DestinationStream
}

/** Never written out, wherever it stands: secrets, and what tells who a person is. */
export const redactedFields = [
  'authorization',
  'cookie',
  'token',
  'accessToken',
  'idToken',
  'password',
  'secret',
  'privateKey',
  'name',
  'phone',
  'mobile',
  'idNumber',
  'email',
  'address',
  'body',
] as const

const redactedPaths = redactedFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])

export function buildLogger(options: LogOptions): FastifyBaseLogger {
  const settings: LoggerOptions = {
    level: options.level ?? 'silent',
    redact: { paths: [...redactedPaths], censor: '[redacted]' },
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
  }
  return options.stream === undefined ? pino(settings) : pino(settings, options.stream)
}

/** An error's message can carry a person's words, so only its class, code and stack frames are kept. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(frames === undefined ? {} : { frames: frames.slice(0, 12).map((line) => line.trim()) }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

/**
 * A child logger per request costs more than the request's own handling; below debug level its "child" is itself.
 * Not by the framework's factory for child loggers: what that returns is inspected anew on every request.
 */
export function sharedBelowDebug(logger: FastifyBaseLogger): FastifyBaseLogger {
  if (logger.level === 'debug' || logger.level === 'trace') return logger
  const shared: FastifyBaseLogger = Object.create(logger, { child: { value: () => shared } })
  return shared
}
