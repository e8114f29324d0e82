import type { FastifyInstance } from 'fastify'
import { httpError } from './errors.ts'

const DEEPEST = 64

/**
 * Reads JSON bodies as Fastify does (a `__proto__` member is refused) and refuses what would only break further in:
 * endless nesting, NUL characters, half surrogate pairs. No other content type is read unless a plugin adds it.
 */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = typeof body === 'string' ? body : body.toString('utf8')
    // Clients often name the type even when they send nothing.
    if (text.length === 0) return done(null, undefined)
    if (isTooDeep(text)) return done(httpError('JSON_TOO_DEEP', { limit: DEEPEST }))
    return parse(request, text, (error, value) => {
      if (error) return done(httpError('JSON_INVALID', {}, { cause: error }))
      if (mayCarryOddText(text) && hasOddText(value)) return done(httpError('CHARACTER_NOT_ALLOWED'))
      return done(null, value)
    })
  })
}

function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 0x5c) at += 1
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > DEEPEST) return true
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return false
}

/** Only an escape can bring NUL or a half pair: the decoder has replaced bad bytes, and JSON refuses bare control characters. */
function mayCarryOddText(text: string): boolean {
  return text.includes('\\u0000') || text.includes('\\ud') || text.includes('\\uD')
}

export function isOddText(text: string): boolean {
  return text.includes('\u0000') || !text.isWellFormed()
}

function hasOddText(value: unknown): boolean {
  if (typeof value === 'string') return isOddText(value)
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return value.some(hasOddText)
  return Object.entries(value).some(([key, member]) => isOddText(key) || hasOddText(member))
}
