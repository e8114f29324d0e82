import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { reading } from '../api/queries.ts'
import type { Me } from '../api/types.ts'
import { useApi, useSession } from './app-context.tsx'
import { type Rights, rightsOf } from './rights.ts'

/** Loads who is signed in. A renewed token is the same person; other rights are read anew without taking the page away. */
export function usePersonQuery() {
  const api = useApi()
  const session = useSession()
  const base = reading(api, '/auth/me', {})
  const query = useQuery({
    ...base,
    queryKey: ['me', session?.kept?.id ?? session?.token.slice(-16) ?? ''],
    enabled: session !== undefined,
    staleTime: 300_000,
  })
  const me = query.data?.body
  const rights = session?.kept?.rights
  const known = useRef(rights)
  const { refetch } = query
  useEffect(() => {
    if (known.current !== undefined && rights !== undefined && known.current !== rights) void refetch()
    known.current = rights
  }, [rights, refetch])
  const person = useMemo<{ me: Me; rights: Rights } | undefined>(
    () => (me === undefined ? undefined : { me, rights: rightsOf(me) }),
    [me],
  )
  return { query, person }
}
