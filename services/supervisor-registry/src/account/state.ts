import type { AccountEvent, AccountLinked, Reach } from './events.ts'

/** One role of an account with what it reaches. */
export interface Grant {
  readonly role: string
  readonly reach: Reach
}

interface Known extends AccountLinked {
  /** In the order in which they were given; a role at most once. */
  readonly grants: readonly Grant[]
}

export type Account =
  | { readonly stage: 'unknown' }
  | ({ readonly stage: 'enabled' } & Known)
  | ({ readonly stage: 'disabled'; readonly reason: string } & Known)

export const initialAccount: Account = { stage: 'unknown' }

export function evolveAccount(state: Account, event: AccountEvent): Account {
  if (event.type === 'AccountLinked') return { stage: 'enabled', ...event.data, grants: [] }
  if (state.stage === 'unknown') return state
  switch (event.type) {
    case 'RoleGranted': {
      const { name: _, role, ...reach } = event.data
      return { ...state, grants: [...without(state.grants, role), { role, reach }] }
    }
    case 'RoleRevoked':
      return { ...state, grants: without(state.grants, event.data.role) }
    case 'AccountDisabled':
      return { ...known(state), stage: 'disabled', reason: event.data.reason }
    case 'AccountEnabled':
      return { ...known(state), stage: 'enabled' }
    default:
      event satisfies never
      return state
  }
}

function without(grants: readonly Grant[], role: string): readonly Grant[] {
  return grants.filter((grant) => grant.role !== role)
}

function known({ issuer, subject, name, grants }: Known): Known {
  return { issuer, subject, name, grants }
}
