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
}
