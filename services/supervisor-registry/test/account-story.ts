import { EventLog } from '@dulian/event-sourcing/testing'
import { accountEvents, type Reach } from '../src/account/events.ts'
import { sessionEvents } from '../src/session/events.ts'

export const accountIds = {
  head: '0197a000-0000-5000-8000-000000000701',
  staff: '0197a000-0000-5000-8000-000000000702',
  office: '0197a000-0000-7000-8000-000000000801',
  phone: '0197a000-0000-7000-8000-000000000802',
}

const nowhere: Reach = {
  zoneId: null,
  zoneName: null,
  schoolId: null,
  schoolName: null,
  body: null,
  supervisorId: null,
  supervisorName: null,
}
const reaching: Reach = { ...nowhere, schoolId: '0197a000-0000-7000-8000-000000000001', schoolName: '示例第一小学' }

/** Two people with accounts, everything that can happen to them, and their sign-ins. */
export function accountStory(): EventLog {
  const account = (id: string) => `account-yongchuan-${id}`
  const session = (id: string) => `session-yongchuan-${id}`
  const issuer = 'https://login.example'
  const began = (device: string) => ({
    accountId: accountIds.staff,
    device,
    ip: '192.0.2.10',
    beganAt: '2026-11-23T01:00:00.000Z',
    idleMinutes: 30,
    endsAt: '2026-11-23T13:00:00.000Z',
    rules: [],
  })
  return new EventLog()
    .add(accountEvents, account(accountIds.head), {
      type: 'AccountLinked',
      data: { issuer, subject: 'u-1', name: '示例主任' },
    })
    .add(accountEvents, account(accountIds.head), {
      type: 'RoleGranted',
      data: { name: '示例主任', role: 'office-head', ...nowhere },
    })
    .add(accountEvents, account(accountIds.staff), {
      type: 'AccountLinked',
      data: { issuer, subject: 'u-2', name: '示例校长' },
    })
    .add(accountEvents, account(accountIds.staff), {
      type: 'RoleGranted',
      data: { name: '示例校长', role: 'school-principal', ...reaching },
    })
    .add(sessionEvents, session(accountIds.office), { type: 'SessionBegan', data: began('视窗电脑 · 谷歌浏览器') })
    .add(sessionEvents, session(accountIds.phone), { type: 'SessionBegan', data: began('安卓手机 · 微信') })
    .add(sessionEvents, session(accountIds.office), {
      type: 'SessionSeen',
      data: { ip: '192.0.2.11', seenAt: '2026-11-23T02:05:00.000Z' },
    })
    .add(sessionEvents, session(accountIds.office), { type: 'SessionEnded', data: {} })
    .add(sessionEvents, session(accountIds.phone), { type: 'SessionRevoked', data: { reason: '设备遗失' } })
    .add(accountEvents, account(accountIds.staff), {
      type: 'RoleRevoked',
      data: { role: 'school-principal', reason: '调离' },
    })
    .add(accountEvents, account(accountIds.staff), { type: 'AccountDisabled', data: { reason: '调离' } })
    .add(accountEvents, account(accountIds.staff), { type: 'AccountEnabled', data: {} })
}
