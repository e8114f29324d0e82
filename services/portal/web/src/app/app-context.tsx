import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import type { ApiClient } from '../api/client.ts'
import type { Session, SessionStore } from '../api/session-store.ts'
import type { Me } from '../api/types.ts'
import type { Rights } from './rights.ts'

interface Connection {
  readonly api: ApiClient
  readonly session: SessionStore
}

const ConnectionContext = createContext<Connection | undefined>(undefined)
const PersonContext = createContext<{ readonly me: Me; readonly rights: Rights } | undefined>(undefined)

export function ConnectionProvider({ api, session, children }: Connection & { children: ReactNode }) {
  return <ConnectionContext value={{ api, session }}>{children}</ConnectionContext>
}

export function PersonProvider({ me, rights, children }: { me: Me; rights: Rights; children: ReactNode }) {
  return <PersonContext value={{ me, rights }}>{children}</PersonContext>
}

export function useApi(): ApiClient {
  return useConnection().api
}

export function useSessionStore(): SessionStore {
  return useConnection().session
}

/** The session as it is now; the screen follows when it ends. */
export function useSession(): Session | undefined {
  const { session } = useConnection()
  return useSyncExternalStore(session.subscribe, session.snapshot)
}

/** Who is signed in; only below the frame, which waits for it. */
export function useMe(): Me {
  return usePerson().me
}

export function useRights(): Rights {
  return usePerson().rights
}

function useConnection(): Connection {
  const connection = useContext(ConnectionContext)
  if (connection === undefined) throw new Error('ConnectionProvider is missing')
  return connection
}

function usePerson(): { readonly me: Me; readonly rights: Rights } {
  const person = useContext(PersonContext)
  if (person === undefined) throw new Error('PersonProvider is missing')
  return person
}
