import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BusMessage } from '@dulian/bus'
import { bulletinIssued, schoolRegistered } from '@dulian/contracts'
import { ok, refusedWith } from '@dulian/service-host/testing'
import {
  answersFor,
  bothSigned,
  type InspectionsHost,
  kindergarten,
  schoolA,
  schoolB,
  startInspections,
  training,
  zoneA,
  zoneB,
} from './inspections-host.ts'

const api = '/api/inspections'
const period = '2026-11'

interface Check {
  readonly selfCheckId: string
  readonly schoolId: string
  readonly schoolName: string
  readonly state: string
  readonly late: boolean
}

async function opened(host: InspectionsHost): Promise<Map<string, string>> {
  ok(await host.staff.post(`${api}/self-checks/open`, { period }))
  await host.settle()
  const { items } = ok(await host.staff.get(`${api}/self-checks?period=${period}`)).body
  return new Map((items as Check[]).map(({ schoolId, selfCheckId }) => [schoolId, selfCheckId]))
}

function principalOf(host: InspectionsHost, school: string) {
  return host.as({ subject: `principal-${school}`, name: '示例校长', roles: ['school-principal'], school })
}

async function submit(
  host: InspectionsHost,
  school: string,
  id: string,
  negative: Record<string, { note: string }> = {},
) {
  const answers = await answersFor(host.supervisor, negative, kindOf(school))
  const body = { answers, statement: '校务会组织逐项自查，发现问题当日清理。' }
  return ok(await principalOf(host, school).post(`${api}/self-checks/${id}/submit`, body))
}

async function visit(host: InspectionsHost, person: InspectionsHost['supervisor'], schoolId: string, negative = {}) {
  const answers = await answersFor(host.supervisor, negative, kindOf(schoolId))
  const body = { schoolId, visitedOn: '2026-11-03', answers, signatures: bothSigned }
  return ok(await person.post(`${api}/visits/quick`, body), 201)
}

/** A kindergarten has a list of its own. */
function kindOf(school: string): string {
  return school === kindergarten ? 'kindergarten' : 'school'
}

/** Zone A's schools have done the first two steps; zone B's one school has not. */
async function twoStepsDone(host: InspectionsHost) {
  const checks = await opened(host)
  for (const school of [schoolA, kindergarten, training]) {
    const negative: Record<string, { note: string }> =
      school === schoolA ? { A05: { note: '楼梯间堆放课桌，已清理' } } : {}
    await submit(host, school, checks.get(school) ?? '', negative)
  }
  await visit(host, host.supervisor, schoolA, { A05: { note: '东侧楼梯间仍堆放课桌' } })
  await visit(host, host.supervisor, kindergarten)
  await host.settle()
  return checks
}

const zoneText = '城区责任区本月逐校开展督查，消防通道问题较集中，已督促两所学校当场整改。'

test('[I4] the self-check goes to every school, kindergarten and training institution; one missing is named and coverage stays below 100 %', async (t) => {
  const host = await startInspections(t)
  const checks = await opened(host)
  assert.deepEqual(new Set(checks.keys()), new Set([schoolA, schoolB, kindergarten, training]))
  const again = ok(await host.staff.post(`${api}/self-checks/open`, { period }))
  assert.deepEqual([again.body.opened, again.body.schools], [0, 4], 'opened once')
  for (const school of [schoolA, schoolB, kindergarten]) await submit(host, school, checks.get(school) ?? '')
  await host.settle()
  const month = ok(await host.staff.get(`${api}/routine?period=${period}`)).body
  assert.deepEqual([month.counts.schools, month.counts.selfChecks], [4, 3])
  assert.deepEqual(
    month.withoutSelfCheck.map(({ name, selfCheck }: { name: string; selfCheck: string }) => [name, selfCheck]),
    [['示例培训机构', 'opened']],
  )
  await submit(host, training, checks.get(training) ?? '')
  await host.settle()
  const whole = ok(await host.staff.get(`${api}/routine?period=${period}`)).body
  assert.deepEqual([whole.counts.selfChecks, whole.withoutSelfCheck], [4, []])
  const newSchool = {
    ...schoolRegistered.example,
    office: 'yongchuan',
    schoolId: '0197a000-0000-7000-8000-000000000077',
  }
  await host.announce(schoolRegistered, newSchool)
  await host.settle()
  const named = ok(await host.staff.get(`${api}/routine?period=${period}`)).body.withoutSelfCheck
  assert.deepEqual(
    named.map(({ selfCheck }: { selfCheck: string }) => selfCheck),
    ['not-opened'],
    'a school registered meanwhile is missing, too',
  )
})

test('[I4] the clock opens the month by itself, once, also for a school registered later in the month', async (t) => {
  const host = await startInspections(t)
  await host.moveTo('2026-12-01T01:00:00Z')
  const december = async () => ok(await host.staff.get(`${api}/self-checks?period=2026-12`)).body.items as Check[]
  assert.equal((await december()).length, 4)
  const newSchool = {
    ...schoolRegistered.example,
    office: 'yongchuan',
    schoolId: '0197a000-0000-7000-8000-000000000077',
  }
  await host.announce(schoolRegistered, newSchool)
  await host.settle()
  await host.moveTo('2026-12-02T01:00:00Z')
  assert.equal((await december()).length, 5)
  const [first] = await december()
  const detail = ok(await host.staff.get(`${api}/self-checks/${first?.selfCheckId}`)).body
  assert.deepEqual([detail.dueOn, detail.timeline[0].actorName, detail.version], ['2026-12-25', null, 1])
})

test('[I4] a self-check with an open item, an unexplained negative or no statement is refused at its place', async (t) => {
  const host = await startInspections(t)
  const path = `${api}/self-checks/${(await opened(host)).get(schoolA)}`
  const answers = await answersFor(host.supervisor)
  const statement = '已逐项自查。'
  const open = await host.principal.post(`${path}/submit`, { answers: answers.slice(1), statement })
  refusedWith(open, 422, 'VISIT_ITEM_UNANSWERED')
  const bare = answers.map((answer, place) => (place === 1 ? { ...answer, answer: 'no' } : answer))
  const unexplained = await host.principal.post(`${path}/submit`, { answers: bare, statement })
  refusedWith(unexplained, 422, 'VISIT_NOTE_MISSING')
  assert.equal(unexplained.body.errors[0].pointer, '/answers/1/note')
  refusedWith(
    await host.principal.post(`${path}/submit`, { answers, statement: ' ' }),
    422,
    'SELF_CHECK_STATEMENT_MISSING',
  )
  refusedWith(await host.supervisor.post(`${path}/submit`, { answers, statement }), 403, 'PERMISSION_MISSING')
  const other = principalOf(host, schoolB)
  refusedWith(await other.post(`${path}/submit`, { answers, statement }), 404, 'STREAM_NOT_FOUND')
  refusedWith(
    await host.zoneHead.post(`${path}/return`, { reason: '重做' }, { ifMatch: 1 }),
    409,
    'SELF_CHECK_NOT_SUBMITTED',
  )
  refusedWith(await host.staff.post(`${api}/self-checks/open`, { period: '2026-12' }), 422, 'PERIOD_IN_FUTURE')
})

test('[I5] a self-check is handed in once; sent back with a reason it is handed in again, late when the day has passed', async (t) => {
  const host = await startInspections(t)
  const id = (await opened(host)).get(schoolA) ?? ''
  const path = `${api}/self-checks/${id}`
  const first = await submit(host, schoolA, id)
  assert.equal(
    (await submit(host, schoolA, id)).body.version,
    first.body.version,
    'the same content is the same submission',
  )
  const answers = await answersFor(host.supervisor)
  const changed = { answers, statement: '改写过的说明。' }
  refusedWith(await host.principal.post(`${path}/submit`, changed), 409, 'SELF_CHECK_ALREADY_SUBMITTED')
  refusedWith(
    await host.otherZoneHead.post(`${path}/return`, { reason: '补照片' }, { ifMatch: 2 }),
    404,
    'STREAM_NOT_FOUND',
  )
  refusedWith(
    await host.zoneHead.post(`${path}/return`, { reason: '补照片' }, { ifMatch: 1 }),
    412,
    'WRONG_EXPECTED_VERSION',
  )
  ok(await host.zoneHead.post(`${path}/return`, { reason: '补照片' }, { ifMatch: 2 }))
  await host.settle()
  const returned = ok(await host.principal.get(path)).body
  assert.deepEqual([returned.state, returned.returnReason], ['returned', '补照片'])
  await host.moveTo('2026-11-28T01:00:00Z')
  ok(await host.principal.post(`${path}/submit`, changed))
  await host.settle()
  const last = ok(await host.principal.get(path)).body
  assert.deepEqual([last.state, last.late, last.statement], ['submitted', true, '改写过的说明。'])
  assert.deepEqual(
    last.timeline.map(({ event }: { event: string }) => event),
    ['SelfCheckOpened', 'SelfCheckSubmitted', 'SelfCheckReturned', 'SelfCheckSubmitted'],
  )
})

test('[I5] one school passes all four steps, and the bulletin contains its zone’s summary, in text and in Word', async (t) => {
  const host = await startInspections(t)
  const messages: BusMessage[] = []
  await host.host.bus.subscribe({
    topics: [bulletinIssued.topic],
    group: 'test',
    handle: async (message) => {
      if (message.type === bulletinIssued.type) messages.push(message)
    },
  })
  await twoStepsDone(host)
  const draft = ok(await host.zoneHead.get(`${api}/zone-summary-draft?period=${period}`)).body
  assert.deepEqual(
    [draft.counts.schools, draft.counts.selfChecks, draft.counts.toVisit, draft.counts.visited, draft.counts.findings],
    [3, 3, 2, 2, 1],
  )
  assert.deepEqual([draft.gaps, draft.negatives], [[], [{ name: '消防通道畅通，消防设施完好', count: 1 }]])
  assert.ok(draft.text.includes('已提交3所'))
  ok(await host.zoneHead.post(`${api}/zone-summaries`, { period, text: zoneText }))
  // At once, without waiting: what was handed in a moment ago is in it.
  const made = ok(await host.staff.post(`${api}/bulletins`, { period }))
  const path = `${api}/bulletins/${made.body.id}`
  await host.settle()
  const before = ok(await host.staff.get(path)).body
  assert.equal(before.nextNumber, '永教督通〔2026〕1号')
  assert.equal(before.letter.documentNumber, null)
  const wording = {
    ...before.wording,
    requirements: '各校举一反三。',
    missingReason: '乡镇责任区组长岗位空缺，下月一并汇总',
  }
  ok(await host.staff.post(`${path}/reword`, wording, { ifMatch: 1 }))
  const issued = ok(await host.head.post(`${path}/issue`, { approver: '示例主任' }, { ifMatch: 2 }))
  assert.equal(issued.body.documentNumber, '永教督通〔2026〕1号')
  await host.settle()

  const bulletin = ok(await host.principal.get(path)).body
  const text = bulletin.letter.paragraphs
    .map((line: { text: string; body: string }) => line.text + line.body)
    .join('\n')
  assert.ok(text.includes(zoneText), text)
  assert.ok(
    text.includes('乡镇责任区（1所）') && text.includes('岗位空缺'),
    'the missing zone is named with its reason',
  )
  assert.deepEqual([bulletin.approver, bulletin.state, bulletin.nextNumber], ['示例主任', 'issued', null])
  assert.equal(bulletin.letter.date, '2026年11月3日')
  const file = await host.principal.download(`${path}/letter`)
  assert.equal(file.status, 200)
  assert.match(String(file.headers['content-disposition']), /docx/)
  assert.deepEqual([...file.bytes.slice(0, 2)], [0x50, 0x4b])
  const month = ok(await host.staff.get(`${api}/routine?period=${period}`)).body
  assert.deepEqual(month.bulletin, { bulletinId: made.body.id, state: 'issued', documentNumber: '永教督通〔2026〕1号' })
  assert.deepEqual(
    month.zones.map(({ zoneName, summary }: { zoneName: string; summary: string }) => [zoneName, summary]),
    [
      ['乡镇责任区', 'none'],
      ['城区责任区', 'submitted'],
    ],
  )
  const heard = messages.map(({ data }) => data as { documentNumber: string; zones: number; zonesMissing: number })
  assert.deepEqual(
    heard.map(({ documentNumber, zones, zonesMissing }) => [documentNumber, zones, zonesMissing]),
    [['永教督通〔2026〕1号', 1, 1]],
  )
})

test('[I5] no step is skipped in silence: gaps and missing zones need a reason, a bulletin needs summaries and an approver', async (t) => {
  const host = await startInspections(t)
  const checks = await opened(host)
  await submit(host, schoolA, checks.get(schoolA) ?? '')
  await visit(host, host.supervisor, schoolA)
  await host.settle()
  refusedWith(await host.staff.post(`${api}/bulletins`, { period }), 409, 'BULLETIN_WITHOUT_SUMMARIES')
  const silent = await host.zoneHead.post(`${api}/zone-summaries`, { period, text: zoneText })
  refusedWith(silent, 422, 'ZONE_SUMMARY_GAPS_UNEXPLAINED')
  assert.ok(
    silent.body.detail.includes('示例培训机构') && silent.body.detail.includes('示例幼儿园'),
    silent.body.detail,
  )
  assert.equal(silent.body.errors[0].pointer, '/gapsReason')
  const given = { period, text: zoneText, gapsReason: '两家机构停业整顿' }
  refusedWith(
    await host.zoneHead.post(`${api}/zone-summaries`, { ...given, text: ' ' }),
    422,
    'ZONE_SUMMARY_TEXT_MISSING',
  )
  refusedWith(
    await host.zoneHead.post(`${api}/zone-summaries`, { ...given, period: '2027-01' }),
    422,
    'PERIOD_IN_FUTURE',
  )
  refusedWith(await host.supervisor.post(`${api}/zone-summaries`, given), 403, 'PERMISSION_MISSING')
  const summary = ok(await host.zoneHead.post(`${api}/zone-summaries`, given))
  ok(await host.zoneHead.post(`${api}/zone-summaries`, given))
  const other = { ...given, text: '另一段文字' }
  refusedWith(await host.zoneHead.post(`${api}/zone-summaries`, other), 409, 'ZONE_SUMMARY_ALREADY_SUBMITTED')

  const { body } = ok(await host.staff.post(`${api}/bulletins`, { period }))
  const path = `${api}/bulletins/${body.id}`
  refusedWith(
    await host.head.post(`${path}/issue`, { approver: ' ' }, { ifMatch: 1 }),
    422,
    'BULLETIN_APPROVER_MISSING',
  )
  const missing = await host.head.post(`${path}/issue`, { approver: '示例主任' }, { ifMatch: 1 })
  refusedWith(missing, 422, 'BULLETIN_MISSING_UNEXPLAINED')
  assert.ok(missing.body.detail.includes('乡镇责任区'))
  refusedWith(
    await host.zoneHead.post(`${path}/issue`, { approver: '示例主任' }, { ifMatch: 1 }),
    403,
    'PERMISSION_MISSING',
  )
  refusedWith(
    await host.foreignHead.post(`${path}/issue`, { approver: '示例主任' }, { ifMatch: 1 }),
    404,
    'STREAM_NOT_FOUND',
  )

  const back = `${api}/zone-summaries/${summary.body.id}/return`
  refusedWith(await host.foreignHead.post(back, { reason: '补充' }, { ifMatch: 1 }), 404, 'STREAM_NOT_FOUND')
  ok(await host.staff.post(back, { reason: '请补充校外培训机构情况' }, { ifMatch: 1 }))
  ok(await host.zoneHead.post(`${api}/zone-summaries`, other))
  await host.settle()
  const stale = await host.head.post(`${path}/issue`, { approver: '示例主任' }, { ifMatch: 1 })
  refusedWith(stale, 409, 'BULLETIN_SUMMARIES_CHANGED')
  assert.deepEqual(ok(await host.staff.get(path)).body.changed, ['城区责任区'])
  ok(await host.staff.post(`${api}/bulletins`, { period }))
  await host.settle()
  const drawn = ok(await host.staff.get(path)).body
  assert.deepEqual([drawn.changed, drawn.summaries[0].text], [[], '另一段文字'])
  const wording = { ...drawn.wording, missingReason: '组长空缺' }
  ok(await host.staff.post(`${path}/reword`, wording, { ifMatch: drawn.version }))
  ok(await host.head.post(`${path}/issue`, { approver: '示例主任' }, { ifMatch: drawn.version + 1 }))
  await host.settle()
  refusedWith(
    await host.staff.post(`${path}/reword`, wording, { ifMatch: drawn.version + 2 }),
    409,
    'BULLETIN_ALREADY_ISSUED',
  )
  refusedWith(await host.staff.post(`${api}/bulletins`, { period }), 409, 'BULLETIN_ALREADY_ISSUED')
  refusedWith(await host.staff.post(back, { reason: '再改' }, { ifMatch: 3 }), 409, 'ZONE_SUMMARY_IN_BULLETIN')
  refusedWith(await host.otherZoneHead.post(`${api}/zone-summaries`, given), 409, 'ZONE_SUMMARY_IN_BULLETIN')
})

test('[I9] what a school does is seen by itself, its zone and the county; on no list by a sister zone or another office', async (t) => {
  const host = await startInspections(t)
  const checks = await twoStepsDone(host)
  ok(await host.zoneHead.post(`${api}/zone-summaries`, { period, text: zoneText }))
  await host.settle()
  const { body } = ok(await host.staff.post(`${api}/bulletins`, { period }))
  await host.settle()
  const names = async (person: InspectionsHost['head'], path: string, key = 'schoolName'): Promise<string[]> => {
    const { items } = ok(await person.get(`${api}${path}`)).body
    return [...new Set(items.map((item: Record<string, string>) => item[key]))].toSorted() as string[]
  }
  const ofZoneA = ['示例培训机构', '示例幼儿园', '示例第一小学'].toSorted()
  for (const path of [`/self-checks?period=${period}`, `/self-checks?zoneId=${zoneA}`]) {
    assert.deepEqual(await names(host.zoneHead, path), ofZoneA, path)
    assert.ok(!(await names(host.otherZoneHead, path)).some((name) => ofZoneA.includes(name)), path)
    assert.ok(!(await names(host.foreignHead, path)).some((name) => ofZoneA.includes(name)), path)
  }
  assert.deepEqual(await names(host.supervisor, '/self-checks'), ofZoneA)
  assert.deepEqual(await names(host.otherSupervisor, '/self-checks'), ['示例第二小学'])
  assert.deepEqual(await names(host.otherSupervisor, `/self-checks?schoolId=${schoolA}`), [])
  assert.deepEqual(await names(host.principal, '/self-checks'), ['示例第一小学'])
  for (const path of ['/visits', '/findings', '/ledger?limit=100&unsettled=true']) {
    assert.ok((await names(host.zoneHead, path)).includes('示例第一小学'), path)
    assert.ok((await names(host.head, path)).includes('示例第一小学'), path)
    assert.ok(!(await names(host.otherZoneHead, path)).includes('示例第一小学'), path)
    assert.deepEqual(await names(host.foreignHead, path), [], path)
  }
  assert.deepEqual(await names(host.zoneHead, '/coverage', 'name'), ['示例幼儿园', '示例第一小学'].toSorted())
  assert.deepEqual(await names(host.otherZoneHead, '/coverage', 'name'), ['示例第二小学'])
  assert.deepEqual(await names(host.zoneHead, '/zone-summaries', 'zoneName'), ['城区责任区'])
  for (const person of [host.otherZoneHead, host.supervisor, host.principal, host.foreignHead]) {
    assert.deepEqual(await names(person, '/zone-summaries', 'zoneName'), [])
    assert.deepEqual(await names(person, '/bulletins', 'title'), [], 'a draft is the office’s own')
  }
  refusedWith(await host.otherZoneHead.get(`${api}/self-checks/${checks.get(schoolA)}`), 404, 'SELF_CHECK_NOT_FOUND')
  refusedWith(await host.otherSupervisor.get(`${api}/self-checks/${checks.get(schoolA)}`), 404, 'SELF_CHECK_NOT_FOUND')
  refusedWith(await host.zoneHead.get(`${api}/bulletins/${body.id}`), 404, 'BULLETIN_NOT_FOUND')
  refusedWith(await host.zoneHead.download(`${api}/bulletins/${body.id}/letter`), 404, 'BULLETIN_NOT_FOUND')
  const routine = ok(await host.otherZoneHead.get(`${api}/routine?period=${period}`)).body
  assert.deepEqual(
    [routine.counts.schools, routine.zones.map(({ zoneId }: { zoneId: string }) => zoneId), routine.bulletin],
    [1, [zoneB], null],
  )
})

test('[I9] the three levels show their duties and numbers, each within its own sight', async (t) => {
  const host = await startInspections(t)
  await twoStepsDone(host)
  const seen = async (person: InspectionsHost['head']) => ok(await person.get(`${api}/levels?period=${period}`)).body
  const county = await seen(host.head)
  assert.deepEqual(
    county.levels.map(({ title, duties }: { title: string; duties: string[] }) => [title, duties.length > 0]),
    [
      ['县级', true],
      ['片区', true],
      ['学校', true],
    ],
  )
  assert.deepEqual(
    [county.county.schools, county.county.findings, county.zones.length, county.schools.length],
    [4, 1, 2, 4],
  )
  const sum = county.zones.reduce(
    (total: number, zone: { counts: { findings: number } }) => total + zone.counts.findings,
    0,
  )
  assert.equal(sum, county.county.findings, 'the zones add up to the county')
  const zone = await seen(host.zoneHead)
  assert.deepEqual(
    [zone.county, zone.zones.length, zone.schools.length, zone.zones[0].counts.findings],
    [null, 1, 3, 1],
  )
  const sister = await seen(host.otherZoneHead)
  assert.deepEqual([sister.schools.length, sister.zones[0].counts.findings], [1, 0])
  const school = await seen(host.principal)
  assert.deepEqual([school.county, school.zones, school.schools.length, school.schools[0].findings], [null, [], 1, 1])
  assert.deepEqual(
    (await seen(host.foreignHead)).schools.map(({ name }: { name: string }) => name),
    ['示例外区小学'],
  )
})
