import { httpError } from '../errors.ts'
import type { Identity } from '../identity.ts'
import type { TokenVerifier } from '../token-verifier.ts'

/** Somebody to ask as; give what the test is about. */
export function testIdentity(given: Partial<Identity> & { readonly roles: readonly string[] }): Identity {
  return { subject: 'test-person', name: '测试人员', office: 'yongchuan', ...given }
}

/** The header that `testVerifier` reads as this identity. */
export function testAuthorization(identity: Identity): string {
  return `Bearer test:${encodeURIComponent(JSON.stringify(identity))}`
}

/** Accepts `testAuthorization` headers and nothing else. For tests only: it checks no signature. */
export function testVerifier(): TokenVerifier {
  const known = new Map<string, Identity>()
  return {
    verify(header) {
      const seen = known.get(header)
      if (seen !== undefined) return seen
      if (!header.startsWith('Bearer test:')) throw httpError('TOKEN_INVALID')
      let identity: Identity
      try {
        identity = JSON.parse(decodeURIComponent(header.slice('Bearer test:'.length))) as Identity
      } catch (error) {
        throw httpError('TOKEN_INVALID', {}, { cause: error })
      }
      known.set(header, identity)
      return identity
    },
    recall: (header) => known.get(header),
    forget() {
      known.clear()
    },
  }
}
