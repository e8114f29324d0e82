/** Who asks, as the token says. One object per token: the verifier hands out the same one until the token dies. */
export interface Identity {
  readonly subject: string
  readonly name: string
  readonly office: string
  readonly roles: readonly string[]
  readonly zone?: string
  readonly school?: string
  readonly body?: string
  readonly supervisor?: string
  /** The session the token was made for; only tokens of an issuer that keeps sessions name one. */
  readonly session?: string
}
