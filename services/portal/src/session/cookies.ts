import type { FastifyReply, FastifyRequest } from 'fastify'

export interface CookieOptions {
  /** Seconds it is kept; for the browser's session when absent. */
  readonly maxAge?: number
  /** `lax` for what must come along when the issuer leads back here. */
  readonly sameSite: 'strict' | 'lax'
  /** Over TLS only. */
  readonly secure: boolean
}

/** A cookie of the browser; undefined when it sent none or an empty one. */
export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined
  }
  return undefined
}

/** Values are tokens of letters, digits, `-`, `_` and `.`: nothing to escape. No script reads them, no other path gets them. */
export function setCookie(reply: FastifyReply, name: string, value: string, options: CookieOptions): void {
  const parts = [
    `${name}=${value}`,
    'Path=/auth',
    'HttpOnly',
    `SameSite=${options.sameSite === 'lax' ? 'Lax' : 'Strict'}`,
  ]
  if (options.secure) parts.push('Secure')
  if (options.maxAge !== undefined) parts.push(`Max-Age=${Math.max(0, Math.floor(options.maxAge))}`)
  reply.header('set-cookie', parts.join('; '))
}

export function clearCookie(reply: FastifyReply, name: string, options: CookieOptions): void {
  setCookie(reply, name, '', { ...options, maxAge: 0 })
}
