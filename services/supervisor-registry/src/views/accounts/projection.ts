import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { searchTokens } from '@dulian/views'
import { type AccountEvent, accountEvents, type Reach } from '../../account/events.ts'
import { managesAccounts } from '../../account/roles-to-grant.ts'

export const ACCOUNTS = 'accounts'

/** Who may sign in, and as what. */
export type AccountDocument = {
  readonly accountId: string
  readonly office: string
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly state: 'enabled' | 'disabled'
  readonly grants: readonly ({ readonly role: string } & Reach)[]
  readonly managesAccounts: boolean
  readonly linkedAt: string
  /** When a right was last given or taken, and the version since which tokens count; null before the first right. */
  readonly rightsChangedAt: string | null
  readonly rightsVersion: number
  readonly version: number
  readonly tokens: readonly string[]
}

/** How the list finds a role among the words of an account. */
export function roleToken(role: string): string {
  return `role:${role}`
}

export const accountsProjection = defineProjection(
  {
    name: 'accounts',
    revision: 1,
    collections: {
      [ACCOUNTS]: {
        indexes: {
          byName: ['office', 'state', 'name'],
          byId: ['office', 'name'],
          byManager: ['office', 'managesAccounts', 'state'],
          byIdentity: ['issuer', 'subject'],
          byRightsChange: ['rightsChangedAt'],
        },
        tokens: 'tokens',
      },
    },
  },
  [
    on(accountEvents, {
      AccountLinked: (event, unit) => {
        const { office, id } = streamOf(event)
        put(unit, {
          accountId: id,
          office,
          ...event.data,
          state: 'enabled',
          grants: [],
          managesAccounts: false,
          linkedAt: event.envelope.time,
          rightsChangedAt: null,
          rightsVersion: event.envelope.version,
          version: event.envelope.version,
          tokens: [],
        })
      },
      RoleGranted: (event, unit) =>
        change(event, unit, ({ grants }) => {
          const { name: _, role, ...reach } = event.data
          return { grants: [...grants.filter((grant) => grant.role !== role), { role, ...reach }] }
        }),
      RoleRevoked: (event, unit) =>
        change(event, unit, ({ grants }) => ({ grants: grants.filter(({ role }) => role !== event.data.role) })),
      AccountDisabled: (event, unit) => change(event, unit, () => ({ state: 'disabled' })),
      AccountEnabled: (event, unit) => change(event, unit, () => ({ state: 'enabled' })),
    }),
  ],
)

async function change(
  event: Decoded<AccountEvent>,
  unit: UnitOfWork,
  changed: (account: AccountDocument) => Partial<AccountDocument>,
): Promise<void> {
  const account = await unit.get<AccountDocument>(ACCOUNTS, streamOf(event).id)
  if (account === undefined) return
  const { version, time } = event.envelope
  put(unit, { ...account, ...changed(account), rightsChangedAt: time, rightsVersion: version, version })
}

function put(unit: UnitOfWork, account: AccountDocument): void {
  unit.put(ACCOUNTS, account.accountId, {
    ...account,
    managesAccounts: account.grants.some(({ role }) => managesAccounts(role)),
    tokens: [...searchTokens(account.name, account.subject), ...account.grants.map(({ role }) => roleToken(role))],
  })
}
