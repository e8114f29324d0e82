import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { reading } from '../api/queries.ts'
import type { Me } from '../api/types.ts'
import { useApi, useSession } from './app-context.tsx'
import { type Rights, rightsOf } from './rights.ts'

/** Loads who is signed in; a different token is a different person. */
export function usePersonQuery() {
  const api = useApi()
  const session = useSession()
  const base = reading(api, '/auth/me', {})
  const query = useQuery({
    ...base,
    queryKey: ['me', session?.token.slice(-16) ?? ''],
    enabled: session !== undefined,
    staleTime: 300_000,
  })
  const me = query.data?.body
  const person = useMemo<{ me: Me; rights: Rights } | undefined>(
    () => (me === undefined ? undefined : { me, rights: rightsOf(me) }),
    [me],
  )
  return { query, person }
}
