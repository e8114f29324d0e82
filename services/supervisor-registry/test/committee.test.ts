import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { eventSourcingError } from '@dulian/event-sourcing'
import { ok, refusedWith, startTestHost, type TestHost, type TestPerson } from '@dulian/service-host/testing'
import { registryService } from '../src/service.ts'

const url = '/api/supervisor-registry'
let host: TestHost
let head: TestPerson
let elsewhere: TestPerson

before(async () => {
  host = await startTestHost({
    services: [registryService],
    access: { permissions, roles },
    now: '2026-03-02T01:00:00Z',
  })
  head = host.as({ roles: ['office-head'], subject: 'head' })
  elsewhere = host.as({ roles: ['office-head'], subject: 'other', office: 'qijiang' })
})
after(() => host.dispose())

async function supervisorNamed(name: string, category = 'government'): Promise<string> {
  const unit = { homeUnit: '示例教师进修学院', field: '小学教育', phone: '13800000001' }
  const person = { name, category, employment: 'part-time', ...unit }
  const { id } = ok(await head.post(`${url}/supervisors`, person), 201).body
  const term = { termFrom: '2025-09-01', decidedBy: '示例区政府教育督导委员会', decidedOn: '2025-08-20' }
  ok(await head.post(`${url}/supervisors/${id}/appoint`, term, { ifMatch: 1 }))
  return id
}

async function now(path: string, person = head) {
  await host.settle()
  return ok(await person.get(url + path)).body
}

const committee = async (day = '2026-03-02') => await now(`/committee?day=${day}`)
const seat = async (body: object) =>
  await head.post(`${url}/committee/seats`, body, { ifMatch: (await committee()).version })

test('[G1] an office begins with an empty committee and seats nineteen member bodies at once', async () => {
  const empty = await committee()
  assert.deepEqual([empty.bodies.length, empty.expectedBodies.amount, empty.version], [0, 19, 0])
  const names = Array.from({ length: 19 }, (_, place) => `示例成员单位${String(place + 1).padStart(2, '0')}`)
  ok(await head.post(`${url}/committee/bodies`, { names, from: '2021-09-01' }))
  refusedWith(
    await head.post(`${url}/committee/bodies`, { names: ['示例成员单位03'], from: '2024-01-01' }),
    409,
    'MEMBER_BODY_TAKEN',
  )
  const { bodies } = await committee()
  assert.deepEqual(
    bodies.map(({ name }: { name: string }) => name),
    names,
  )
})

test('[G1] a change is dated: the committee is shown as it was on the day asked for', async () => {
  const director = { role: 'director', personTitle: '副区长' }
  ok(await seat({ ...director, personName: '示例主任甲', from: '2021-09-01' }))
  ok(await seat({ ...director, personName: '示例主任乙', from: '2026-02-01' }))
  const deputy = { role: 'deputy-director', personTitle: '区政府办副主任', from: '2021-09-01' }
  ok(await seat({ ...deputy, personName: '示例副主任甲' }))
  ok(await seat({ ...deputy, personName: '示例副主任乙' }))
  const namesOn = async (day: string, role: string) =>
    (await committee(day)).seats
      .filter((one: { role: string }) => one.role === role)
      .map((one: { personName: string }) => one.personName)
  assert.deepEqual(await namesOn('2026-01-31', 'director'), ['示例主任甲'])
  assert.deepEqual(await namesOn('2026-02-01', 'director'), ['示例主任乙'])
  assert.deepEqual(
    (await namesOn('2026-02-01', 'deputy-director')).toSorted(),
    ['示例副主任乙', '示例副主任甲'].toSorted(),
  )
  const { items } = await now('/committee/tenures?role=director')
  assert.deepEqual(
    items.map((row: { personName: string; to: string | null }) => [row.personName, row.to]),
    [
      ['示例主任乙', null],
      ['示例主任甲', '2026-01-31'],
    ],
  )
  const stale = await head.post(
    `${url}/committee/seats`,
    { ...director, personName: '示例主任丙', from: '2026-03-01' },
    { ifMatch: 1 },
  )
  assert.equal(stale.status, 412)
})

test('[G1] a member sits for a member body and leaves with it', async () => {
  const [first] = (await committee()).bodies
  const member = {
    role: 'member',
    bodyId: first.bodyId,
    personName: '示例委员甲',
    personTitle: '局长',
    from: '2021-09-01',
  }
  ok(await seat(member))
  refusedWith(await seat({ ...member, bodyId: '0197a000-0000-7000-8000-00000000dead' }), 422, 'MEMBER_BODY_UNKNOWN')
  const leave = { to: '2026-02-28', reason: '机构改革' }
  const { version } = await committee()
  ok(await head.post(`${url}/committee/bodies/${first.bodyId}/leave`, leave, { ifMatch: version }))
  const after = await committee()
  assert.equal(after.bodies.length, 18)
  assert.ok(!after.seats.some((one: { role: string }) => one.role === 'member'))
  assert.equal((await committee('2026-02-28')).bodies.length, 19)
  ok(await head.post(`${url}/committee/bodies`, { names: ['示例合并单位'], from: '2026-03-01' }))
  assert.equal((await committee()).bodies.length, 19)
})

test('[G3] a member body without a liaison is listed, one with a liaison shows the section and a masked phone', async () => {
  const { bodies, version } = await committee()
  const [first, second] = bodies
  const liaison = { personName: '示例联络员', section: '教科文科', phone: '13800000002', from: '2026-03-01' }
  ok(await head.post(`${url}/committee/bodies/${first.bodyId}/liaison`, liaison, { ifMatch: version }))
  const without = await now('/committee/bodies?hasLiaison=false')
  assert.equal(without.items.length, 18)
  assert.ok(without.items.some(({ bodyId }: { bodyId: string }) => bodyId === second.bodyId))
  const withOne = await now('/committee/bodies?hasLiaison=true')
  assert.deepEqual(
    withOne.items.map((one: Record<string, string>) => [one.liaisonName, one.liaisonSection, one.liaisonPhoneMasked]),
    [['示例联络员', '教科文科', '138****0002']],
  )
  assert.equal((await committee()).withoutLiaison, 18)
  assert.ok(!JSON.stringify(withOne).includes(liaison.phone))
  const shown = ok(await head.post(`${url}/committee/bodies/${first.bodyId}/reveal-phone`, { reason: '通知全体会议' }))
  assert.equal(shown.body.phone, '13800000002')
  refusedWith(
    await head.post(`${url}/committee/bodies/${second.bodyId}/reveal-phone`, { reason: '通知全体会议' }),
    409,
    'LIAISON_MISSING',
  )
})

test('[R16] 总督学 is a government supervisor, dated, and leaves the seat and the zone with the office', async () => {
  const [chief, ordinary] = [await supervisorNamed('示例总督学'), await supervisorNamed('示例责任督学', 'school')]
  const chiefSeat = { role: 'chief-supervisor', personTitle: '区教委主任', from: '2026-03-01' }
  refusedWith(await seat({ ...chiefSeat, supervisorId: ordinary }), 409, 'NOT_GOVERNMENT_SUPERVISOR')
  ok(await seat({ ...chiefSeat, supervisorId: chief }))
  ok(
    await seat({
      role: 'deputy-chief-supervisor',
      personTitle: '督导室主任',
      supervisorId: await supervisorNamed('示例副总督学'),
      from: '2026-03-01',
    }),
  )
  const zone = ok(await head.post(`${url}/zones`, { name: '示例总督学责任区' }), 201).body
  ok(await head.post(`${url}/zones/${zone.id}/head`, { supervisorId: chief }, { ifMatch: 1 }))
  const roleOf = async (role: string) =>
    (await committee()).seats.find((one: { role: string }) => one.role === role)?.personName
  assert.equal(await roleOf('chief-supervisor'), '示例总督学')
  assert.equal(await roleOf('deputy-chief-supervisor'), '示例副总督学')
  const { version } = await now(`/supervisors/${chief}`)
  const dismissal = { ground: 'transferred-or-retired', on: '2026-03-02', reason: '退休' }
  ok(await head.post(`${url}/supervisors/${chief}/dismiss`, dismissal, { ifMatch: version }))
  await host.settle()
  assert.equal(await roleOf('chief-supervisor'), undefined)
  const zones = (await now('/zones')).items
  assert.equal(zones.find(({ zoneId }: { zoneId: string }) => zoneId === zone.id).headName, null)
})

test('[R16] the yearly sheet lists the activities of each government supervisor, and who had none', async () => {
  const [busy, idle] = [await supervisorNamed('示例履职督学'), await supervisorNamed('示例空白督学')]
  const school = await supervisorNamed('示例旁听督学', 'school')
  const activity = { on: '2026-02-10', kind: 'major-supervision', title: '春季开学督导', text: '带队督查五所学校。' }
  const recorded = ok(await head.post(`${url}/supervisors/${busy}/activities`, activity)).body
  ok(await head.post(`${url}/supervisors/${busy}/activities`, { ...activity, kind: 'policy-advice', on: '2025-12-01' }))
  refusedWith(await head.post(`${url}/supervisors/${school}/activities`, activity), 409, 'NOT_GOVERNMENT_SUPERVISOR')
  refusedWith(
    await head.post(`${url}/supervisors/${busy}/activities`, { ...activity, on: '2026-03-03' }),
    422,
    'ACTIVITY_IN_FUTURE',
  )
  const sheet = await now('/activities/sheet?year=2026')
  const lineOf = (id: string) => sheet.items.find((line: { supervisorId: string }) => line.supervisorId === id)
  assert.deepEqual([lineOf(busy).majorSupervision, lineOf(busy).policyAdvice, lineOf(busy).total], [1, 0, 1])
  assert.equal(lineOf(idle).total, 0)
  assert.equal(lineOf(school), undefined)
  const own = await now(`/activities?year=2026&supervisorId=${busy}`)
  assert.deepEqual(
    own.items.map(({ title }: { title: string }) => title),
    ['春季开学督导'],
  )
  const strike = `${url}/supervisors/${busy}/activities/${recorded.activityId}/strike`
  ok(await head.post(strike, { on: '2026-02-10', reason: '重复录入' }))
  assert.equal((await now(`/activities?year=2026&supervisorId=${busy}`)).items.length, 0)
  assert.equal((await now('/activities?year=2026', elsewhere)).items.length, 0)
})

test('[R16] the talent list keeps who is prepared for what, step by step, to the end', async () => {
  const talent = {
    ...{ name: '示例后备甲', homeUnit: '示例第一小学', field: '小学教育', aim: 'school-supervisor' },
    ...{ recommendedBy: '示例责任区', plan: '跟岗一学期。', on: '2026-02-01' },
  }
  const { id } = ok(await head.post(`${url}/talents`, talent), 201).body
  refusedWith(await head.post(`${url}/talents`, talent), 409, 'TALENT_LISTED')
  ok(await head.post(`${url}/talents/${id}/steps`, { on: '2026-02-20', text: '跟岗督查两次。' }))
  const found = await now(`/talents/${id}`)
  assert.deepEqual([found.state, found.steps, found.history.length], ['listed', 1, 2])
  const delist = { outcome: 'appointed', on: '2026-03-01', reason: '聘为责任督学' }
  ok(await head.post(`${url}/talents/${id}/delist`, delist, { ifMatch: found.version }))
  assert.deepEqual((await now('/talents?state=listed')).items, [])
  assert.equal((await elsewhere.get(`${url}/talents/${id}`)).status, 404)
})

test('[R2] the list of ending terms names what the next term would be, and who may not serve another', async () => {
  const office = host.as({ roles: ['office-head'], subject: 'terms', office: 'chengkou' })
  const person = {
    ...{ category: 'school', employment: 'part-time', homeUnit: '示例教师进修学院', field: '小学教育' },
    phone: '13800000001',
  }
  const decided = { decidedBy: '示例委员会', decidedOn: '2023-01-10' }
  const make = async (name: string, ...from: string[]): Promise<string> => {
    const made = ok(await office.post(`${url}/supervisors`, { ...person, name }), 201).body
    for (const termFrom of from) {
      await host.settle()
      const { version } = ok(await office.get(`${url}/supervisors/${made.id}`)).body
      ok(await office.post(`${url}/supervisors/${made.id}/appoint`, { termFrom, ...decided }, { ifMatch: version }))
    }
    return made.id
  }
  await make('示例将到期', '2023-04-01')
  const worn = await make('示例三届满', '2017-03-01', '2020-03-01', '2023-03-01')
  await make('示例在任期', '2025-09-01')
  const { items } = await now('/terms', office)
  const shown = items.map((one: Record<string, unknown>) => [one.name, one.termState, one.renewable, one.nextFrom])
  assert.deepEqual(shown.toSorted(), [
    ['示例三届满', 'ended', false, '2026-03-02'],
    ['示例将到期', 'near-end', true, '2026-04-01'],
  ])
  const soon = items.find(({ name }: { name: string }) => name === '示例将到期')
  assert.deepEqual([soon.nextTo, soon.daysLeft], ['2029-03-31', 29])
  const renew = { termFrom: '2026-04-01', decidedBy: '示例委员会', decidedOn: '2026-03-01' }
  ok(await office.post(`${url}/supervisors/${soon.supervisorId}/appoint`, renew, { ifMatch: soon.version }))
  const { version } = await now(`/supervisors/${worn}`, office)
  refusedWith(
    await office.post(`${url}/supervisors/${worn}/appoint`, { ...renew, termFrom: '2026-03-02' }, { ifMatch: version }),
    409,
    'CONSECUTIVE_TERMS_EXCEEDED',
  )
  assert.deepEqual(
    (await now('/terms', office)).items.map(({ name }: { name: string }) => name),
    ['示例三届满'],
  )
})

test('[R3] the register shows both numbers and the decision; the papers of a removed supervisor show 已失效', async () => {
  const id = await supervisorNamed('示例证书督学')
  const [paper] = (await now(`/certificates?supervisorId=${id}`)).items
  assert.match(paper.certificateNumber, /^督学证〔2025〕\d+号$/)
  assert.equal(paper.letterNumber, paper.certificateNumber.replace('督学证', '督学聘书'))
  assert.deepEqual([paper.decidedBy, paper.decidedOn, paper.state], ['示例区政府教育督导委员会', '2025-08-20', 'valid'])
  const all = (await now('/certificates?limit=200')).items.map(
    (one: { certificateNumber: string }) => one.certificateNumber,
  )
  assert.equal(new Set(all).size, all.length)
  const { version } = await now(`/supervisors/${id}`)
  const dismissal = { ground: 'misconduct', on: '2026-03-02', reason: '违反督导纪律' }
  ok(await head.post(`${url}/supervisors/${id}/dismiss`, dismissal, { ifMatch: version }))
  const gone = await now(`/supervisors/${id}/certificates/2025-09-01`)
  assert.deepEqual([gone.state, gone.voidedOn, gone.voidedBecause], ['void', '2026-03-02', '解聘'])
  assert.equal((await elsewhere.get(`${url}/supervisors/${id}/certificates/2025-09-01`)).status, 404)
})

test('[R7] the coverage of a month shows who answered when, and after a replacement no gap', async () => {
  const [jia, yi] = [await supervisorNamed('示例原督学', 'school'), await supervisorNamed('示例接督学', 'school')]
  const zoneId = ok(await head.post(`${url}/zones`, { name: '示例覆盖责任区' }), 201).body.id
  const school = (code: string, name: string) => ({
    ...{ code, name, kind: 'school', stage: 'primary', ownership: 'public', zoneId, enrolment: 2600 },
  })
  const covered = ok(await head.post(`${url}/schools`, school('3170000001', '示例接续小学')), 201).body.id
  ok(await head.post(`${url}/schools`, school('3170000002', '示例空档小学')), 201)
  for (const [supervisorId, from] of [
    [jia, '2026-03-01'],
    [yi, '2026-03-16'],
  ]) {
    ok(await head.post(`${url}/schools/${covered}/posting`, { supervisorId, from }))
  }
  const report = await now(`/postings/coverage?from=2026-03-01&to=2026-03-31&zoneId=${zoneId}`)
  assert.deepEqual([report.schools, report.covered, report.replaced], [2, 1, 1])
  const [full, empty] = report.items
  assert.deepEqual(
    full.periods.map((one: Record<string, string>) => [one.supervisorName, one.from, one.to]),
    [
      ['示例原督学', '2026-03-01', '2026-03-15'],
      ['示例接督学', '2026-03-16', '2026-03-31'],
    ],
  )
  assert.deepEqual(full.uncovered, [])
  assert.deepEqual(empty.uncovered, [{ from: '2026-03-01', to: '2026-03-31' }])
  assert.equal((await now(`/schools/${covered}`)).large, true)
})

test('[R8] a whole phone is shown only for a reason that is recorded, to nobody without the right, and stands in no view', async () => {
  const id = await supervisorNamed('示例电话督学')
  const path = `${url}/supervisors/${id}/reveal-phone`
  assert.equal((await head.post(path, {})).status, 400)
  assert.equal((await head.post(path, { reason: ' ' })).status, 400)
  const shown = ok(await head.post(path, { reason: '通知紧急会议' }))
  assert.equal(shown.body.phone, '13800000001')
  const events = await host.host.service('supervisor-registry').store.readStream(`reveal-yongchuan-${id}`)
  assert.deepEqual(
    events.map(({ type, data, meta }) => [type, (data as { reason: string }).reason, meta.actor]),
    [['phone-revealed.v1', '通知紧急会议', 'head']],
  )
  assert.ok(!JSON.stringify(events).includes('13800000001'))
  await host.settle()
  assert.ok(!JSON.stringify(await now(`/supervisors/${id}`)).includes('13800000001'))
  const member = host.as({ roles: ['committee-member'], subject: 'member' })
  assert.equal((await member.post(path, { reason: '通知' })).status, 403)
  assert.equal((await elsewhere.post(path, { reason: '试探' })).status, 404)
  const { entries } = await host.host.audit.list({ office: 'yongchuan', action: 'personal-revealed', limit: 10 })
  const entry = entries.find(({ object }) => object === `supervisor/${id}`)
  assert.deepEqual([entry?.subject, entry?.objectName, entry?.reason], ['head', '示例电话督学的电话', '通知紧急会议'])
  assert.ok(!JSON.stringify(entries).includes('13800000001'))
})

test('[R8] a phone is not shown while the audit trail cannot be written, and it is asked for once', async (t) => {
  const id = await supervisorNamed('示例无记录督学')
  const path = `${url}/supervisors/${id}/reveal-phone`
  const broken = t.mock.method(host.host.audit, 'record', () => Promise.reject(eventSourcingError('STORAGE_FULL')))
  const refused = await head.post(path, { reason: '通知紧急会议' })
  assert.deepEqual([refused.status, refused.body.code], [503, 'STORAGE_FULL'])
  assert.ok(!JSON.stringify(refused.body).includes('13800000001'))
  broken.mock.restore()
  assert.deepEqual(await host.host.service('supervisor-registry').store.readStream(`reveal-yongchuan-${id}`), [])
  assert.equal(ok(await head.post(path, { reason: '通知紧急会议' })).body.phone, '13800000001')
})
