import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemCancelled, problemOpened, problemRebounded, schoolChanged } from '@dulian/contracts'
import { ok, refusedWith } from '@dulian/service-host/testing'
import {
  answersFor,
  bothSigned,
  foreignSchool,
  kindergarten,
  schoolA,
  schoolB,
  startInspections,
  supervisorA,
  supervisorB,
  zoneA,
} from './inspections-host.ts'

const api = '/api/inspections'

test('[I7][I8] a supervisor records a visit on the phone in one command; sent twice it is one visit with one finding', async (t) => {
  const host = await startInspections(t)
  const mine = ok(await host.supervisor.get(`${api}/my-schools`)).body.items
  assert.deepEqual(
    mine.map((school: { name: string; visitedThisMonth: boolean }) => [school.name, school.visitedThisMonth]).sort(),
    [
      ['示例培训机构', false],
      ['示例幼儿园', false],
      ['示例第一小学', false],
    ],
  )
  const photo = await host.photo()
  const body = {
    schoolId: schoolA,
    visitedOn: '2026-11-03',
    answers: await answersFor(host.supervisor, { C02: { note: '公示课表与班级课表不一致', evidence: [photo] } }),
    signatures: bothSigned,
  }
  const first = ok(await host.supervisor.post(`${api}/visits/quick`, body, { key: 'phone-1' }), 201)
  const again = ok(await host.supervisor.post(`${api}/visits/quick`, body, { key: 'phone-1' }), 201)
  assert.deepEqual([again.body.id, again.body.version], [first.body.id, first.body.version])
  const position = { 'min-position': first.body.position }

  const list = ok(await host.supervisor.get(`${api}/visits?month=2026-11`, position)).body.items
  assert.deepEqual(
    list.map((visit: Record<string, unknown>) => [visit.state, visit.schoolName, visit.negatives, visit.findings]),
    [['recorded', '示例第一小学', 1, 1]],
  )
  const visit = ok(await host.supervisor.get(`${api}/visits/${first.body.id}`, position))
  assert.equal(visit.headers.etag, '"v3"')
  const [finding] = visit.body.findings
  assert.deepEqual([finding.itemCode, finding.state, finding.evidence[0].hash], ['C02', 'proposed', photo.hash])
  assert.deepEqual(
    visit.body.timeline.map((entry: { event: string }) => entry.event),
    ['VisitScheduled', 'VisitStarted', 'VisitRecorded'],
  )
  const after = ok(await host.supervisor.get(`${api}/my-schools`, position)).body.items
  const school = after.find((one: { schoolId: string }) => one.schoolId === schoolA)
  assert.deepEqual([school.visitedThisMonth, school.lastVisitOn], [true, '2026-11-03'])
})

test('[I7] the same visit from a rebuilt outbox, under its own visit id and a new key, is still one', async (t) => {
  const host = await startInspections(t)
  const body = {
    visitId: '0197a000-0000-7000-8000-000000000799',
    schoolId: kindergarten,
    visitedOn: '2026-11-02',
    answers: await answersFor(host.supervisor, {}, 'kindergarten'),
    signatures: bothSigned,
  }
  const first = ok(await host.supervisor.post(`${api}/visits/quick`, body), 201)
  const again = ok(await host.supervisor.post(`${api}/visits/quick`, body), 201)
  assert.equal(first.body.id, body.visitId)
  assert.deepEqual([again.body.id, again.body.version], [body.visitId, 3])
  refusedWith(
    await host.supervisor.post(`${api}/visits/quick`, { ...body, visitedOn: '2026-11-01' }),
    409,
    'VISIT_ALREADY_RECORDED',
  )
})

test('[I6] a record with an open item, an unexplained negative, or evidence never uploaded is refused with its place', async (t) => {
  const host = await startInspections(t)
  const answers = await answersFor(host.supervisor)
  const body = { schoolId: schoolA, visitedOn: '2026-11-03', answers, signatures: bothSigned }
  const missing = await host.supervisor.post(`${api}/visits/quick`, { ...body, answers: answers.slice(1) })
  refusedWith(missing, 422, 'VISIT_ITEM_UNANSWERED')
  assert.equal(missing.body.errors[0].pointer, '/answers/-')
  const unexplained = answers.map((answer, place) => (place === 2 ? { ...answer, answer: 'no' } : answer))
  const noNote = await host.supervisor.post(`${api}/visits/quick`, { ...body, answers: unexplained })
  refusedWith(noNote, 422, 'VISIT_NOTE_MISSING')
  assert.equal(noNote.body.errors[0].pointer, '/answers/2/note')
  const invented = { hash: 'b'.repeat(64), name: '无.jpg', mediaType: 'image/jpeg', size: 1, service: 'inspections' }
  const withInvented = answers.map((answer, place) => (place === 0 ? { ...answer, evidence: [invented] } : answer))
  const notThere = await host.supervisor.post(`${api}/visits/quick`, { ...body, answers: withInvented })
  refusedWith(notThere, 422, 'FILE_NOT_UPLOADED')
  assert.equal(notThere.body.errors[0].pointer, '/answers/0/evidence/0')
  const { school: _, ...onlySupervisor } = bothSigned
  const unsigned = await host.supervisor.post(`${api}/visits/quick`, { ...body, signatures: onlySupervisor })
  assert.equal(unsigned.status, 400)
})

test('a scheduled visit is started, recorded and its finding confirmed; the school sees it only once recorded', async (t) => {
  const host = await startInspections(t)
  const scheduled = ok(
    await host.staff.post(`${api}/visits`, {
      schoolId: schoolA,
      supervisorId: supervisorA,
      scheduledFor: '2026-11-10',
    }),
    201,
  )
  const path = `${api}/visits/${scheduled.body.id}`
  await host.settle()
  refusedWith(await host.principal.get(path), 404, 'VISIT_NOT_FOUND')
  assert.deepEqual(ok(await host.principal.get(`${api}/visits`)).body.items, [])
  assert.deepEqual(ok(await host.principal.get(`${api}/visits?state=scheduled`)).body.items, [])

  ok(await host.supervisor.post(`${path}/start`, {}))
  ok(await host.supervisor.post(`${path}/start`, {}))
  const answers = await answersFor(host.supervisor, { A05: { note: '东侧楼梯间堆放课桌' } })
  const record = { visitedOn: '2026-11-03', answers, signatures: bothSigned }
  const recorded = ok(await host.supervisor.post(`${path}/record`, record))
  assert.equal(ok(await host.supervisor.post(`${path}/record`, record)).body.version, recorded.body.version)

  const detail = ok(await host.principal.get(path, { 'min-position': recorded.body.position }))
  const [{ findingId }] = detail.body.findings
  const proposed = ok(
    await host.staff.get(`${api}/findings?state=proposed`, { 'min-position': recorded.body.position }),
  )
  assert.deepEqual(
    proposed.body.items.map((finding: { findingId: string }) => finding.findingId),
    [findingId],
  )
  refusedWith(
    await host.supervisor.post(`${path}/findings/${findingId}/confirm`, { severity: 'serious' }),
    403,
    'PERMISSION_MISSING',
  )
  refusedWith(
    await host.otherZoneHead.post(`${path}/findings/${findingId}/confirm`, { severity: 'serious' }),
    404,
    'STREAM_NOT_FOUND',
  )
  const confirmed = ok(await host.zoneHead.post(`${path}/findings/${findingId}/confirm`, { severity: 'serious' }))
  ok(await host.head.post(`${path}/findings/${findingId}/confirm`, { severity: 'serious' }))
  refusedWith(
    await host.head.post(`${path}/findings/${findingId}/dismiss`, { reason: '误判' }),
    409,
    'FINDING_ALREADY_CONFIRMED',
  )
  const after = ok(await host.staff.get(`${api}/findings?state=confirmed`, { 'min-position': confirmed.body.position }))
  assert.deepEqual([after.body.items.length, after.body.items[0].severity], [1, 'serious'])
})

test('[I9] a school’s visit and finding are seen by its zone and its county, not by a sister zone', async (t) => {
  const host = await startInspections(t)
  const answers = await answersFor(host.supervisor, { A05: { note: '通道被堵' } })
  const made = ok(
    await host.supervisor.post(`${api}/visits/quick`, {
      schoolId: schoolA,
      visitedOn: '2026-11-03',
      answers,
      signatures: bothSigned,
    }),
    201,
  )
  const fresh = { 'min-position': made.body.position }
  const seen = async (person: typeof host.head, path: string) =>
    ok(await person.get(`${api}${path}`, fresh)).body.items.length
  for (const path of ['/visits', '/findings']) {
    assert.equal(await seen(host.head, path), 1)
    assert.equal(await seen(host.zoneHead, path), 1)
    assert.equal(await seen(host.otherZoneHead, path), 0)
    assert.equal(await seen(host.otherSupervisor, path), 0)
    assert.equal(await seen(host.foreignHead, path), 0)
    assert.equal(await seen(host.otherZoneHead, `${path}?zoneId=${zoneA}`), 0, 'a filter does not widen a scope')
  }
  refusedWith(await host.otherZoneHead.get(`${api}/visits/${made.body.id}`), 404, 'VISIT_NOT_FOUND')
})

test('another office’s schools, supervisors, visits and lists do not exist', async (t) => {
  const host = await startInspections(t)
  const answers = await answersFor(host.supervisor)
  const made = ok(
    await host.supervisor.post(`${api}/visits/quick`, {
      schoolId: schoolA,
      visitedOn: '2026-11-03',
      answers,
      signatures: bothSigned,
    }),
    201,
  )
  await host.settle()
  refusedWith(await host.foreignHead.get(`${api}/visits/${made.body.id}`), 404, 'VISIT_NOT_FOUND')
  const order = { schoolId: schoolA, supervisorId: supervisorA, scheduledFor: '2026-11-10' }
  refusedWith(await host.foreignHead.post(`${api}/visits`, order), 404, 'SCHOOL_NOT_FOUND')
  refusedWith(await host.head.post(`${api}/visits`, { ...order, schoolId: foreignSchool }), 404, 'SCHOOL_NOT_FOUND')
  const quick = { schoolId: schoolA, visitedOn: '2026-11-03', answers, signatures: bothSigned }
  refusedWith(await host.foreignSupervisorPerson.post(`${api}/visits/quick`, quick), 404, 'SCHOOL_NOT_FOUND')
  refusedWith(
    await host.foreignSupervisorPerson.post(`${api}/visits/${made.body.id}/start`, {}),
    404,
    'STREAM_NOT_FOUND',
  )
  const list = ok(
    await host.head.post(`${api}/checklists`, { title: '专项', items: [{ code: '1', title: '条目' }] }),
    201,
  )
  await host.settle()
  refusedWith(await host.foreignHead.get(`${api}/checklists/${list.body.id}`), 404, 'CHECKLIST_NOT_FOUND')
  refusedWith(
    await host.foreignHead.post(`${api}/checklists/${list.body.id}/publish`, {}, { ifMatch: 1 }),
    404,
    'STREAM_NOT_FOUND',
  )
  assert.deepEqual(
    ok(await host.foreignHead.get(`${api}/coverage?month=2026-11`)).body.items.map((row: { name: string }) => row.name),
    ['示例外区小学'],
  )
})

test('[R6] a supervisor cannot record at a school where somebody else is posted', async (t) => {
  const host = await startInspections(t)
  const answers = await answersFor(host.supervisor)
  const quick = { schoolId: schoolB, visitedOn: '2026-11-03', answers, signatures: bothSigned }
  refusedWith(await host.supervisor.post(`${api}/visits/quick`, quick), 409, 'VISIT_SUPERVISOR_NOT_POSTED')
})

test('[I7][D5] month’s end: unvisited schools are listed by name and supervisor, visits still due become missed', async (t) => {
  const host = await startInspections(t)
  const answers = await answersFor(host.supervisor)
  ok(
    await host.supervisor.post(`${api}/visits/quick`, {
      schoolId: schoolA,
      visitedOn: '2026-11-03',
      answers,
      signatures: bothSigned,
    }),
    201,
  )
  const due = ok(
    await host.staff.post(`${api}/visits`, {
      schoolId: schoolB,
      supervisorId: supervisorB,
      scheduledFor: '2026-11-27',
    }),
    201,
  )
  await host.moveTo('2026-11-30T04:00:00Z')
  assert.equal(ok(await host.head.get(`${api}/visits/${due.body.id}`)).body.state, 'scheduled')
  await host.moveTo('2026-11-30T16:00:01Z')
  assert.equal(ok(await host.head.get(`${api}/visits/${due.body.id}`)).body.state, 'missed')

  const coverage = ok(await host.head.get(`${api}/coverage?month=2026-11`)).body
  assert.deepEqual(coverage.totals, { schools: 3, covered: 1, uncovered: 2, visits: 1, unposted: 0 })
  assert.deepEqual(
    coverage.items
      .filter((row: { covered: boolean }) => !row.covered)
      .map((row: { name: string; supervisorName: string }) => [row.name, row.supervisorName])
      .sort(),
    [
      ['示例幼儿园', '示例督学甲'],
      ['示例第二小学', '示例督学乙'],
    ],
  )
  const zones = coverage.byZone.map((zone: { name: string; schools: number; covered: number }) => [
    zone.name,
    zone.schools,
    zone.covered,
  ])
  assert.deepEqual(zones.sort(), [
    ['乡镇责任区', 1, 0],
    ['城区责任区', 2, 1],
  ])
  assert.equal(ok(await host.zoneHead.get(`${api}/coverage?month=2026-11`)).body.totals.schools, 2)
  assert.equal(ok(await host.head.get(`${api}/coverage`)).body.month, '2026-12')

  await host.moveTo('2026-12-03T01:00:00Z')
  const history = ok(await host.head.get(`${api}/visits/${due.body.id}`)).body.timeline
  assert.equal(history.filter((entry: { event: string }) => entry.event === 'VisitMissed').length, 1)
})

test('[I10] the ledger lists every school and item; unsettled lines come from findings and go with 销号', async (t) => {
  const host = await startInspections(t)
  const answers = await answersFor(host.supervisor, { A05: { note: '通道被堵' } })
  const made = ok(
    await host.supervisor.post(`${api}/visits/quick`, {
      schoolId: schoolA,
      visitedOn: '2026-11-03',
      answers,
      signatures: bothSigned,
    }),
    201,
  )
  await host.settle()
  const ledger = ok(await host.head.get(`${api}/ledger?limit=100`)).body.items
  assert.equal(ledger.length, 4)
  const kindergartenItems = (await answersFor(host.supervisor, {}, 'kindergarten')).length
  for (const school of ledger) {
    assert.equal(school.lines.length, school.schoolId === kindergarten ? kindergartenItems : answers.length)
  }
  const unvisited = ledger.find((school: { schoolId: string }) => school.schoolId === schoolB)
  assert.ok(unvisited.lines.every((line: { answer: unknown }) => line.answer === null))
  const unsettled = async () =>
    ok(await host.head.get(`${api}/ledger?unsettled=true`)).body.items.flatMap(
      (school: { lines: { itemCode: string }[] }) => school.lines.map(({ itemCode }) => itemCode),
    )
  assert.deepEqual(await unsettled(), ['A05'])

  const [finding] = ok(await host.head.get(`${api}/visits/${made.body.id}`)).body.findings
  const key = {
    office: 'yongchuan',
    problemId: '0197a000-0000-7000-8000-000000000a01',
    schoolId: schoolA,
    schoolName: '示例第一小学',
    findingId: finding.findingId,
    visitId: made.body.id,
    taskId: null,
    title: '消防通道',
  }
  await host.announce(problemOpened, { ...key, openedOn: '2026-11-04' }, 'yongchuan', 'problem-1')
  await host.settle()
  const mine = async () =>
    ok(await host.supervisor.get(`${api}/my-schools`)).body.items.find(
      (one: { schoolId: string }) => one.schoolId === schoolA,
    )
  assert.equal((await mine()).openProblems, 1)
  assert.deepEqual(await unsettled(), ['A05'])
  await host.announce(problemCancelled, { ...key, cancelledAt: '2026-12-01T03:00:00.000Z' }, 'yongchuan', 'problem-1')
  await host.settle()
  assert.equal((await mine()).openProblems, 0)
  assert.deepEqual(await unsettled(), [])
  await host.announce(problemRebounded, { ...key, reboundedOn: '2027-03-04', times: 1 }, 'yongchuan', 'problem-1')
  await host.settle()
  assert.equal((await mine()).openProblems, 1, 'what came back is open again')
  assert.deepEqual(await unsettled(), ['A05'])
})

test('an office’s own list is drafted, published and used; the next edition changes no old visit', async (t) => {
  const host = await startInspections(t)
  const items = [{ code: 'S1', title: '留样齐全', clause: '《食品安全法》', severity: 'serious' }]
  const made = ok(await host.staff.post(`${api}/checklists`, { title: '食品安全', items }), 201)
  const path = `${api}/checklists/${made.body.id}`
  const order = { schoolId: schoolA, supervisorId: supervisorA, scheduledFor: '2026-11-10', checklistId: made.body.id }
  refusedWith(await host.staff.post(`${api}/visits`, order), 409, 'CHECKLIST_NOT_PUBLISHED')
  ok(await host.staff.post(`${path}/publish`, {}, { ifMatch: 1 }))
  const visit = ok(await host.staff.post(`${api}/visits`, order), 201)
  refusedWith(
    await host.staff.post(`${path}/revise`, { title: '食品安全', items }, { ifMatch: 1 }),
    412,
    'WRONG_EXPECTED_VERSION',
  )
  ok(
    await host.staff.post(
      `${path}/revise`,
      { title: '食品安全', items: [...items, { code: 'S2', title: '陪餐' }] },
      { ifMatch: 2 },
    ),
  )
  const second = ok(await host.staff.post(`${path}/publish`, {}, { ifMatch: 3 }))
  const shown = ok(await host.staff.get(path, { 'min-position': second.body.position })).body
  assert.deepEqual([shown.edition, shown.items.length, shown.standing], [2, 2, false])
  const kept = ok(await host.staff.get(`${api}/visits/${visit.body.id}`, { 'min-position': second.body.position })).body
  assert.deepEqual([kept.checklist.edition, kept.checklist.items.length], [1, 1])
  const list = ok(await host.staff.get(`${api}/checklists`)).body.items
  assert.deepEqual(
    list.map((one: { origin: string; standing: boolean }) => [one.origin, one.standing]),
    [['monthly', true], ['monthly', true], ...Array(4).fill(['topics', false]), ['office', false]],
  )
})

test('a visit is cancelled with a reason under the version seen, and then neither starts nor counts', async (t) => {
  const host = await startInspections(t)
  const order = { schoolId: schoolA, supervisorId: supervisorA, scheduledFor: '2026-11-10' }
  const { body } = ok(await host.staff.post(`${api}/visits`, order), 201)
  const path = `${api}/visits/${body.id}`
  assert.equal((await host.staff.post(`${path}/cancel`, { reason: '停课' })).status, 428)
  ok(await host.staff.post(`${path}/cancel`, { reason: '停课' }, { ifMatch: 1 }))
  refusedWith(await host.supervisor.post(`${path}/start`, {}), 409, 'VISIT_IS_CANCELLED')
  await host.moveTo('2026-12-01T01:00:00Z')
  assert.equal(ok(await host.staff.get(path)).body.state, 'cancelled')
})

test('a rebuilt view answers what the live one answered, and follows a school’s new name', async (t) => {
  const host = await startInspections(t)
  const answers = await answersFor(host.supervisor, { A05: { note: '通道被堵' } })
  ok(
    await host.supervisor.post(`${api}/visits/quick`, {
      schoolId: schoolA,
      visitedOn: '2026-11-03',
      answers,
      signatures: bothSigned,
    }),
    201,
  )
  const renamed = {
    office: 'yongchuan',
    schoolId: schoolA,
    code: '1',
    name: '示例实验小学',
    kind: 'school',
    stage: 'primary',
    ownership: 'public',
    zoneId: zoneA,
    zoneName: '城区责任区',
    enrolment: 901,
  }
  await host.announce(schoolChanged, renamed)
  await host.settle()
  const paths = ['/visits', '/findings', '/coverage?month=2026-11', '/ledger?limit=100', '/checklists']
  const ask = async () => await Promise.all(paths.map(async (path) => ok(await host.head.get(`${api}${path}`)).body))
  const live = await ask()
  for (const view of ['known-schools', 'checklists', 'visits', 'findings', 'coverage', 'ledger']) {
    await host.host.service('inspections').rebuild(view)
  }
  await host.settle()
  assert.deepEqual(await ask(), live)
  const names = live[2].items.map((row: { name: string }) => row.name)
  assert.ok(names.includes('示例实验小学'))
})
