import { type ApiProblem, problemOfResponse, unreachable } from './problem.ts'
import type { EndedBecause, KeptSession, SessionStore } from './session-store.ts'

/** Seconds before its end at which a token is renewed. */
const EARLY = 60
/** When the person last did something in any window of this browser; milliseconds since 1970. */
const ACTED = 'dulian.acted'
const ACT_EVERY_MS = 1_000

interface RenewAnswer {
  readonly accessToken: string | null
  readonly expiresAt: string | null
  readonly idleMinutes: number | null
  readonly endsAt: string | null
  readonly ended: string | null
}

/** `kept`: there is a good token · `ended`: the server says that the session is over · else the problem that kept it from answering. */
type Renewal = 'kept' | 'ended' | ApiProblem

/**
 * Keeps the session of who signed in with an account: notes what the person does, renews the short token from the cookie
 * that no script reads, and ends the session. Demo cards have nothing to keep.
 */
export class SessionKeeper {
  readonly #store: SessionStore
  #renewing: Promise<Renewal> | undefined
  #noted = 0

  constructor(store: SessionStore) {
    this.#store = store
    for (const act of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
      window.addEventListener(act, () => this.noteAct(), { passive: true, capture: true })
    }
  }

  noteAct(): void {
    const now = Date.now()
    if (now - this.#noted < ACT_EVERY_MS) return
    this.#noted = now
    try {
      localStorage.setItem(ACTED, String(now))
    } catch {
      // Storage closed: this window still knows of itself.
    }
  }

  /** Seconds since the last act in any window. */
  idleSeconds(): number {
    const acted = Math.max(this.#noted, Number(localStorage.getItem(ACTED) ?? 0) || 0)
    return acted === 0 ? 0 : Math.max(0, Math.floor((Date.now() - acted) / 1_000))
  }

  /** Seconds until the session ends if nothing is done; undefined when it is not kept here. */
  secondsLeft(): { readonly idle: number; readonly end: number } | undefined {
    const kept = this.#store.current?.kept
    if (kept === undefined) return undefined
    return {
      idle: kept.idleMinutes * 60 - this.idleSeconds(),
      end: Math.floor((Date.parse(kept.endsAt) - Date.now()) / 1_000),
    }
  }

  /** Before a request: a token about to end is renewed first. When that cannot be done now, the request tells. */
  async freshen(): Promise<void> {
    const session = this.#store.current
    if (session?.kept === undefined) return
    if (Date.parse(session.expiresAt) - Date.now() < EARLY * 1_000) await this.renew()
  }

  /** Asks for a new token; several callers share one question. */
  renew(): Promise<Renewal> {
    this.#renewing ??= this.#ask().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  /** Ends the session at the server, too. Answers where the office's own sign-in is left, when it has such a place. */
  async signOut(because?: EndedBecause): Promise<string | undefined> {
    const isKept = this.#store.current?.kept !== undefined
    let leaveAt: string | undefined
    if (isKept) {
      try {
        const response = await post('/auth/sign-out', {})
        const answer = response.ok ? ((await response.json()) as { leaveAt: string | null }) : undefined
        leaveAt = answer?.leaveAt ?? undefined
      } catch {
        // The server is away: it ends the session by itself, here it is over now.
        leaveAt = undefined
      }
    }
    if (because === undefined) this.#store.signOut()
    else this.#store.end(because)
    return leaveAt
  }

  async #ask(): Promise<Renewal> {
    const had = this.#store.current?.kept
    let response: Response
    try {
      response = await post('/auth/session', { idleSeconds: had === undefined ? 0 : this.idleSeconds() })
    } catch (cause) {
      return unreachable(cause)
    }
    if (!response.ok) return await problemOfResponse(response)
    const answer = (await response.json()) as RenewAnswer
    const { accessToken, expiresAt, idleMinutes, endsAt } = answer
    if (accessToken === null || expiresAt === null || idleMinutes === null || endsAt === null) {
      if (had !== undefined) this.#end(answer.ended)
      return 'ended'
    }
    // Signing in is an act; the mouse that did it moved on another site.
    if (had === undefined) this.noteAct()
    const kept: KeptSession = { ...markOf(accessToken), idleMinutes, endsAt }
    this.#store.signIn({ token: accessToken, expiresAt, kept })
    return 'kept'
  }

  #end(ended: string | null): void {
    if (ended === 'idle' || ended === 'over' || ended === 'revoked' || ended === 'refused') this.#store.end(ended)
    else this.#store.signOut()
  }
}

async function post(path: string, body: object): Promise<Response> {
  return await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify(body),
  })
}

/** The session and the version of the rights, as the token says; only the server judges it. */
function markOf(token: string): { readonly id: string; readonly rights: number } {
  const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
  const { sid, acv } = JSON.parse(atob(payload)) as { sid: string; acv: number }
  return { id: sid, rights: acv }
}
