import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { bindStreams } from '@dulian/event-sourcing'
import { ok, startTestHost, type TestHost, type TestPerson } from '@dulian/service-host/testing'
import { certificateRegisterStream } from '../src/certificate-register/certificate-register.ts'
import { issueCertificates } from '../src/policies/issue-certificates.ts'
import { registryService } from '../src/service.ts'
import { appointSupervisor } from '../src/supervisor/decide.ts'
import { supervisorStream } from '../src/supervisor/supervisor.ts'

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

let codes = 3_150_000_000
const school = (given: object = {}) => {
  codes += 1
  const code = String(codes)
  return { code, name: `示例学校${code}`, kind: 'school', stage: 'primary', ownership: 'public', ...given }
}
const supervisor = (given: object = {}) => ({
  name: '示例督学',
  category: 'school',
  employment: 'part-time',
  homeUnit: '示例教师进修学院',
  field: '小学教育',
  phone: '13800000001',
  ...given,
})
const decided = { decidedBy: '示例区政府教育督导委员会', decidedOn: '2025-08-20' }

async function registerSchool(given: object = {}): Promise<string> {
  const { status, body } = await head.post(`${url}/schools`, school(given))
  assert.equal(status, 201, JSON.stringify(body))
  return body.id
}

async function appointedSupervisor(given: object = {}, termFrom = '2025-09-01'): Promise<string> {
  const { body } = await head.post(`${url}/supervisors`, supervisor(given))
  const appointed = await head.post(`${url}/supervisors/${body.id}/appoint`, { termFrom, ...decided }, { ifMatch: 1 })
  assert.equal(appointed.status, 200, JSON.stringify(appointed.body))
  return body.id
}

const post = (schoolId: string, supervisorId: string, from = '2026-03-02', more: object = {}) =>
  head.post(`${url}/schools/${schoolId}/posting`, { supervisorId, from, ...more })

async function getNow(person: TestPerson, path: string) {
  await host.settle()
  return await person.get(`${url}${path}`)
}

test('[R1] one of each category registered: the list by category returns exactly it', async () => {
  const made: Record<string, string> = {}
  const office = host.as({ roles: ['office-staff'], office: 'chengkou' })
  for (const category of ['government', 'school', 'invited']) {
    const { status, body } = await office.post(`${url}/supervisors`, supervisor({ category, name: `示例${category}` }))
    assert.equal(status, 201)
    made[category] = body.id
  }
  await host.settle()
  for (const category of ['government', 'school', 'invited']) {
    const { body } = await office.get(`${url}/supervisors?category=${category}`)
    assert.deepEqual(
      body.items.map((item: { supervisorId: string }) => item.supervisorId),
      [made[category]],
    )
    assert.equal(body.items[0].phoneMasked, '138****0001')
    assert.ok(!JSON.stringify(body).includes('13800000001'))
  }
})

test('a command and the next query with its position: one reads what one wrote', async () => {
  const { body } = await head.post(`${url}/schools`, school({ name: '示例读写小学' }))
  const { status, body: found } = await head.get(`${url}/schools?q=${encodeURIComponent('读写')}`, {
    'min-position': body.position,
  })
  assert.equal(status, 200)
  assert.deepEqual(
    found.items.map((item: { name: string }) => item.name),
    ['示例读写小学'],
  )
})

test('a 学校标识码 is registered once per office, also by ten people at the same moment', async () => {
  const code = '5009990001'
  const answers = await Promise.all(Array.from({ length: 10 }, () => head.post(`${url}/schools`, school({ code }))))
  assert.equal(answers.filter(({ status }) => status === 201).length, 1)
  const refused = answers.filter(({ status }) => status !== 201)
  assert.ok(refused.every(({ status, body }) => status === 409 && body.code === 'SCHOOL_CODE_TAKEN'))
  const other = await elsewhere.post(`${url}/schools`, school({ code }))
  assert.equal(other.status, 201)
})

test('a registration sent twice with one key is one registration', async () => {
  const body = school()
  const first = await head.post(`${url}/schools`, body, { key: 'register-once' })
  const second = await head.post(`${url}/schools`, body, { key: 'register-once' })
  assert.equal(second.status, 201)
  assert.equal(second.body.id, first.body.id)
  assert.equal(second.headers['idempotency-replayed'], 'true')
})

test('[R2] appointed on 2023-09-01: 将到期 before, 任期届满 on 2026-09-01, and no new task can be given', async () => {
  const id = await appointedSupervisor({ name: '示例到期督学' }, '2023-09-01')
  assert.equal((await getNow(head, `/supervisors/${id}`)).body.termState, 'running')
  await host.moveTo('2026-06-03T01:00:00Z')
  assert.equal((await getNow(head, `/supervisors/${id}`)).body.termState, 'near-end')
  await host.moveTo('2026-08-31T01:00:00Z')
  assert.equal((await getNow(head, `/supervisors/${id}`)).body.termState, 'near-end')
  await host.moveTo('2026-09-01T01:00:00Z')
  const { body } = await getNow(head, `/supervisors/${id}`)
  assert.equal(body.termState, 'ended')
  assert.equal(body.certificateState, 'expired')
  assert.deepEqual(
    body.history.map((line: { title: string }) => line.title),
    ['登记入库', '聘任', '颁发聘书和督学证', '任期将到期', '任期届满'],
  )
  const ended = await head.get(`${url}/supervisors?termState=ended`)
  assert.ok(ended.body.items.some((item: { supervisorId: string }) => item.supervisorId === id))
  const refused = await post(await registerSchool(), id, '2026-09-01')
  assert.equal(refused.status, 409)
  assert.equal(refused.body.code, 'SUPERVISOR_TERM_NOT_RUNNING')
})

test('[R2] a term that is over when it is entered is 任期届满 at once', async () => {
  const id = await appointedSupervisor({ name: '示例补录督学' }, '2020-09-01')
  assert.equal((await getNow(head, `/supervisors/${id}`)).body.termState, 'ended')
})

test('[R3] twenty appointments at the same moment get twenty different numbers; a repeated one keeps its own', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => head.post(`${url}/supervisors`, supervisor())))
  const body = { termFrom: '2026-09-01', ...decided }
  const answers = await Promise.all(
    made.map((one, place) =>
      head.post(`${url}/supervisors/${one.body.id}/appoint`, body, { ifMatch: 1, key: `appoint-${place}` }),
    ),
  )
  const numbers = answers.map((answer) => answer.body.certificateNumber)
  assert.equal(new Set(numbers).size, 20)
  assert.ok(numbers.every((number) => /^督学证〔2025〕\d+号$/.test(number)))
  await host.settle()
  const again = await head.post(`${url}/supervisors/${made[0]?.body.id}/appoint`, body, {
    ifMatch: 1,
    key: 'appoint-0',
  })
  assert.equal(again.body.certificateNumber, numbers[0])
  assert.equal(again.body.version, answers[0]?.body.version)
})

test('[R3] an appointment that was cut off before its certificate gets it all the same, once', async () => {
  const { body } = await head.post(`${url}/supervisors`, supervisor({ name: '示例中断督学' }))
  const { store } = host.host.service('supervisor-registry')
  const streams = {
    supervisors: bindStreams(store, supervisorStream),
    certificates: bindStreams(store, certificateRegisterStream),
  }
  const context = {
    commandId: '0197a000-0000-7000-8000-00000000c0de',
    actor: 'head',
    office: 'yongchuan',
    at: '2026-09-01T01:00:00Z',
    correlationId: 'cut-off',
  }
  const { stream } = await streams.supervisors.execute(body.id, context, {
    decide: (state) => appointSupervisor({ termFrom: '2026-09-01', ...decided }, state),
  })
  const [, appointed] = await store.readStream(stream)
  assert.ok(appointed)
  for (let times = 0; times < 2; times += 1) await issueCertificates(streams).react(appointed, host.clock)
  assert.equal((await store.readStream(stream)).length, 3)
  const { body: certified } = await getNow(head, `/supervisors/${body.id}`)
  assert.match(certified.certificateNumber, /^督学证〔2025〕\d+号$/)
  assert.equal(certified.certificateState, 'valid')
})

test('days that no calendar of an office reaches are refused, not calculated with', async () => {
  const { body } = await head.post(`${url}/supervisors`, supervisor())
  for (const termFrom of ['9999-12-31', '0001-01-01', '2026-02-30']) {
    const path = `${url}/supervisors/${body.id}/appoint`
    assert.equal((await head.post(path, { termFrom, ...decided }, { ifMatch: 1 })).status, 400, termFrom)
  }
})

test('[R3] a certificate counts from the first day of its term to the last: renewed in advance, the running one is shown until then', async () => {
  const id = await appointedSupervisor({ name: '示例提前续聘' }, '2025-09-01')
  const shownOn = async (day?: string) => {
    await host.settle()
    const past = day === undefined ? '' : `&validOn=${day}`
    const { items } = ok(await head.get(`${url}/supervisors?q=${encodeURIComponent('示例提前续聘')}${past}`)).body
    const [{ certificateNumber, certificateTermFrom, certificateState }] = items
    return [certificateNumber, certificateTermFrom, certificateState]
  }
  const [first] = await shownOn()
  const { version } = ok(await head.get(`${url}/supervisors/${id}`)).body
  const renewal = { termFrom: '2028-09-01', ...decided }
  const renewed = ok(await head.post(`${url}/supervisors/${id}/appoint`, renewal, { ifMatch: version })).body
  assert.notEqual(renewed.certificateNumber, first)
  assert.deepEqual(await shownOn(), [first, '2025-09-01', 'valid'])
  const { body } = ok(await head.get(`${url}/supervisors/${id}`))
  assert.deepEqual([body.certificateNumber, body.certificateState], [first, 'valid'])
  const ahead = ok(await head.post(`${url}/supervisors`, supervisor({ name: '示例尚未上任' })), 201).body
  const early = { termFrom: '2027-05-01', ...decided }
  ok(await head.post(`${url}/supervisors/${ahead.id}/appoint`, early, { ifMatch: 1 }))
  await host.settle()
  assert.equal(ok(await head.get(`${url}/supervisors/${ahead.id}`)).body.certificateState, 'upcoming')
})

test('[R3] [R13] a dismissal voids the certificate and ends the postings from that day', async () => {
  const id = await appointedSupervisor({ name: '示例退出督学' })
  const schoolId = await registerSchool()
  assert.equal((await post(schoolId, id)).status, 200)
  const { body: before } = await getNow(head, `/supervisors/${id}`)
  assert.equal(before.schools, 1)
  const dismissed = await head.post(
    `${url}/supervisors/${id}/dismiss`,
    { ground: 'duties-neglected', on: '2026-09-15', reason: '未按规定履职' },
    { ifMatch: before.version },
  )
  assert.equal(dismissed.status, 200)
  const { body: gone } = await getNow(head, `/supervisors/${id}`)
  assert.equal(gone.certificateState, 'valid', 'in office until the day before')
  const other = await appointedSupervisor({ name: '示例即日退出督学' })
  const today = { ground: 'own-request', on: '2026-03-02', reason: '本人申请' }
  const { version } = (await getNow(head, `/supervisors/${other}`)).body
  ok(await head.post(`${url}/supervisors/${other}/dismiss`, today, { ifMatch: version }))
  assert.equal((await getNow(head, `/supervisors/${other}`)).body.certificateState, 'void')
  assert.equal(gone.schools, 0)
  const { body: rows } = await head.get(`${url}/postings?schoolId=${schoolId}`)
  assert.deepEqual(
    rows.items.map((row: { to: string }) => row.to),
    ['2026-09-14'],
  )
  assert.equal((await getNow(head, `/schools/${schoolId}`)).body.supervisorId, null)
})

test('[R6] a sixth school is refused, taken with a reason, and shown in the history of the school', async () => {
  const id = await appointedSupervisor({ name: '示例满额督学' })
  for (let count = 0; count < 5; count += 1) assert.equal((await post(await registerSchool(), id)).status, 200)
  const sixth = await registerSchool()
  const refused = await post(sixth, id)
  assert.equal(refused.status, 409)
  assert.equal(refused.body.code, 'RATIO_EXCEEDED')
  assert.equal((await post(sixth, id, '2026-03-02', { overrideReason: '偏远校点，暂无他人' })).status, 200)
  const { body } = await getNow(head, `/schools/${sixth}`)
  assert.deepEqual(
    body.history.map((line: { title: string }) => line.title),
    ['登记学校', '回避预检通过', '超配比安排', '挂牌督学'],
  )
})

test('[R6] eight postings of one supervisor at the same moment: five are taken', async () => {
  const id = await appointedSupervisor({ name: '示例并发督学' })
  const schools = await Promise.all(Array.from({ length: 8 }, () => registerSchool()))
  const answers = await Promise.all(schools.map((schoolId) => post(schoolId, id)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 5)
  assert.equal(answers.filter(({ body }) => body.code === 'RATIO_EXCEEDED').length, 3)
})

test('[R6] a large school needs a supervisor of its own', async () => {
  const id = await appointedSupervisor({ name: '示例大校督学' })
  const large = await registerSchool({ enrolment: 2600 })
  assert.equal((await post(large, id)).status, 200)
  const refused = await post(await registerSchool(), id)
  assert.equal(refused.body.code, 'RATIO_EXCEEDED')
  assert.equal(refused.body.details.ratio, '1∶1')
})

test('[R7] replaced mid-month: the history is dated and the coverage shows no gap', async () => {
  const [jia, yi] = [
    await appointedSupervisor({ name: '示例督学甲' }),
    await appointedSupervisor({ name: '示例督学乙' }),
  ]
  const zone = await head.post(`${url}/zones`, { name: '示例接续责任区' })
  const schoolId = await registerSchool({ zoneId: zone.body.id })
  const vacant = await registerSchool({ zoneId: zone.body.id })
  await post(schoolId, jia, '2026-03-01')
  assert.equal((await post(schoolId, yi, '2026-03-16')).status, 200)
  const { body: rows } = await getNow(head, `/postings?schoolId=${schoolId}`)
  assert.deepEqual(
    rows.items.map((row: { supervisorName: string; from: string; to: string | null }) => [
      row.supervisorName,
      row.from,
      row.to,
    ]),
    [
      ['示例督学乙', '2026-03-16', null],
      ['示例督学甲', '2026-03-01', '2026-03-15'],
    ],
  )
  const { body: gaps } = await head.get(`${url}/postings/gaps?from=2026-03-01&to=2026-03-31&zoneId=${zone.body.id}`)
  assert.equal(gaps.schools, 2)
  assert.deepEqual(
    gaps.items.map((item: { schoolId: string; uncovered: object[] }) => [item.schoolId, item.uncovered]),
    [[vacant, [{ from: '2026-03-01', to: '2026-03-31' }]]],
  )
})

test('[R16] a zone has one name, a head in term, and its head sees only the own zone', async () => {
  const zone = await head.post(`${url}/zones`, { name: '示例东片责任区' })
  const twice = await head.post(`${url}/zones`, { name: '示例东片责任区' })
  assert.equal(twice.body.code, 'ZONE_NAME_TAKEN')
  const supervisorId = await appointedSupervisor({ name: '示例组长' })
  const named = await head.post(`${url}/zones/${zone.body.id}/head`, { supervisorId }, { ifMatch: 1 })
  assert.equal(named.status, 200)
  const inside = await registerSchool({ zoneId: zone.body.id })
  const outside = await registerSchool()
  await post(inside, supervisorId)
  await host.settle()
  const zoneHead = host.as({ roles: ['zone-head'], zone: zone.body.id, supervisor: supervisorId })
  const { body: schools } = await zoneHead.get(`${url}/schools`)
  assert.deepEqual(
    schools.items.map((item: { schoolId: string }) => item.schoolId),
    [inside],
  )
  assert.equal((await zoneHead.get(`${url}/schools/${outside}`)).status, 404)
  const { body: zones } = await zoneHead.get(`${url}/zones`)
  assert.deepEqual(
    zones.items.map((item: { name: string; schools: number; headName: string }) => [
      item.name,
      item.schools,
      item.headName,
    ]),
    [['示例东片责任区', 1, '示例组长']],
  )
  const { body: people } = await zoneHead.get(`${url}/supervisors`)
  assert.deepEqual(
    people.items.map((item: { supervisorId: string }) => item.supervisorId),
    [supervisorId],
  )
  const { body: rows } = await zoneHead.get(`${url}/postings`)
  assert.equal(rows.items.length, 1)
  assert.equal((await zoneHead.post(`${url}/schools`, school())).status, 403)
})

test('a supervisor and a principal see their own schools and nothing else', async () => {
  const supervisorId = await appointedSupervisor({ name: '示例本人' })
  const schoolId = await registerSchool()
  await post(schoolId, supervisorId)
  await host.settle()
  for (const person of [
    host.as({ roles: ['school-supervisor'], supervisor: supervisorId }),
    host.as({ roles: ['school-principal'], school: schoolId }),
  ]) {
    const { body } = await person.get(`${url}/schools`)
    assert.deepEqual(
      body.items.map((item: { schoolId: string }) => item.schoolId),
      [schoolId],
    )
    const { body: people } = await person.get(`${url}/supervisors`)
    assert.deepEqual(
      people.items.map((item: { supervisorId: string }) => item.supervisorId),
      [supervisorId],
    )
    assert.equal((await person.get(`${url}/postings`)).body.items.length, 1)
    assert.equal((await person.get(`${url}/postings/gaps?from=2026-03-01&to=2026-03-31`)).body.schools, 1)
  }
})

test("another office's school, zone and supervisor do not exist, for reading and for every command", async () => {
  const schoolId = await registerSchool({ name: '示例保密小学' })
  const zone = await head.post(`${url}/zones`, { name: '示例保密责任区' })
  const supervisorId = await appointedSupervisor()
  await post(schoolId, supervisorId)
  await host.settle()
  const never = '0197a000-0000-7000-8000-00000000dead'
  for (const [path, unknown] of [
    [`/schools/${schoolId}`, `/schools/${never}`],
    [`/supervisors/${supervisorId}`, `/supervisors/${never}`],
  ] as const) {
    const [theirs, nothing] = [await elsewhere.get(url + path), await elsewhere.get(url + unknown)]
    assert.equal(theirs.status, 404)
    assert.deepEqual({ ...theirs.body, traceId: '' }, { ...nothing.body, traceId: '' })
  }
  for (const [path, body] of [
    [`/schools/${schoolId}/correct`, { name: '改名', reason: '试探' }],
    [`/schools/${schoolId}/enrolment`, { enrolment: 1, asOf: '2026-03-01' }],
    [`/schools/${schoolId}/close`, { closedOn: '2026-03-01', reason: '试探' }],
    [`/schools/${schoolId}/posting`, { supervisorId, from: '2026-03-10' }],
    [`/schools/${schoolId}/posting/end`, { on: '2026-03-10', reason: '试探' }],
    [`/zones/${zone.body.id}/head`, { supervisorId }],
    [`/supervisors/${supervisorId}/appoint`, { termFrom: '2028-09-01', ...decided }],
    [`/supervisors/${supervisorId}/dismiss`, { ground: 'misconduct', on: '2026-03-10', reason: '试探' }],
  ] as const) {
    assert.equal((await elsewhere.post(url + path, body, { ifMatch: 1 })).status, 404, path)
  }
  for (const list of [`/schools?supervisorId=${supervisorId}`, `/zones`, `/postings?schoolId=${schoolId}`]) {
    const { body } = await elsewhere.get(url + list)
    assert.ok(!JSON.stringify(body).includes('保密'), list)
  }
  const borrowed = await elsewhere.post(`${url}/schools`, school({ zoneId: zone.body.id }))
  assert.equal(borrowed.body.code, 'ZONE_UNKNOWN')
})

test('a correction of a version that is no longer current is refused with both versions', async () => {
  const schoolId = await registerSchool()
  const correct = (name: string, ifMatch: number) =>
    head.post(`${url}/schools/${schoolId}/correct`, { name, reason: '更名' }, { ifMatch })
  assert.equal((await correct('示例新名小学', 1)).status, 200)
  const stale = await correct('示例旧名小学', 1)
  assert.equal(stale.status, 412)
  assert.equal(stale.body.expected, 1)
  assert.equal(stale.body.actual, 2)
})

test('a school that closes loses its posting', async () => {
  const supervisorId = await appointedSupervisor()
  const schoolId = await registerSchool()
  await post(schoolId, supervisorId)
  const closed = await head.post(
    `${url}/schools/${schoolId}/close`,
    { closedOn: '2026-09-30', reason: '并入示例中心小学' },
    { ifMatch: 1 },
  )
  assert.equal(closed.status, 200)
  const { body } = await getNow(head, `/schools/${schoolId}`)
  assert.equal(body.status, 'closed')
  assert.equal(body.supervisorId, null)
  assert.equal((await head.get(`${url}/schools?status=closed`)).body.items.length >= 1, true)
})

test('[R6] the rules are shown with their sources and how sure they are', async () => {
  const { body } = await head.get(`${url}/rules`)
  const large = body.items.find((rule: { id: string }) => rule.id === 'large-school-pupils')
  assert.equal(large.confidence, 'low')
  assert.equal(large.value, 2000)
})
