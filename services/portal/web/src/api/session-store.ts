export interface Session {
  readonly token: string
  /** Instant after which the server refuses the token. */
  readonly expiresAt: string
  /** Of who signed in with an account: the token is renewed as long as this lasts. Demo cards have none. */
  readonly kept?: KeptSession
}

export interface KeptSession {
  readonly id: string
  /** Changes with the person's rights. */
  readonly rights: number
  /** Minutes without an act after which it ends. */
  readonly idleMinutes: number
  /** Instant at which it ends, whatever is done. */
  readonly endsAt: string
}

/** Why a session was over, to be told on the sign-in page. */
export type EndedBecause = 'idle' | 'over' | 'revoked' | 'refused'

const KEY = 'dulian.session'
const CHANNEL = 'dulian.session'

type Message =
  | { readonly kind: 'ask' }
  | { readonly kind: 'tell'; readonly session: Session }
  | { readonly kind: 'left' }

/**
 * Where the token is kept. Desk (`tab`): in sessionStorage, so that it is gone when the browser of a shared office
 * computer is closed; a tab opened beside asks the open ones for it. Phone (`device`): in localStorage, because the
 * system kills tabs at will and a record that waits for the network must still be sent. No cookie is taken for a person by
 * any route but the two of `SessionKeeper`, so no request can be forged; no script from elsewhere runs under the page's policy.
 */
export class SessionStore {
  readonly #storage: Storage
  readonly #channel: BroadcastChannel | undefined
  readonly #listeners = new Set<() => void>()
  #session: Session | undefined
  #ended: EndedBecause | undefined

  constructor(kind: 'tab' | 'device') {
    this.#storage = kind === 'tab' ? window.sessionStorage : window.localStorage
    this.#session = this.#load()
    this.#channel = kind === 'tab' && 'BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : undefined
    this.#channel?.addEventListener('message', (event: MessageEvent<Message>) => this.#hear(event.data))
    if (kind === 'device') window.addEventListener('storage', (event) => event.key === KEY && this.#reload())
  }

  get current(): Session | undefined {
    return this.#session
  }

  /** Asks the other tabs of this browser for their session; resolves at once when this one has its own. */
  async inherit(patience = 150): Promise<void> {
    if (this.#session !== undefined || this.#channel === undefined) return
    this.#channel.postMessage({ kind: 'ask' } satisfies Message)
    await new Promise<void>((resolve) => {
      const stop = this.subscribe(() => resolve())
      window.setTimeout(() => {
        stop()
        resolve()
      }, patience)
    })
  }

  signIn(session: Session): void {
    this.#storage.setItem(KEY, JSON.stringify(session))
    this.#session = session
    this.#ended = undefined
    this.#announce()
  }

  /** Why the last session was over; undefined when the person left by themselves. */
  get ended(): EndedBecause | undefined {
    return this.#ended
  }

  /** Forgets the token in all tabs, and remembers why. */
  end(because: EndedBecause): void {
    this.#ended = because
    this.signOut()
  }

  /** Forgets the token here; `everywhere` tells the other tabs too. */
  signOut(everywhere = true): void {
    this.#storage.removeItem(KEY)
    this.#session = undefined
    if (everywhere) this.#channel?.postMessage({ kind: 'left' } satisfies Message)
    this.#announce()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): Session | undefined => this.#session

  #hear(message: Message): void {
    if (message.kind === 'ask' && this.#session !== undefined) {
      this.#channel?.postMessage({ kind: 'tell', session: this.#session } satisfies Message)
    } else if (message.kind === 'tell' && this.#session === undefined) {
      this.signIn(message.session)
    } else if (message.kind === 'left' && this.#session !== undefined) {
      this.signOut(false)
    }
  }

  #load(): Session | undefined {
    try {
      const parsed: unknown = JSON.parse(this.#storage.getItem(KEY) ?? 'null')
      if (typeof parsed !== 'object' || parsed === null || !('token' in parsed) || !('expiresAt' in parsed))
        return undefined
      const { token, expiresAt } = parsed
      if (typeof token !== 'string' || typeof expiresAt !== 'string') return undefined
      const kept = 'kept' in parsed ? keptIn(parsed.kept) : undefined
      return { token, expiresAt, ...(kept === undefined ? {} : { kept }) }
    } catch {
      return undefined
    }
  }

  #reload(): void {
    this.#session = this.#load()
    this.#announce()
  }

  #announce(): void {
    for (const listener of this.#listeners) listener()
  }
}

function keptIn(stored: unknown): KeptSession | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined
  const { id, rights, idleMinutes, endsAt } = stored as Record<string, unknown>
  return typeof id === 'string' &&
    typeof rights === 'number' &&
    typeof idleMinutes === 'number' &&
    typeof endsAt === 'string'
    ? { id, rights, idleMinutes, endsAt }
    : undefined
}
