import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { BrowserSignIn } from '../config.ts'
import { portalError } from '../errors.ts'
import { isLoopback } from '../loopback.ts'
import type { SignInAttempt } from './session-issuer.ts'

export interface ProvenIdentity {
  readonly issuer: string
  readonly subject: string
  /** As the issuer calls them; for showing only. */
  readonly name: string | undefined
}

/** Seconds to wait for the issuer. */
const PATIENCE = 5

/** Any OpenID Connect issuer: authorization code with PKCE. Its addresses and keys are asked for on every use, so that a rotated key is no event. */
export class IdentityProvider {
  readonly settings: BrowserSignIn

  constructor(settings: BrowserSignIn) {
    this.settings = settings
  }

  /** Where to send the browser, and what to keep until it comes back. Throws `IDENTITY_PROVIDER_DOWN`. */
  async begin(): Promise<{ readonly url: URL; readonly kept: Omit<SignInAttempt, 'to' | 'office'> }> {
    const configuration = await this.#discover()
    const kept = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.settings.redirectUri.href,
      scope: this.settings.scopes,
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: await calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: 'S256',
    })
    return { url, kept }
  }

  /**
   * Who came back. `query`: the address's own, as it arrived. Throws `SIGN_IN_CONSENT_REFUSED`, `SIGN_IN_CODE_STALE`,
   * `SIGN_IN_NOT_PROVEN` or `IDENTITY_PROVIDER_DOWN`.
   */
  async finish(query: string, attempt: SignInAttempt): Promise<ProvenIdentity> {
    const configuration = await this.#discover()
    const address = new URL(this.settings.redirectUri)
    address.search = query
    try {
      const tokens = await authorizationCodeGrant(configuration, address, {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined) throw portalError('SIGN_IN_NOT_PROVEN')
      const { iss, sub, name } = claims
      return { issuer: iss, subject: sub, name: typeof name === 'string' ? name : undefined }
    } catch (error) {
      throw translated(error)
    }
  }

  /** Where the issuer ends its own session, too; undefined when it offers no such place or does not answer. */
  async leaveUrl(): Promise<string | undefined> {
    try {
      const configuration = await this.#discover()
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
      const back = new URL('/sign-in', this.settings.redirectUri).href
      return buildEndSessionUrl(configuration, { post_logout_redirect_uri: back }).href
    } catch {
      // The own session has ended already; that the issuer is away must not keep anybody in.
      return undefined
    }
  }

  async #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings
    const url = new URL(issuer)
    try {
      return await discovery(url, clientId, clientSecret, undefined, {
        timeout: PATIENCE,
        execute: [enableNonRepudiationChecks, ...(isLoopback(url.hostname) ? [allowInsecureRequests] : [])],
      })
    } catch (cause) {
      throw portalError('IDENTITY_PROVIDER_DOWN', {}, { cause })
    }
  }
}

function translated(cause: unknown): Error {
  if (!(cause instanceof Error)) return portalError('SIGN_IN_NOT_PROVEN')
  const code = 'code' in cause ? cause.code : undefined
  const told = 'error' in cause ? cause.error : undefined
  if (told === 'access_denied') return portalError('SIGN_IN_CONSENT_REFUSED', {}, { cause })
  if (told === 'invalid_grant') return portalError('SIGN_IN_CODE_STALE', {}, { cause })
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || cause.message === 'fetch failed') {
    return portalError('IDENTITY_PROVIDER_DOWN', {}, { cause })
  }
  return portalError('SIGN_IN_NOT_PROVEN', {}, { cause })
}
