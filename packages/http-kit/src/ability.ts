import type { MongoAbility } from '@casl/ability'
import { createMongoAbility, subject } from '@casl/ability'
import type { AccessRules, ScopeFacts } from './access.ts'
import { scopeOf } from './access.ts'
import type { Identity } from './identity.ts'

/** Actions are permissions; the one subject is a `Thing` carrying scope facts. */
export type Ability = MongoAbility<[string, 'Thing' | (ScopeFacts & { readonly __caslSubjectType__?: 'Thing' })]>

/** What somebody may do, as CASL rules made from the same data the routes are guarded by. Plain JSON in `ability.rules`: the browser takes it over. */
export function abilityOf(rules: AccessRules, identity: Identity): Ability {
  return createMongoAbility<Ability>(
    Object.keys(rules.permissions).flatMap((permission) => {
      const scope = scopeOf(rules, identity, permission)
      if (scope === undefined) return []
      return [
        { action: permission, subject: 'Thing' as const, conditions: { office: scope.office, ...narrowing(scope) } },
      ]
    }),
  )
}

/** Marks facts as a `Thing`, to be asked about: `ability.can('visit.read', thing(facts))`. */
export function thing(facts: ScopeFacts): ScopeFacts & { readonly __caslSubjectType__: 'Thing' } {
  return subject('Thing', { ...facts })
}

const factField = { zone: 'zoneId', school: 'schoolId', supervisor: 'supervisorId', body: 'bodies' } as const

function narrowing(scope: {
  readonly kind: keyof typeof factField | 'office'
  readonly value?: string
}): Record<string, string> {
  return scope.kind === 'office' || scope.value === undefined ? {} : { [factField[scope.kind]]: scope.value }
}
