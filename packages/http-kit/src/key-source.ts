import type { Clock } from '@dulian/event-sourcing'
import { isDomainError } from '@dulian/event-sourcing'
import type { FlattenedJWSInput, JSONWebKeySet, JWSHeaderParameters } from 'jose'
import { createLocalJWKSet, createRemoteJWKSet, customFetch } from 'jose'
import { httpError } from './errors.ts'

type FindKey = ReturnType<typeof createLocalJWKSet>

/** The public keys of one issuer, and word of their change. */
export interface KeySource {
  find(header: JWSHeaderParameters, token: FlattenedJWSInput): ReturnType<FindKey>
  /** Looks for changed keys now and then, in the background; called on every use of a remembered token. */
  check(): void
}

/** Keys at hand. A function is asked on every use, so that a key it drops stops working at once. */
export function localKeys(keys: JSONWebKeySet | (() => JSONWebKeySet), onChange: () => void): KeySource {
  const read = typeof keys === 'function' ? keys : () => keys
  let known = read()
  let find = createLocalJWKSet(known)
  const check = (): void => {
    const current = read()
    if (current === known) return
    known = current
    find = createLocalJWKSet(current)
    onChange()
  }
  return {
    check,
    find(header, token) {
      check()
      return find(header, token)
    },
  }
}

const RECHECK_MS = 5 * 60_000

export interface RemoteKeyOptions {
  readonly clock: Clock
  readonly onChange: () => void
  readonly fetch?: typeof fetch
  /** Milliseconds between two looks at the issuer's keys; five minutes when absent. */
  readonly recheckMs?: number
}

/** Keys at the issuer's address: fetched once, again for an unknown key id, and every few minutes while tokens are used. */
export function remoteKeys(url: URL, options: RemoteKeyOptions): KeySource {
  const ask = options.fetch ?? fetch
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: 5_000,
    [customFetch]: async (address, init) => {
      try {
        const response = await ask(address, init)
        if (response.ok) return response
        throw httpError('ISSUER_UNAVAILABLE', {}, { cause: new Error(`keys answered ${response.status}`) })
      } catch (error) {
        throw isDomainError(error) ? error : httpError('ISSUER_UNAVAILABLE', {}, { cause: error })
      }
    },
  })
  let known: string | undefined
  let checkedAt = options.clock.now()

  const compare = (): void => {
    const current = JSON.stringify(remote.jwks()?.keys)
    const changed = known !== undefined && current !== known
    known = current
    if (changed) options.onChange()
  }

  return {
    check() {
      const now = options.clock.now()
      if (Math.abs(now - checkedAt) < (options.recheckMs ?? RECHECK_MS)) return
      checkedAt = now
      // Unreachable keys change nothing: what was verified stays so until the token's own end.
      remote.reload().then(compare, () => undefined)
    },
    async find(header, token) {
      const key = await remote(header, token)
      compare()
      return key
    },
  }
}
