import { type Role, roles, type ScopeKind } from '@dulian/contracts'

const people = (Object.keys(roles) as Role[]).filter((role) => role !== 'door')

/** Who manages accounts → the roles they may give and take. Machine and business are kept apart: neither side makes its own. */
const manageable: Partial<Record<string, readonly Role[]>> = {
  'office-head': people.filter((role) => role !== 'operator'),
  operator: people.filter((role) => role !== 'office-head'),
}

/** The roles that somebody in these roles may give and take. */
export function rolesToGrant(granter: readonly string[]): readonly Role[] {
  const allowed = new Set(granter.flatMap((role) => manageable[role] ?? []))
  return people.filter((role) => allowed.has(role))
}

export function managesAccounts(role: string): boolean {
  return isRole(role) && 'account.manage' in roles[role].grants
}

/** What a role must be told beside the office, because some of its rights reach only so far. */
export function neededFor(role: Role): readonly Exclude<ScopeKind, 'office'>[] {
  const kinds: readonly ScopeKind[] = Object.values(roles[role].grants)
  return (['zone', 'school', 'body', 'supervisor'] as const).filter((kind) => kinds.includes(kind))
}

export function titleOf(role: string): string {
  return isRole(role) ? roles[role].title : role
}

function isRole(role: string): role is Role {
  return Object.hasOwn(roles, role)
}
