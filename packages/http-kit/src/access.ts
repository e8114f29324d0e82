import { eventSourcingError } from '@dulian/event-sourcing'
import type { Where } from '@dulian/views'
import type { Identity } from './identity.ts'

/** From widest to narrowest; `office` is everything of the office, the others only what carries the token's own id. */
export const scopeKinds = ['office', 'zone', 'body', 'supervisor', 'school'] as const
export type ScopeKind = (typeof scopeKinds)[number]

/** How far one person sees for one permission; `value` is the token's id for every kind but `office`. */
export interface DataScope {
  readonly office: string
  readonly kind: ScopeKind
  readonly value?: string
}

/** What a thing says about itself, to be held against a scope. */
export interface ScopeFacts {
  readonly office: string
  readonly zoneId?: string | null | undefined
  readonly schoolId?: string | null | undefined
  readonly bodies?: readonly string[] | undefined
  readonly supervisorId?: string | null | undefined
}

export interface RoleRules {
  readonly title: string
  /** Permission → how far it reaches for this role. */
  readonly grants: { readonly [permission: string]: ScopeKind }
}

/** All permissions with the words shown when one is missing, and all roles. */
export interface AccessRules {
  readonly permissions: { readonly [permission: string]: string }
  readonly roles: { readonly [role: string]: RoleRules }
}

/** Whether a thing lies within a scope. The one predicate that limits commands. */
export function inScope(scope: DataScope, facts: ScopeFacts): boolean {
  if (facts.office !== scope.office) return false
  switch (scope.kind) {
    case 'office':
      return true
    case 'zone':
      return scope.value !== undefined && facts.zoneId === scope.value
    case 'school':
      return scope.value !== undefined && facts.schoolId === scope.value
    case 'supervisor':
      return scope.value !== undefined && facts.supervisorId === scope.value
    case 'body':
      return scope.value !== undefined && facts.bodies?.includes(scope.value) === true
  }
}

/** Throws `STREAM_NOT_FOUND` for what lies outside: it does not exist for the person asking. */
export function requireInScope(scope: DataScope, facts: ScopeFacts): void {
  if (!inScope(scope, facts)) throw eventSourcingError('STREAM_NOT_FOUND')
}

const whereField = { zone: 'zoneId', school: 'schoolId', supervisor: 'supervisorId', body: 'body' } as const

/** The same limit as an equality for view queries: `office`, and `zoneId`, `schoolId`, `supervisorId` or `body`. */
export function scopeWhere(scope: DataScope): Where {
  if (scope.kind === 'office') return { office: scope.office }
  // A narrower scope without its id matches nothing rather than everything.
  return { office: scope.office, [whereField[scope.kind]]: scope.value ?? '\u0001' }
}

/** The widest scope any of the roles grants for the permission, or for any of several. A narrower one whose claim the token lacks grants nothing. */
export function scopeOf(
  rules: AccessRules,
  identity: Identity,
  permission: string | readonly string[],
): DataScope | undefined {
  let widest: DataScope | undefined
  for (const wanted of typeof permission === 'string' ? [permission] : permission) {
    for (const role of identity.roles) {
      const kind = grantOf(rules, role, wanted)
      const scope = kind === undefined ? undefined : scopeOfKind(kind, identity)
      if (scope !== undefined && (widest === undefined || isWider(scope, widest))) widest = scope
    }
  }
  return widest
}

function isWider(scope: DataScope, than: DataScope): boolean {
  return scopeKinds.indexOf(scope.kind) < scopeKinds.indexOf(than.kind)
}

/** The claim a role would need for this permission but the token lacks; `undefined` when no role grants it at all. */
export function missingClaim(rules: AccessRules, identity: Identity, permission: string): ScopeKind | undefined {
  for (const role of identity.roles) {
    const kind = grantOf(rules, role, permission)
    if (kind !== undefined && scopeOfKind(kind, identity) === undefined) return kind
  }
  return undefined
}

/** Titles of the roles that have any of the permissions, for telling people whom to ask. */
export function rolesGranting(rules: AccessRules, permissions: readonly string[]): readonly string[] {
  return Object.values(rules.roles)
    .filter((role) => permissions.some((permission) => Object.hasOwn(role.grants, permission)))
    .map((role) => role.title)
}

function grantOf(rules: AccessRules, role: string, permission: string): ScopeKind | undefined {
  const grants = Object.hasOwn(rules.roles, role) ? rules.roles[role]?.grants : undefined
  return grants !== undefined && Object.hasOwn(grants, permission) ? grants[permission] : undefined
}

function scopeOfKind(kind: ScopeKind, identity: Identity): DataScope | undefined {
  if (kind === 'office') return { office: identity.office, kind }
  const value = identity[kind]
  return value === undefined || value === '' ? undefined : { office: identity.office, kind, value }
}
