import { useEffect, useMemo } from 'react'
import type { Me } from '../../api/types.ts'
import { useSession } from '../../app/app-context.tsx'
import { rightsOf } from '../../app/rights.ts'
import { currentOwner } from '../store/current-owner.ts'
import { useFieldRead } from '../store/use-field-read.ts'

/** Who works here: from the server, or as last known when it cannot be asked or the sign-in has run out. */
export function useFieldPerson() {
  const session = useSession()
  const known = currentOwner.get()
  const query = useFieldRead('me', '/auth/me', {}, session !== undefined || known !== undefined)
  const me = query.data?.body as Me | undefined
  useEffect(() => {
    if (me !== undefined) currentOwner.set(me.subject)
  }, [me])
  const person = useMemo(() => (me === undefined ? undefined : { me, rights: rightsOf(me) }), [me])
  return { person, query, isSignedIn: session !== undefined, isKnown: known !== undefined }
}
