import type { Role } from '@dulian/contracts'
import { registryError } from '../errors.ts'
import type { AccountEvent, AccountLinked, Reach } from './events.ts'
import { managesAccounts, neededFor, rolesToGrant, titleOf } from './roles-to-grant.ts'
import type { Account, Grant } from './state.ts'

/** Who changes an account. */
export interface Manager {
  /** Of the token; an account's id when the person signed in with one. */
  readonly subject: string
  readonly roles: readonly string[]
}

export function linkAccount(command: AccountLinked): AccountEvent[] {
  return [{ type: 'AccountLinked', data: command }]
}

export interface GrantRole {
  readonly accountId: string
  readonly role: Role
  readonly reach: Reach
  readonly manager: Manager
}

export function grantRole(command: GrantRole, state: Account): AccountEvent[] {
  requireOther(command.manager, command.accountId)
  requireManageable(command.manager, command.role)
  if (state.stage === 'unknown') return []
  if (state.stage === 'disabled') throw registryError('ACCOUNT_DISABLED', { name: state.name })
  const reach = reachOf(command)
  const others = state.grants.filter(({ role }) => role !== command.role)
  for (const other of others) requireSameReach(reach, other)
  const known = state.grants.find(({ role }) => role === command.role)
  if (known !== undefined && reachFields.every((field) => known.reach[field] === reach[field])) return []
  return [{ type: 'RoleGranted', data: { name: state.name, role: command.role, ...reach } }]
}

export interface RevokeRole {
  readonly role: string
  readonly reason: string
  readonly manager: Manager
  /** Enabled accounts of the office, beside this one, that manage accounts. */
  readonly otherManagers: number
}

/** One's own role may be given back, unless nobody could give any role afterwards. */
export function revokeRole(command: RevokeRole, state: Account): AccountEvent[] {
  requireManageable(command.manager, command.role)
  if (state.stage === 'unknown' || !state.grants.some(({ role }) => role === command.role)) return []
  const rest = state.grants.filter(({ role }) => role !== command.role)
  if (state.stage === 'enabled') requireManagerLeft(state.grants, rest, command.otherManagers)
  return [{ type: 'RoleRevoked', data: { role: command.role, reason: command.reason } }]
}

export interface DisableAccount {
  readonly accountId: string
  readonly reason: string
  readonly manager: Manager
  readonly otherManagers: number
}

export function disableAccount(command: DisableAccount, state: Account): AccountEvent[] {
  requireOther(command.manager, command.accountId)
  if (state.stage !== 'enabled') return []
  requireManagerLeft(state.grants, [], command.otherManagers)
  return [{ type: 'AccountDisabled', data: { reason: command.reason } }]
}

/** Gives back everything the account had, so whoever does it must be allowed to give each of its roles. */
export function enableAccount(command: Pick<DisableAccount, 'accountId' | 'manager'>, state: Account): AccountEvent[] {
  requireOther(command.manager, command.accountId)
  if (state.stage !== 'disabled') return []
  for (const { role } of state.grants) requireManageable(command.manager, role)
  return [{ type: 'AccountEnabled', data: {} }]
}

function requireOther(manager: Manager, accountId: string): void {
  if (manager.subject === accountId) throw registryError('ACCOUNT_IS_ONES_OWN')
}

function requireManageable(manager: Manager, role: string): void {
  const allowed: readonly string[] = rolesToGrant(manager.roles)
  if (allowed.includes(role)) return
  throw registryError(
    'ROLE_NOT_YOURS_TO_GRANT',
    { role: titleOf(role), allowed: allowed.map(titleOf).join('、') },
    { pointer: '/role' },
  )
}

function requireManagerLeft(before: readonly Grant[], after: readonly Grant[], others: number): void {
  const manages = (grants: readonly Grant[]) => grants.some(({ role }) => managesAccounts(role))
  if (others === 0 && manages(before) && !manages(after)) throw registryError('LAST_ACCOUNT_MANAGER')
}

const reachFields = ['zoneId', 'schoolId', 'body', 'supervisorId'] as const
type ReachField = (typeof reachFields)[number]
const fieldOf = { zone: 'zoneId', school: 'schoolId', body: 'body', supervisor: 'supervisorId' } as const
const wordOf = { zoneId: '责任区', schoolId: '学校', body: '成员单位', supervisorId: '督学' } as const

/** Only what the role asks for; what is missing is refused at its field. */
function reachOf({ role, reach }: GrantRole): Reach {
  const needed: readonly ReachField[] = neededFor(role).map((kind) => fieldOf[kind])
  for (const field of needed) {
    if (reach[field] !== null) continue
    throw registryError('ROLE_NEEDS_REACH', { role: titleOf(role), what: wordOf[field] }, { pointer: `/${field}` })
  }
  const wanted = (field: ReachField) => needed.includes(field)
  return {
    zoneId: wanted('zoneId') ? reach.zoneId : null,
    zoneName: wanted('zoneId') ? reach.zoneName : null,
    schoolId: wanted('schoolId') ? reach.schoolId : null,
    schoolName: wanted('schoolId') ? reach.schoolName : null,
    body: wanted('body') ? reach.body : null,
    supervisorId: wanted('supervisorId') ? reach.supervisorId : null,
    supervisorName: wanted('supervisorId') ? reach.supervisorName : null,
  }
}

/** A token names one zone, one school, one body and one supervisor: roles of one account must agree on each. */
function requireSameReach(reach: Reach, other: Grant): void {
  for (const field of reachFields) {
    const [mine, theirs] = [reach[field], other.reach[field]]
    if (mine === null || theirs === null || mine === theirs) continue
    throw registryError(
      'ROLE_REACH_DIFFERS',
      { role: titleOf(other.role), what: wordOf[field] },
      { pointer: `/${field}` },
    )
  }
}
