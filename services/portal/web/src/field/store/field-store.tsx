import { createContext, type ReactNode, useContext } from 'react'
import type { FieldDatabase } from './field-database.ts'
import type { Outbox } from './outbox.ts'

interface FieldStore {
  readonly db: FieldDatabase
  readonly outbox: Outbox
}

const FieldStoreContext = createContext<FieldStore | undefined>(undefined)

export function FieldStoreProvider({ db, outbox, children }: FieldStore & { children: ReactNode }) {
  return <FieldStoreContext value={{ db, outbox }}>{children}</FieldStoreContext>
}

/** The phone's store and what it sends. */
export function useFieldStore(): FieldStore {
  const store = useContext(FieldStoreContext)
  if (store === undefined) throw new Error('FieldStoreProvider is missing')
  return store
}
