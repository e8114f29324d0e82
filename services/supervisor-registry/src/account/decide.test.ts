import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Role, roles } from '@dulian/contracts'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { accountStream } from './account.ts'
import {
  disableAccount,
  enableAccount,
  type GrantRole,
  grantRole,
  linkAccount,
  type Manager,
  revokeRole,
} from './decide.ts'
import type { Reach } from './events.ts'
import { neededFor, rolesToGrant } from './roles-to-grant.ts'
import { type Account, evolveAccount } from './state.ts'

const accountId = '0197a000-0000-5000-8000-000000000701'
const nowhere: Reach = {
  zoneId: null,
  zoneName: null,
  schoolId: null,
  schoolName: null,
  body: null,
  supervisorId: null,
  supervisorName: null,
}
const zone = { zoneId: '0197a000-0000-7000-8000-0000000000a1', zoneName: '城区责任区' }
const otherZone = { zoneId: '0197a000-0000-7000-8000-0000000000a2', zoneName: '山区责任区' }
const jia = { supervisorId: '0197a000-0000-7000-8000-000000000501', supervisorName: '示例督学甲' }
const operator: Manager = { subject: 'somebody-else', roles: ['operator'] }
const head: Manager = { subject: 'somebody-else', roles: ['office-head'] }

const linked = stateAfter(accountStream, () =>
  linkAccount({ issuer: 'https://login.example', subject: 'u-1', name: '示例某人' }),
)
const grant = (role: Role, more: Partial<GrantRole> = {}): GrantRole => ({
  accountId,
  role,
  reach: nowhere,
  manager: head,
  ...more,
})
const having = (...given: GrantRole[]): Account =>
  given.reduce((state, each) => grantRole(each, state).reduce(evolveAccount, state), linked)
const roleNames = (state: Account) => (state.stage === 'unknown' ? [] : state.grants.map(({ role }) => role))

test('a role is given with what it reaches; given again it changes nothing, given otherwise it replaces itself', () => {
  const command = grant('zone-head', { reach: { ...nowhere, ...zone, ...jia, body: '不需要的单位' } })
  const events = grantRole(command, linked)
  assert.deepEqual(events, [
    { type: 'RoleGranted', data: { name: '示例某人', role: 'zone-head', ...nowhere, ...zone, ...jia } },
  ])
  const state = having(command)
  assert.deepEqual(grantRole(command, state), [])
  const moved = having(command, grant('zone-head', { reach: { ...nowhere, ...otherZone, ...jia } }))
  assert.ok(moved.stage === 'enabled')
  assert.deepEqual(
    moved.grants.map(({ role, reach }) => [role, reach.zoneName]),
    [['zone-head', '山区责任区']],
  )
})

test('nobody gives himself a role, nor disables or enables himself; giving one back is allowed', () => {
  const self: Manager = { subject: accountId, roles: ['office-head', 'operator'] }
  const state = having(grant('office-head'), grant('office-staff'))
  assert.throws(() => grantRole(grant('office-staff', { manager: self }), linked), refusal('ACCOUNT_IS_ONES_OWN'))
  const command = { accountId, reason: '试', manager: self, otherManagers: 5 }
  assert.throws(() => disableAccount(command, state), refusal('ACCOUNT_IS_ONES_OWN'))
  const disabled = disableAccount({ ...command, manager: head }, state).reduce(evolveAccount, state)
  assert.throws(() => enableAccount({ accountId, manager: self }, disabled), refusal('ACCOUNT_IS_ONES_OWN'))
  const given = { role: 'office-staff', reason: '轮岗', manager: self, otherManagers: 0 }
  assert.deepEqual(revokeRole(given, state), [{ type: 'RoleRevoked', data: { role: 'office-staff', reason: '轮岗' } }])
})

test('business gives no machine’s role and the machine no head’s; nobody gives the door’s, and others give none at all', () => {
  const refused = refusal('ROLE_NOT_YOURS_TO_GRANT', '/role')
  assert.throws(() => grantRole(grant('operator', { manager: head }), linked), refused)
  assert.throws(() => grantRole(grant('office-head', { manager: operator }), linked), refused)
  const both: Manager = { subject: 'local-command-line', roles: ['operator', 'office-head'] }
  assert.equal(grantRole(grant('operator', { manager: both }), linked).length, 1)
  assert.throws(() => grantRole(grant('door', { manager: both }), linked), refused)
  for (const role of Object.keys(roles) as Role[]) {
    if (role === 'office-head' || role === 'operator') continue
    assert.deepEqual(rolesToGrant([role]), [], role)
  }
  const state = having(grant('operator', { manager: both }))
  const revoke = { role: 'operator', reason: '试', manager: head, otherManagers: 3 }
  assert.throws(() => revokeRole(revoke, state), refused)
})

test('a role that reaches only so far is refused without it, at its field', () => {
  assert.deepEqual(neededFor('zone-head'), ['zone', 'supervisor'])
  assert.deepEqual(neededFor('school-principal'), ['school'])
  assert.deepEqual(neededFor('office-head'), [])
  assert.throws(() => grantRole(grant('zone-head'), linked), refusal('ROLE_NEEDS_REACH', '/zoneId'))
  const half = grant('zone-head', { reach: { ...nowhere, ...zone } })
  assert.throws(() => grantRole(half, linked), refusal('ROLE_NEEDS_REACH', '/supervisorId'))
  assert.throws(() => grantRole(grant('school-principal'), linked), refusal('ROLE_NEEDS_REACH', '/schoolId'))
  assert.throws(() => grantRole(grant('department-liaison'), linked), refusal('ROLE_NEEDS_REACH', '/body'))
})

test('two roles of one person may not reach different zones or supervisors: a token names one', () => {
  const state = having(grant('zone-head', { reach: { ...nowhere, ...zone, ...jia } }))
  const yi = { supervisorId: '0197a000-0000-7000-8000-000000000502', supervisorName: '示例督学乙' }
  const differing = grant('school-supervisor', { reach: { ...nowhere, ...yi } })
  assert.throws(() => grantRole(differing, state), refusal('ROLE_REACH_DIFFERS', '/supervisorId'))
  const same = grant('school-supervisor', { reach: { ...nowhere, ...jia } })
  assert.deepEqual(roleNames(grantRole(same, state).reduce(evolveAccount, state)), ['zone-head', 'school-supervisor'])
})

test('the last one who manages accounts is neither disabled nor loses that role', () => {
  const state = having(grant('office-head'), grant('office-staff'))
  const alone = { reason: '调离', manager: head, otherManagers: 0 }
  assert.throws(() => revokeRole({ ...alone, role: 'office-head' }, state), refusal('LAST_ACCOUNT_MANAGER'))
  assert.throws(() => disableAccount({ ...alone, accountId }, state), refusal('LAST_ACCOUNT_MANAGER'))
  assert.equal(revokeRole({ ...alone, role: 'office-staff' }, state).length, 1)
  assert.equal(disableAccount({ ...alone, accountId, otherManagers: 1 }, state).length, 1)
  assert.equal(revokeRole({ ...alone, role: 'office-head', otherManagers: 1 }, state).length, 1)
})

test('a disabled account gets no role and keeps those it has; enabling it asks for the right to give each of them', () => {
  const state = having(grant('office-head'), grant('office-staff'))
  const command = { accountId, reason: '调离', manager: operator, otherManagers: 1 }
  const disabled = disableAccount(command, state).reduce(evolveAccount, state)
  assert.deepEqual(disableAccount(command, disabled), [])
  assert.throws(() => grantRole(grant('committee-member'), disabled), refusal('ACCOUNT_DISABLED'))
  assert.deepEqual(roleNames(disabled), ['office-head', 'office-staff'])
  const byOperator = () => enableAccount({ accountId, manager: operator }, disabled)
  assert.throws(byOperator, refusal('ROLE_NOT_YOURS_TO_GRANT', '/role'))
  const enabled = enableAccount({ accountId, manager: head }, disabled).reduce(evolveAccount, disabled)
  assert.deepEqual(enabled, state)
  assert.deepEqual(enableAccount({ accountId, manager: head }, state), [])
})

test('taking away a role that is not held changes nothing', () => {
  const command = { role: 'office-staff', reason: '试', manager: head, otherManagers: 0 }
  assert.deepEqual(revokeRole(command, having(grant('office-head'))), [])
})
