import { permissions } from '@dulian/contracts'
import { Outlet, useMatches } from '@tanstack/react-router'
import { useRights } from '../../app/app-context.tsx'
import { RefusedState } from '../../kit/states.tsx'

/** The page, if the person's rights open it; otherwise which right is missing. */
export function GuardedOutlet() {
  const rights = useRights()
  const wanted = useMatches().slice(-1)[0]?.staticData
  if (wanted?.permission !== undefined) {
    const scope = rights.scope(wanted.permission)
    if (scope === undefined || (wanted.scopes !== undefined && !wanted.scopes.includes(scope))) {
      return <RefusedState permission={permissions[wanted.permission]} />
    }
  }
  return <Outlet />
}
