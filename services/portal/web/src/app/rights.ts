import { createMongoAbility, type ForcedSubject, type MongoAbility, type RawRuleOf, subject } from '@casl/ability'
import type { Me, Permission, ScopeKind } from '../api/types.ts'

type ThingAbility = MongoAbility<[Permission, 'thing' | ForcedSubject<'thing'>]>

/** What the signed-in person may do; the same roles and scopes as on the server, which has the last word. */
export interface Rights {
  /** Whether the right exists at all, or for this thing when one is given. */
  can(permission: Permission, thing?: object): boolean
  canAny(permissions: readonly Permission[]): boolean
  /** How far the right reaches; undefined without it. */
  scope(permission: Permission): ScopeKind | undefined
}

/** Builds the rights from what `/auth/me` says. */
export function rightsOf(me: Pick<Me, 'permissions' | 'zone' | 'school' | 'supervisor'>): Rights {
  const rules: RawRuleOf<ThingAbility>[] = []
  for (const [permission, scope] of Object.entries(me.permissions) as [Permission, string][]) {
    const conditions = conditionsOf(scope, me)
    rules.push({ action: permission, subject: 'thing', ...(conditions === undefined ? {} : { conditions }) })
  }
  const ability = createMongoAbility<ThingAbility>(rules)
  return {
    can: (permission, thing) =>
      thing === undefined ? ability.can(permission, 'thing') : ability.can(permission, subject('thing', { ...thing })),
    canAny: (permissions) => permissions.some((permission) => ability.can(permission, 'thing')),
    scope: (permission) => me.permissions[permission],
  }
}

/** A member body's things are named in lists that differ by kind; those the server alone narrows. */
function conditionsOf(
  scope: string,
  me: Pick<Me, 'zone' | 'school' | 'supervisor'>,
): Record<string, string> | undefined {
  if (scope === 'zone') return { zoneId: me.zone ?? '' }
  if (scope === 'school') return { schoolId: me.school ?? '' }
  if (scope === 'supervisor') return { supervisorId: me.supervisor ?? '' }
  return undefined
}
