import { z } from 'zod'

/** What one process tells another of sessions that were ended and rights that were changed. Ids say nothing to strangers. */
export const Revocations = z.object({
  sessions: z.array(z.object({ session: z.string(), at: z.string() })),
  /** Tokens made from an earlier version of the account no longer count. */
  accounts: z.array(z.object({ account: z.string(), leastVersion: z.number().int(), at: z.string() })),
})
export type Revocations = z.infer<typeof Revocations>

/** How long a revocation is remembered and told, in milliseconds: longer than any session token lives. */
export const REVOCATION_KEPT_MS = 15 * 60_000

/** What a session token says of the session and the account it was made from. */
export interface SessionMark {
  readonly session: string
  readonly account: string
  readonly accountVersion: number
}

/**
 * The session tokens that stopped working before their end, in this process's memory, so that each request can be held
 * against it. The facts are kept elsewhere; after a start and from other processes they are read again, see `followRevocations`.
 */
export class RevocationList {
  readonly #sessions = new Map<string, number>()
  readonly #accounts = new Map<string, { readonly leastVersion: number; readonly at: number }>()

  /** `at`: milliseconds since 1970. */
  endSession(session: string, at: number): void {
    this.#sessions.set(session, at)
    this.#forgetBefore(at - REVOCATION_KEPT_MS)
  }

  /** Of two calls for one account the higher version counts, in whichever order they come. */
  requireVersion(account: string, leastVersion: number, at: number): void {
    const known = this.#accounts.get(account)
    if (known === undefined || known.leastVersion <= leastVersion) this.#accounts.set(account, { leastVersion, at })
    this.#forgetBefore(at - REVOCATION_KEPT_MS)
  }

  refuses({ session, account, accountVersion }: SessionMark): boolean {
    if (this.#sessions.has(session)) return true
    const known = this.#accounts.get(account)
    return known !== undefined && accountVersion < known.leastVersion
  }

  take({ sessions, accounts }: Revocations): void {
    for (const { session, at } of sessions) this.endSession(session, Date.parse(at))
    for (const { account, leastVersion, at } of accounts) this.requireVersion(account, leastVersion, Date.parse(at))
  }

  told(): Revocations {
    const instant = (at: number): string => new Date(at).toISOString()
    return {
      sessions: [...this.#sessions].map(([session, at]) => ({ session, at: instant(at) })),
      accounts: [...this.#accounts].map(([account, { leastVersion, at }]) => ({
        account,
        leastVersion,
        at: instant(at),
      })),
    }
  }

  #forgetBefore(oldest: number): void {
    for (const [session, at] of this.#sessions) if (at < oldest) this.#sessions.delete(session)
    for (const [account, { at }] of this.#accounts) if (at < oldest) this.#accounts.delete(account)
  }
}
