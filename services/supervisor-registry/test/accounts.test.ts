import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { ok, startTestHost, type TestHost, type TestPerson } from '@dulian/service-host/testing'
import { accountIdOf } from '../src/account/account.ts'
import { registryService } from '../src/service.ts'
import { person } from './registry-story.ts'

const api = '/api/supervisor-registry'
const issuer = 'https://login.example'
let host: TestHost
let head: TestPerson
let operator: TestPerson

before(async () => {
  host = await startTestHost({ services: [registryService], access: { permissions, roles } })
  head = host.as({ subject: 'head', roles: ['office-head'] })
  operator = host.as({ subject: 'operator', roles: ['operator'] })
})
after(() => host.dispose())

const link = async (subject: string, name = '示例某人', by = head): Promise<string> =>
  ok(await by.post(`${api}/accounts`, { issuer, subject, name }), 201).body.id

test('an identity has one account in an office; a second one is refused, and another office may have its own', async () => {
  const id = await link('twice')
  const again = await head.post(`${api}/accounts`, { issuer, subject: 'twice', name: '另一个名字' })
  assert.deepEqual(
    [again.status, again.body.code, again.body.errors[0].pointer],
    [409, 'ACCOUNT_ALREADY_LINKED', '/subject'],
  )
  const elsewhere = host.as({ subject: 'elsewhere', roles: ['office-head'], office: 'qijiang' })
  const theirs = await link('twice', '示例某人', elsewhere)
  assert.notEqual(theirs, id)
  assert.equal((await head.get(`${api}/accounts/${theirs}`)).status, 404)
  assert.equal(
    (await elsewhere.post(`${api}/accounts/${id}/roles`, { role: 'office-staff' }, { ifMatch: 1 })).status,
    404,
  )
})

test('a role is given with its zone and supervisor by name; the list finds people by role, name and identity', async () => {
  const zone = ok(await head.post(`${api}/zones`, { name: '账号责任区' }), 201).body.id
  const supervisor = ok(await head.post(`${api}/supervisors`, person), 201).body.id
  const id = await link('zuzhang', '示例组长')
  const role = { role: 'zone-head', zoneId: zone, supervisorId: supervisor }
  assert.equal((await head.post(`${api}/accounts/${id}/roles`, role)).status, 428)
  ok(await head.post(`${api}/accounts/${id}/roles`, role, { ifMatch: 1 }))
  const stale = await head.post(`${api}/accounts/${id}/roles`, { role: 'office-staff' }, { ifMatch: 1 })
  assert.equal(stale.status, 412)
  await host.settle()
  const { body } = await head.get(`${api}/accounts/${id}`)
  assert.deepEqual(body.roles, [
    {
      role: 'zone-head',
      title: '责任区组长',
      zoneName: '账号责任区',
      schoolName: null,
      body: null,
      supervisorName: person.name,
    },
  ])
  assert.deepEqual(
    body.history.map(({ title, note }: { title: string; note: string | null }) => [title, note]),
    [
      ['建立账号', null],
      ['授予角色：责任区组长', `账号责任区、${person.name}`],
    ],
  )
  for (const query of ['role=zone-head', 'q=示例组长', 'q=zuzhang']) {
    const list = await head.get(`${api}/accounts?${encodeURI(query)}`)
    assert.deepEqual(
      list.body.items.map(({ accountId }: { accountId: string }) => accountId),
      [id],
      query,
    )
  }
  assert.deepEqual((await head.get(`${api}/accounts?role=school-principal`)).body.items, [])
})

test('a zone, a school or a supervisor that the office does not have is refused at its field', async () => {
  const id = await link('unknown-things')
  const nobody = '0197a000-0000-7000-8000-0000000000ff'
  const post = (body: object) => head.post(`${api}/accounts/${id}/roles`, body, { ifMatch: 1 })
  const refusals = [
    [{ role: 'zone-head', zoneId: nobody, supervisorId: nobody }, 'ZONE_UNKNOWN', '/zoneId'],
    [{ role: 'school-principal', schoolId: nobody }, 'SCHOOL_UNKNOWN', '/schoolId'],
    [{ role: 'school-supervisor', supervisorId: nobody }, 'SUPERVISOR_UNKNOWN', '/supervisorId'],
    [{ role: 'department-liaison' }, 'ROLE_NEEDS_REACH', '/body'],
  ] as const
  for (const [body, code, pointer] of refusals) {
    const answer = await post(body)
    assert.deepEqual([answer.status, answer.body.code, answer.body.errors[0].pointer], [422, code, pointer])
  }
  assert.equal((await post({ role: 'emperor' })).status, 400)
})

test('managers say which roles they may give; staff and strangers see and change nothing', async () => {
  const mayGive = async (by: TestPerson) =>
    (await by.get(`${api}/roles`)).body.items.map(({ role }: { role: string }) => role)
  assert.ok((await mayGive(head)).includes('office-head'))
  assert.ok(!(await mayGive(head)).includes('operator'))
  assert.ok((await mayGive(operator)).includes('operator'))
  assert.ok(!(await mayGive(operator)).includes('office-head'))
  const id = await link('for-operator')
  const refused = await operator.post(`${api}/accounts/${id}/roles`, { role: 'office-head' }, { ifMatch: 1 })
  assert.deepEqual([refused.status, refused.body.code], [403, 'ROLE_NOT_YOURS_TO_GRANT'])
  const staff = host.as({ subject: 'staff', roles: ['office-staff'] })
  for (const path of ['/accounts', `/accounts/${id}`, `/accounts/${id}/sessions`, '/roles']) {
    assert.equal((await staff.get(`${api}${path}`)).status, 403, path)
  }
})

test('of two managers who take each other’s role at the same time one stays', async () => {
  const office = 'chengkou'
  const local = host.as({ subject: 'local', roles: ['operator', 'office-head'], office })
  const ids = [await link('one', '示例甲', local), await link('two', '示例乙', local)]
  for (const id of ids) ok(await local.post(`${api}/accounts/${id}/roles`, { role: 'office-head' }, { ifMatch: 1 }))
  const [one = '', two = ''] = ids
  const as = (id: string) => host.as({ subject: id, roles: ['office-head'], office })
  const body = { role: 'office-head', reason: '互相收回' }
  const answers = await Promise.all([
    as(one).post(`${api}/accounts/${two}/roles/revoke`, body, { ifMatch: 2 }),
    as(two).post(`${api}/accounts/${one}/roles/revoke`, body, { ifMatch: 2 }),
  ])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  assert.equal(answers.find(({ status }) => status === 409)?.body.code, 'LAST_ACCOUNT_MANAGER')
})

test('what the door asks is refused to everybody else, managers included', async () => {
  const id = accountIdOf('yongchuan', issuer, 'twice')
  const paths = [
    `/system/sign-in/accounts?issuer=${encodeURIComponent(issuer)}&subject=twice`,
    `/system/sign-in/sessions/${id}`,
    `/system/sign-in/accounts/${id}/sessions`,
    '/system/sign-in/revocations',
  ]
  for (const path of paths) {
    for (const who of [head, operator]) assert.equal((await who.get(`${api}${path}`)).status, 403, path)
  }
  const begin = {
    accountId: id,
    device: '试',
    ip: '192.0.2.1',
    idleMinutes: 30,
    endsAt: '2026-03-02T05:00:00Z',
    rules: [],
  }
  assert.equal((await head.post(`${api}/system/sign-in/sessions`, begin)).status, 403)
})

test('the door finds an identity’s accounts in every office, and opens a session only for one with a role', async () => {
  const door = host.as({ subject: 'portal', roles: ['door'] })
  const id = await link('door-test')
  await host.settle()
  const begin = {
    accountId: id,
    device: '试',
    ip: '192.0.2.1',
    idleMinutes: 30,
    endsAt: '2026-03-02T05:00:00Z',
    rules: [],
  }
  const without = await door.post(`${api}/system/sign-in/sessions`, begin)
  assert.deepEqual([without.status, without.body.code], [409, 'ACCOUNT_WITHOUT_ROLE'])
  ok(await head.post(`${api}/accounts/${id}/roles`, { role: 'office-staff' }, { ifMatch: 1 }))
  const session = ok(await door.post(`${api}/system/sign-in/sessions`, begin), 201).body.id
  const { body } = await door.get(`${api}/system/sign-in/sessions/${session}`)
  assert.deepEqual([body.state, body.bearer.roles, body.bearer.accountVersion], ['open', ['office-staff'], 2])
  const found = await door.get(`${api}/system/sign-in/accounts?issuer=${encodeURIComponent(issuer)}&subject=twice`)
  assert.deepEqual(found.body.items.map(({ office }: { office: string }) => office).sort(), ['qijiang', 'yongchuan'])
  const revocation = `${api}/accounts/${id}/sessions/${session}/revoke`
  const other = await link('not-its-own')
  const wrong = await head.post(`${api}/accounts/${other}/sessions/${session}/revoke`, { reason: '试' })
  assert.deepEqual([wrong.status, wrong.body.code], [404, 'SESSION_UNKNOWN'])
  ok(await head.post(revocation, { reason: '设备遗失' }))
  ok(await head.post(revocation, { reason: '设备遗失' }))
  const told = (await door.get(`${api}/system/sign-in/revocations`)).body
  assert.ok(told.sessions.some((each: { session: string }) => each.session === session))
  assert.ok(
    told.accounts.some(
      (each: { account: string; leastVersion: number }) => each.account === id && each.leastVersion === 2,
    ),
  )
  const [listed] = (await head.get(`${api}/accounts/${id}/sessions`)).body.items
  assert.deepEqual([listed.state, listed.reason], ['revoked', '设备遗失'])
})
