import type { Identity } from './identity.ts'

/** Turns the whole `Authorization` header into an identity. Throws `SIGN_IN_REQUIRED`, `TOKEN_INVALID`, `TOKEN_EXPIRED` or `TOKEN_REVOKED`. */
export interface TokenVerifier {
  /** Answers at once for a header seen before; the same header gives the same object. */
  verify(header: string): Identity | Promise<Identity>
  /** The identity of a header verified before and still good, without verifying anything. */
  recall(header: string): Identity | undefined
  /** Forgets all verified tokens, for instance after the keys changed: each is verified afresh. */
  forget(): void
}
