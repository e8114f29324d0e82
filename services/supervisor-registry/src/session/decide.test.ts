import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { accountStream } from '../account/account.ts'
import { disableAccount, grantRole, linkAccount } from '../account/decide.ts'
import { evolveAccount, initialAccount } from '../account/state.ts'
import { beginSession, endSession, revokeSession, seeSession } from './decide.ts'
import { sessionStream } from './session.ts'
import { evolveSession } from './state.ts'

const manager = { subject: 'somebody-else', roles: ['office-head'] }
const accountId = '0197a000-0000-5000-8000-000000000701'
const nowhere = {
  zoneId: null,
  zoneName: null,
  schoolId: null,
  schoolName: null,
  body: null,
  supervisorId: null,
  supervisorName: null,
}
const linked = stateAfter(accountStream, () =>
  linkAccount({ issuer: 'https://login.example', subject: 'u-1', name: '示例某人' }),
)
const account = grantRole({ accountId, role: 'office-staff', reach: nowhere, manager }, linked).reduce(
  evolveAccount,
  linked,
)
const began = {
  accountId,
  device: '视窗电脑 · 谷歌浏览器',
  ip: '192.0.2.10',
  beganAt: '2026-11-23T01:00:00.000Z',
  idleMinutes: 30,
  endsAt: '2026-11-23T13:00:00.000Z',
  rules: [],
}
const open = stateAfter(sessionStream, () => beginSession(began, account))

test('a session begins for an account that is enabled and has a role, and for no other', () => {
  assert.equal(open.stage, 'open')
  assert.throws(() => beginSession(began, initialAccount), refusal('ACCOUNT_UNKNOWN'))
  assert.throws(() => beginSession(began, linked), refusal('ACCOUNT_WITHOUT_ROLE'))
  const command = { accountId, reason: '调离', manager, otherManagers: 1 }
  const disabled = disableAccount(command, account).reduce(evolveAccount, account)
  assert.throws(() => beginSession(began, disabled), refusal('ACCOUNT_DISABLED'))
})

test('being seen is told once an hour, at once from another place, and not past the end', () => {
  const seen = (at: string, ip = began.ip) => seeSession({ ip, at }, open)
  assert.deepEqual(seen('2026-11-23T01:59:59.999Z'), [])
  assert.equal(seen('2026-11-23T02:00:00.000Z').length, 1)
  assert.equal(seen('2026-11-23T01:05:00.000Z', '192.0.2.99').length, 1)
  assert.deepEqual(seen('2026-11-23T13:00:00.000Z'), [])
  const later = seen('2026-11-23T02:00:00.000Z').reduce(evolveSession, open)
  assert.deepEqual(seeSession({ ip: began.ip, at: '2026-11-23T02:30:00.000Z' }, later), [])
})

test('what has ended, by the person or from elsewhere, stays so', () => {
  const ended = endSession(open).reduce(evolveSession, open)
  const revoked = revokeSession({ reason: '设备遗失' }, open).reduce(evolveSession, open)
  assert.deepEqual([ended.stage, revoked.stage], ['ended', 'revoked'])
  for (const over of [ended, revoked]) {
    assert.deepEqual(endSession(over), [])
    assert.deepEqual(revokeSession({ reason: null }, over), [])
    assert.deepEqual(seeSession({ ip: began.ip, at: '2026-11-23T05:00:00.000Z' }, over), [])
  }
})
