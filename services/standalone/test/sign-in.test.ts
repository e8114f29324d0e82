import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { TEST_CLIENT_ID, TEST_CLIENT_SECRET, TestIssuer } from '@dulian/test-issuer'
import { ORIGIN, REDIRECT_URI, SignedInBrowser } from './signed-in-browser.ts'
import { type Person, TestInstance } from './test-instance.ts'

const api = '/api/supervisor-registry'
const OFFICE = 'yongchuan'
const MINUTE = 60_000

let issuer: TestIssuer
let house: TestInstance
let operator: Person
/** Accounts: the head of the office, and one of its staff. */
let head: string
let staff: string

before(async () => {
  issuer = await TestIssuer.start({ redirectUri: REDIRECT_URI, nameOf: (login) => `${login}（统一身份）` })
  house = await TestInstance.open({
    now: new Date().toISOString(),
    settings: {
      DULIAN_OIDC_ISSUER: issuer.address,
      DULIAN_OIDC_CLIENT_ID: TEST_CLIENT_ID,
      DULIAN_OIDC_CLIENT_SECRET: TEST_CLIENT_SECRET,
      DULIAN_OIDC_REDIRECT_URI: REDIRECT_URI,
    },
  })
  operator = house.as(['operator', 'office-head'], { sub: 'local-operator' })
  head = await account('zhuren', '示例主任', 'office-head')
  staff = await account('ganbu', '示例工作人员', 'office-staff')
})
after(async () => {
  await house?.dispose()
  await issuer?.stop()
})
// One test's failures must not lock the next one out: all of them come from one address.
beforeEach(async () => {
  await house.reopen()
})

async function account(subject: string, name: string, role: string, office = OFFICE): Promise<string> {
  const manager = house.as(['operator', 'office-head'], { sub: 'local-operator', office })
  const linked = await manager.post(`${api}/accounts`, { issuer: issuer.address, subject, name })
  assert.equal(linked.status, 201, JSON.stringify(linked.body))
  const id = linked.body.id as string
  const granted = await manager.post(`${api}/accounts/${id}/roles`, { role }, { ifMatch: 1 })
  assert.equal(granted.status, 200, JSON.stringify(granted.body))
  return id
}

async function versionOf(id: string): Promise<number> {
  await house.settle()
  return (await operator.get(`${api}/accounts/${id}`)).body.version
}

const browser = (): SignedInBrowser => new SignedInBrowser(house, issuer)

async function signedIn(login: string, userAgent?: string): Promise<SignedInBrowser> {
  const person = new SignedInBrowser(house, issuer, userAgent)
  const last = await person.signIn({ login })
  assert.deepEqual([last.status, last.location], [302, '/sign-in?to=%2F'], last.page)
  const renewed = await person.renew()
  assert.equal(renewed.body.ended, null, JSON.stringify(renewed.body))
  return person
}

test('somebody with an account signs in at the office’s issuer and has the rights of the roles, and no others', async () => {
  const person = browser()
  assert.deepEqual((await person.postBare('/auth/session', {})).body.ended, 'none')
  const last = await person.signIn({ login: 'ganbu' }, '?to=%2Ftasks%3Fstate%3Dopen')
  assert.deepEqual([last.status, last.location], [302, '/sign-in?to=%2Ftasks%3Fstate%3Dopen'])
  const renewed = await person.renew()
  assert.equal(renewed.body.idleMinutes, 30)
  assert.equal(Date.parse(renewed.body.endsAt) - Math.floor(house.clock.now() / 1_000) * 1_000, 12 * 60 * MINUTE)
  const { body: me } = await person.get('/auth/me')
  assert.deepEqual([me.subject, me.name, me.office], [staff, '示例工作人员', OFFICE])
  assert.deepEqual(me.roles, [{ role: 'office-staff', title: '督导室工作人员' }])
  assert.equal((await person.get(`${api}/schools`)).status, 200)
  const refused = await person.get(`${api}/accounts`)
  assert.deepEqual([refused.status, refused.body.code], [403, 'PERMISSION_MISSING'])
})

test('the cookie is out of every script’s reach, for the sign-in addresses alone, and opens nothing by itself', async () => {
  const person = browser()
  const callback = new URL(await person.toCallback({ login: 'ganbu' }))
  const response = await house.instance.app.inject({
    method: 'GET',
    url: `${callback.pathname}${callback.search}`,
    headers: { host: '127.0.0.1:7100' },
  })
  assert.equal(response.statusCode, 403, 'a callback without the cookie of its beginning is nobody’s')
  await person.open(`${callback.pathname}${callback.search}`)
  for (const origin of ['https://elsewhere.example', 'null', '']) {
    const answer = await person.renew(0, origin === '' ? {} : { origin })
    assert.deepEqual([answer.status, answer.body.code], [403, 'ORIGIN_NOT_ALLOWED'], origin)
    const out = await person.postBare('/auth/sign-out', {}, origin === '' ? {} : { origin })
    assert.deepEqual([out.status, out.body.code], [403, 'ORIGIN_NOT_ALLOWED'], origin)
  }
  assert.equal((await person.renew()).body.ended, null)
  const withCookieAlone = await person.postBare(`${api}/zones`, { name: '冒名责任区' })
  assert.deepEqual([withCookieAlone.status, withCookieAlone.body.code], [401, 'SIGN_IN_REQUIRED'])
})

test('somebody without an account is told whom to ask and which identity to name; a disabled one likewise', async () => {
  const stranger = await browser().signIn({ login: 'moshengren' })
  assert.equal(stranger.status, 403)
  assert.match(stranger.page, /还没有开通账号/)
  assert.match(stranger.page, /本室主任或系统管理员/)
  assert.match(stranger.page, /您的统一身份标识<\/p><p class="value">moshengren</)
  const id = await account('tingyong', '示例停用', 'office-staff')
  const disabled = await operator.post(`${api}/accounts/${id}/disable`, { reason: '调离' }, { ifMatch: 2 })
  assert.equal(disabled.status, 200)
  const refused = await browser().signIn({ login: 'tingyong' })
  assert.equal(refused.status, 403)
  assert.match(refused.page, /账号现在不能使用.*tingyong/s)
})

test('a wrong state, a refused consent, a code used twice and a code that is stale are each refused in words', async (t) => {
  const wrong = browser()
  const wrongState = new URL(await wrong.toCallback({ login: 'ganbu' }))
  wrongState.searchParams.set('state', 'made-up')
  const noState = await wrong.open(`${wrongState.pathname}${wrongState.search}`)
  assert.equal(noState.status, 403)
  assert.match(noState.page, /登录信息无法核实/)

  const refused = await browser().signIn({ login: 'ganbu', refuse: true })
  assert.equal(refused.status, 403)
  assert.match(refused.page, /没有完成授权/)

  const twice = browser()
  const used = new URL(await twice.toCallback({ login: 'ganbu' }))
  assert.equal((await twice.open(`${used.pathname}${used.search}`)).status, 302)
  assert.match((await twice.open(`${used.pathname}${used.search}`)).page, /这次登录无法继续/)

  const late = browser()
  const stale = new URL(await late.toCallback({ login: 'ganbu' }))
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 5 * MINUTE })
  const answer = await late.open(`${stale.pathname}${stale.search}`)
  t.mock.timers.reset()
  assert.equal(answer.status, 403)
  assert.match(answer.page, /登录凭据已失效/)
  assert.equal((await late.renew()).body.ended, 'none')
})

test('a sign-in that was begun more than ten minutes ago is begun anew', async () => {
  const person = browser()
  const callback = new URL(await person.toCallback({ login: 'ganbu' }))
  house.clock.advance(11 * MINUTE)
  const late = await person.open(`${callback.pathname}${callback.search}`)
  assert.equal(late.status, 403)
  assert.match(late.page, /这次登录无法继续/)
})

test('keys that the issuer has rotated are found again by themselves; a signature by a key it does not publish proves nothing', async () => {
  await signedIn('ganbu')
  await issuer.rotateKeys()
  await signedIn('ganbu')
  await issuer.hideKeys()
  const refused = await browser().signIn({ login: 'ganbu' })
  await issuer.rotateKeys()
  assert.equal(refused.status, 403)
  assert.match(refused.page, /登录信息无法核实/)
})

test('with the issuer away people are told so, who is in stays in, and nothing counts against them', async () => {
  const person = await signedIn('ganbu')
  await issuer.stop()
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const away = await person.start()
    assert.equal(away.status, 503)
    assert.match(away.page, /统一身份认证暂时联系不上/)
  }
  assert.equal((await person.open('/auth/ways')).status, 200)
  assert.equal((await person.renew()).body.ended, null)
  assert.equal((await person.get('/auth/me')).status, 200)
  assert.deepEqual((await person.postBare('/auth/sign-out', {})).body, { leaveAt: null })
  await issuer.startAgain()
  await signedIn('ganbu')
})

test('five failures lock a browser, the page says for how long, and a sign-in that works starts the count anew', async () => {
  const clumsy = browser()
  for (let failure = 0; failure < 4; failure += 1) await clumsy.signIn({ login: 'ganbu', refuse: true })
  assert.equal((await clumsy.signIn({ login: 'ganbu' })).status, 302)
  const wrong = browser()
  for (let failure = 0; failure < 5; failure += 1) {
    const ways = JSON.parse((await wrong.open('/auth/ways')).page)
    assert.equal(ways.provider.lockedUntil, null)
    assert.match((await wrong.signIn({ login: 'ganbu', refuse: true })).page, /没有完成授权/)
  }
  const locked = await wrong.start()
  assert.equal(locked.status, 403)
  assert.match(locked.page, /登录已暂停.*请在 15 分钟后再试/s)
  const ways = JSON.parse((await wrong.open('/auth/ways')).page)
  const left = Date.parse(ways.provider.lockedUntil) - Date.now()
  assert.ok(left > 14 * MINUTE && left <= 15 * MINUTE, String(left))
  // Somebody else in the same office, behind the same address, is not locked out.
  await signedIn('zhuren')
})

test('sign-ins, failed ones and the lock are on record: with the account where it is known, in every office of the issuer else', async () => {
  const onRecord = async (action: string, office = OFFICE) =>
    (await house.instance.host.audit.list({ office, action, limit: 500 })).entries
  const before = {
    failed: (await onRecord('sign-in-failed')).length,
    locked: (await onRecord('account-locked')).length,
  }
  await signedIn('zhuren')
  const [entered] = await onRecord('signed-in')
  assert.deepEqual([entered?.subject, entered?.name, entered?.roles], [head, '示例主任', ['office-head']])
  const id = await account('tuixiu', '示例退休', 'office-staff')
  assert.equal((await operator.post(`${api}/accounts/${id}/disable`, { reason: '退休' }, { ifMatch: 2 })).status, 200)
  await browser().signIn({ login: 'tuixiu' })
  const [known] = await onRecord('sign-in-failed')
  assert.deepEqual([known?.subject, known?.name, known?.outcome], [id, '示例退休', 'failed'])
  assert.deepEqual([known?.details.code, known?.reason], ['ACCOUNT_NOT_USABLE', '账号现在不能使用'])
  await account('bieshi', '示例外室人员', 'office-staff', 'qijiang')
  const foreign = (await onRecord('sign-in-failed', 'qijiang')).length
  await browser().signIn({ login: 'moshengren' })
  const [stranger] = await onRecord('sign-in-failed')
  assert.deepEqual([stranger?.subject, stranger?.details.code], ['moshengren', 'ACCOUNT_NOT_FOUND'])
  assert.equal((await onRecord('sign-in-failed', 'qijiang')).length, foreign + 1, 'and not that of another office')
  const wrong = browser()
  for (let failure = 0; failure < 5; failure += 1) await wrong.signIn({ login: 'ganbu', refuse: true })
  assert.equal((await wrong.start()).status, 403)
  const locks = await onRecord('account-locked')
  assert.deepEqual([locks.length, locks[0]?.details.minutes], [before.locked + 1, 15])
  assert.equal((await onRecord('sign-in-failed')).length, before.failed + 7)
})

test('a session ends when nobody has done anything for the idle time, however often its windows renew it', async () => {
  const person = await signedIn('ganbu')
  for (let minutes = 4; minutes < 28; minutes += 4) {
    house.clock.advance(4 * MINUTE)
    assert.equal((await person.renew(minutes * 60)).body.ended, null, `${minutes}`)
  }
  const { body } = await person.renew(24 * 60)
  assert.equal(Date.parse(body.expiresAt) - Math.floor(house.clock.now() / 1_000) * 1_000, 5 * MINUTE)
  house.clock.advance(4 * MINUTE)
  const shortened = await person.renew(28 * 60)
  assert.equal(Date.parse(shortened.body.expiresAt) - Math.floor(house.clock.now() / 1_000) * 1_000, 2 * MINUTE)
  house.clock.advance(2 * MINUTE)
  assert.equal((await person.get('/auth/me')).body.code, 'TOKEN_EXPIRED')
  assert.equal((await person.renew(30 * 60)).body.ended, 'idle')
  assert.equal((await person.renew(0)).body.ended, 'none')
})

test('a session ends after its longest time, however busy the person is', async () => {
  const person = await signedIn('ganbu')
  for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
    house.clock.advance(25 * MINUTE)
    assert.equal((await person.renew(0)).body.ended, null, String(minutes))
  }
  house.clock.advance(25 * MINUTE)
  assert.equal((await person.renew(0)).body.ended, 'over')
})

test('an operator’s own limits count, and are told', async () => {
  const strict = await TestInstance.open({
    now: new Date().toISOString(),
    settings: {
      DULIAN_OIDC_ISSUER: issuer.address,
      DULIAN_OIDC_CLIENT_ID: TEST_CLIENT_ID,
      DULIAN_OIDC_CLIENT_SECRET: TEST_CLIENT_SECRET,
      DULIAN_OIDC_REDIRECT_URI: REDIRECT_URI,
      DULIAN_SESSION_IDLE_MINUTES: '10',
      DULIAN_SESSION_HOURS: '2',
    },
  })
  try {
    const manager = strict.as(['operator', 'office-head'])
    const linked = await manager.post(`${api}/accounts`, { issuer: issuer.address, subject: 'yan', name: '示例' })
    await manager.post(`${api}/accounts/${linked.body.id}/roles`, { role: 'office-staff' }, { ifMatch: 1 })
    const person = new SignedInBrowser(strict, issuer)
    assert.equal((await person.signIn({ login: 'yan' })).status, 302)
    const { body } = await person.renew()
    assert.equal(body.idleMinutes, 10)
    assert.equal(Date.parse(body.endsAt) - Math.floor(strict.clock.now() / 1_000) * 1_000, 120 * MINUTE)
    strict.clock.advance(10 * MINUTE)
    assert.equal((await person.renew(10 * 60)).body.ended, 'idle')
  } finally {
    await strict.dispose()
  }
})

test('people see their own sessions with device, place and time, and end one in another window, at once and for good', async () => {
  const office = await signedIn('ganbu', 'Mozilla/5.0 (Windows NT 10.0) Chrome/120.0')
  house.clock.advance(MINUTE)
  const phone = await signedIn('ganbu', 'Mozilla/5.0 (Linux; Android 14; HarmonyOS) Mobile MicroMessenger/8.0')
  const { body } = await office.get('/auth/sessions')
  assert.equal(body.kept, true)
  const open = body.items.filter(({ state }: { state: string }) => state === 'open').slice(0, 2)
  assert.deepEqual(
    open.map(({ device, ip, current }: Record<string, unknown>) => [device, ip, current]),
    [
      ['鸿蒙 · 微信', '127.0.0.1', false],
      ['视窗电脑 · 谷歌浏览器', '127.0.0.1', true],
    ],
  )
  const [theirs] = open
  assert.equal((await phone.get('/auth/me')).status, 200)
  const revoked = await office.post(`/auth/sessions/${theirs.sessionId}/revoke`)
  assert.equal(revoked.status, 200)
  for (const path of ['/auth/me', '/api/office/plans', `${api}/schools`, '/api/rectification/problems']) {
    const refused = await phone.get(path)
    assert.deepEqual([refused.status, refused.body.code], [401, 'TOKEN_REVOKED'], path)
  }
  assert.equal((await phone.renew()).body.ended, 'revoked')
  assert.equal((await office.get('/auth/me')).status, 200)
  const head2 = await signedIn('zhuren')
  const other = await head2.post(`/auth/sessions/${open[1].sessionId}/revoke`)
  assert.deepEqual(
    [other.status, other.body.code],
    [404, 'SESSION_NOT_FOUND'],
    'nobody ends another’s session as his own',
  )
  assert.equal((await office.get('/auth/me')).status, 200)
})

test('who manages accounts ends a session, a role and an account; each works at once on every route and survives a restart', async () => {
  const id = await account('sanci', '示例三次', 'office-staff')
  const paths = [
    '/auth/me',
    '/api/office/plans',
    `${api}/schools`,
    '/api/inspections/visits',
    '/api/rectification/problems',
  ]
  const out = async (person: SignedInBrowser, why: string) => {
    for (const path of paths) {
      const refused = await person.get(path)
      assert.deepEqual([refused.status, refused.body.code], [401, 'TOKEN_REVOKED'], `${why}: ${path}`)
    }
  }

  const first = await signedIn('sanci')
  const { body } = await operator.get(`${api}/accounts/${id}/sessions`)
  const session = body.items.find(({ state }: { state: string }) => state === 'open')
  const path = `${api}/accounts/${id}/sessions/${session.sessionId}/revoke`
  assert.equal((await operator.post(path, { reason: '设备遗失' })).status, 200)
  await out(first, 'session')
  await house.reopen()
  await out(first, 'session, after a restart')
  assert.equal((await first.renew()).body.ended, 'revoked')

  const second = await signedIn('sanci')
  await operator.post(`${api}/accounts/${id}/roles`, { role: 'committee-member' }, { ifMatch: await versionOf(id) })
  await out(second, 'a right more')
  assert.equal((await second.renew()).body.ended, null)
  assert.equal((await second.get(`${api}/zones`)).status, 200)
  const reason = { role: 'office-staff', reason: '岗位调整' }
  assert.equal(
    (await operator.post(`${api}/accounts/${id}/roles/revoke`, reason, { ifMatch: await versionOf(id) })).status,
    200,
  )
  await out(second, 'role')
  await house.reopen()
  await out(second, 'role, after a restart')
  assert.equal((await second.renew()).body.ended, null)
  const refused = await second.post(`${api}/zones`, { name: '越权责任区' })
  assert.deepEqual([refused.status, refused.body.code], [403, 'PERMISSION_MISSING'])

  assert.equal(
    (await operator.post(`${api}/accounts/${id}/disable`, { reason: '调离' }, { ifMatch: await versionOf(id) })).status,
    200,
  )
  await out(second, 'account')
  assert.equal((await second.renew()).body.ended, 'refused')
})

test('signing out ends the session everywhere and leads on to the issuer’s own way out', async () => {
  const person = await signedIn('ganbu')
  const { body } = await person.postBare('/auth/sign-out', {})
  const leave = new URL(body.leaveAt)
  assert.equal(leave.origin, issuer.address)
  assert.equal(leave.searchParams.get('post_logout_redirect_uri'), `${ORIGIN}/sign-in`)
  assert.equal((await person.get('/auth/me')).body.code, 'TOKEN_REVOKED')
  assert.equal((await person.renew()).body.ended, 'none')
})

test('who has accounts in two offices says which, and gets the rights of that one alone', async () => {
  await account('liangdi', '示例两地', 'office-staff')
  await account('liangdi', '示例两地', 'office-head', 'qijiang')
  const person = browser()
  const asked = await person.signIn({ login: 'liangdi' }, '?to=%2Ftasks')
  assert.equal(asked.status, 200)
  assert.match(asked.page, /请选择督导室/)
  const last = await person.signIn({ login: 'liangdi' }, '?to=%2Ftasks&office=qijiang')
  assert.equal(last.status, 302)
  await person.renew()
  const { body: me } = await person.get('/auth/me')
  assert.deepEqual([me.office, me.roles.map(({ role }: { role: string }) => role)], ['qijiang', ['office-head']])
})

test('the way back after signing in is a screen of this site, whatever was asked for', async () => {
  for (const to of [
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ]) {
    const last = await browser().signIn({ login: 'zhuren' }, `?to=${encodeURIComponent(to)}`)
    assert.equal(last.location, '/sign-in?to=%2F', to)
  }
  const phone = await browser().signIn({ login: 'zhuren' }, '?to=%2Fm%2Ftasks')
  assert.equal(phone.location, '/m/sign-in?to=%2Fm%2Ftasks')
})

test('a demo card has no session, and the demo signs in as before', async () => {
  const card = house.as('office-head')
  assert.deepEqual((await card.get('/auth/sessions')).body, { kept: false, items: [] })
  assert.equal(JSON.parse((await browser().open('/auth/ways')).page).demo, true)
  assert.equal((await card.get(`${api}/accounts/${head}`)).body.name, '示例主任')
})
