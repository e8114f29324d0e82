import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemCancelled, problemOpened, problemRebounded } from '@dulian/contracts'
import { ok, refusedWith } from '@dulian/service-host/testing'
import { openedCampaign, recordCampaignVisit, startWithTeam } from './campaign-story.ts'
import { answersFor, bothSigned, schoolA, schoolB, startInspections, supervisorA, zoneA } from './inspections-host.ts'

const api = '/api/inspections'

interface List {
  checklistId: string
  title: string
  origin: string
  source: string | null
  items: { code: string; group: string | null }[]
}

test('[I6] each district has its own topics: switching the district shows others, with the plan they rest on', async (t) => {
  const host = await startInspections(t)
  const topicsOf = async (office: string) => {
    const person = host.as({ subject: `staff-${office}`, office, roles: ['office-staff'] })
    const lists = ok(await person.get(`${api}/checklists`)).body.items as List[]
    const own = lists.find(({ origin }) => origin === 'topics')
    assert.ok(own?.source)
    return { title: own.title, id: own.checklistId, groups: [...new Set(own.items.map(({ group }) => group))] }
  }
  const chengkou = await topicsOf('chengkou')
  assert.deepEqual(chengkou.groups, ['教学常规管理', '党建工作', '师德师风', '安全稳定'])
  const dadukou = await topicsOf('dadukou')
  assert.deepEqual(dadukou.groups, ['学校党建', '教育教学', '科学研究', '师德师风', '资源配置', '教育收费', '安全稳定'])
  const qijiang = await topicsOf('qijiang')
  assert.deepEqual(qijiang.groups, ['学校安全', '身心健康', '思政课建设', '“阴阳课表”', '“四个100%”', '“双减”'])
  const other = await topicsOf('jiangjin')
  assert.equal(other.groups.length, 8, 'a district without topics of its own has the eight of 挂牌督导')
  refusedWith(await host.foreignHead.get(`${api}/checklists/${chengkou.id}`), 404, 'CHECKLIST_NOT_FOUND')
})

test('[I6] a visit with a district’s topics: an open item blocks the record and every open one is named', async (t) => {
  const host = await startInspections(t)
  const lists = ok(await host.staff.get(`${api}/checklists`)).body.items as List[]
  const topics = lists.find(({ origin }) => origin === 'topics')
  assert.ok(topics)
  const order = {
    schoolId: schoolA,
    supervisorId: supervisorA,
    scheduledFor: '2026-11-10',
    checklistId: topics.checklistId,
  }
  const { body } = ok(await host.staff.post(`${api}/visits`, order), 201)
  const path = `${api}/visits/${body.id}/record`
  const answers = topics.items.map(({ code }) => ({ code, answer: 'yes' as string | null }))
  const open = answers.map((answer, place) => (place === 1 ? { ...answer, answer: null } : answer)).slice(0, -1)
  const refused = await host.supervisor.post(path, { visitedOn: '2026-11-03', answers: open, signatures: bothSigned })
  refusedWith(refused, 422, 'VISIT_ITEM_UNANSWERED')
  assert.deepEqual(refused.body.details.codes, [topics.items[1]?.code, topics.items.at(-1)?.code])
  assert.match(refused.body.detail, /共 2 条未答/)
  ok(await host.supervisor.post(path, { visitedOn: '2026-11-03', answers, signatures: bothSigned }))
})

test('[I6] a 幼儿园 is visited with its own monthly list', async (t) => {
  const host = await startInspections(t)
  const school = (await answersFor(host.supervisor)).length
  const kindergarten = (await answersFor(host.supervisor, {}, 'kindergarten')).length
  assert.ok(kindergarten > 0 && kindergarten !== school)
})

test('[I8] “two timetables” is a finding with photo and owner; without the photo the record is refused', async (t) => {
  const host = await startInspections(t)
  const note = '公示课表与班级课表不一致'
  const quick = { schoolId: schoolA, visitedOn: '2026-11-03', signatures: bothSigned }
  const without = await answersFor(host.supervisor, { C02: { note } })
  const refused = await host.supervisor.post(`${api}/visits/quick`, { ...quick, answers: without })
  refusedWith(refused, 422, 'VISIT_EVIDENCE_MISSING')
  const place = without.findIndex((answer) => 'code' in answer && answer.code === 'C02')
  assert.equal(refused.body.errors[0].pointer, `/answers/${place}/evidence`)

  const photo = await host.photo()
  const answers = await answersFor(host.supervisor, { C02: { note, evidence: [photo] } })
  ok(await host.supervisor.post(`${api}/visits/quick`, { ...quick, answers }), 201)
  await host.settle()
  const [finding] = ok(await host.staff.get(`${api}/findings?state=proposed`)).body.items
  assert.deepEqual(
    [finding.itemCode, finding.description, finding.evidence[0].hash, finding.schoolName, finding.supervisorName],
    ['C02', note, photo.hash, '示例第一小学', '示例督学甲'],
  )
})

test('[I10] the same code in two lists is two lines; a line tells what became of each finding, to 销号', async (t) => {
  const host = await startWithTeam(t)
  const { id } = await openedCampaign(host, { scope: { schoolIds: [schoolA] } })
  await recordCampaignVisit(host, { campaignId: id, schoolId: schoolA, negative: { O01: { note: '教材未到齐' } } })
  const answers = await answersFor(host.supervisor, { A05: { note: '通道被堵' } })
  const quick = { schoolId: schoolA, visitedOn: '2026-11-03', answers, signatures: bothSigned }
  const made = ok(await host.supervisor.post(`${api}/visits/quick`, quick), 201)
  await host.settle()
  interface Line {
    checklistTitle: string
    itemCode: string
    itemGroup: string | null
    unsettled: boolean
    findings: { findingId: string; problemId: string | null; state: string }[]
  }
  const linesOf = async (search = ''): Promise<Line[]> =>
    ok(await host.head.get(`${api}/ledger?limit=100${search}`)).body.items.flatMap(
      (one: { lines: Line[] }) => one.lines,
    )
  const ofSchool = await linesOf(`&schoolId=${schoolA}`)
  assert.equal(ofSchool.length, answers.length + 11, 'every item of the monthly list, and those of the campaign')
  const open = await linesOf('&unsettled=true')
  assert.deepEqual(open.map(({ checklistTitle, itemCode }) => [checklistTitle, itemCode]).sort(), [
    ['开学专项督导', 'O01'],
    ['责任督学每月进校督查清单', 'A05'],
  ])

  const [{ findingId }] = ok(await host.head.get(`${api}/visits/${made.body.id}`)).body.findings
  const state = async () =>
    (await linesOf(`&schoolId=${schoolA}`)).find(({ itemCode }) => itemCode === 'A05')?.findings[0]
  assert.equal((await state())?.state, 'proposed')
  ok(await host.staff.post(`${api}/visits/${made.body.id}/findings/${findingId}/confirm`, { severity: 'serious' }))
  await host.settle()
  assert.equal((await state())?.state, 'confirmed')
  const problemId = '0197a000-0000-7000-8000-000000000a01'
  const key = { problemId, schoolId: schoolA, schoolName: '示例第一小学', findingId, visitId: made.body.id }
  const problem = { office: 'yongchuan', ...key, taskId: null, title: '消防通道' }
  await host.announce(problemOpened, { ...problem, openedOn: '2026-11-04' }, 'yongchuan', 'problem-1')
  await host.settle()
  assert.deepEqual(await state(), { findingId, problemId, state: 'open' })
  const cancelled = { ...problem, cancelledAt: '2026-12-01T03:00:00.000Z' }
  await host.announce(problemCancelled, cancelled, 'yongchuan', 'problem-1')
  await host.settle()
  assert.equal((await state())?.state, 'cancelled')
  assert.deepEqual(
    (await linesOf('&unsettled=true')).map(({ itemCode }) => itemCode),
    ['O01'],
  )
})

test('[N9] a finding that makes an old problem come back is linked to it; both are open again, as one thing, until it is settled anew', async (t) => {
  const host = await startWithTeam(t)
  const answers = await answersFor(host.supervisor, { A05: { note: '通道被堵' } })
  const visit = async (visitedOn: string) => {
    const sheet = { schoolId: schoolA, visitedOn, answers, signatures: bothSigned }
    const made = ok(await host.supervisor.post(`${api}/visits/quick`, sheet), 201)
    await host.settle()
    const [{ findingId }] = ok(await host.head.get(`${api}/visits/${made.body.id}`)).body.findings
    return { visitId: made.body.id as string, findingId: findingId as string }
  }
  const first = await visit('2026-11-02')
  const second = await visit('2026-11-03')
  const problemId = '0197a000-0000-7000-8000-000000000a02'
  const problem = { office: 'yongchuan', problemId, schoolId: schoolA, schoolName: '示例第一小学', taskId: null }
  const told = { ...problem, ...first, title: '消防通道' }
  const line = async () => {
    await host.settle()
    const { items } = ok(await host.head.get(`${api}/ledger?limit=100&schoolId=${schoolA}`)).body
    const { findings, ...rest } = items[0].lines.find(({ itemCode }: { itemCode: string }) => itemCode === 'A05')
    const states = findings.map((one: Record<string, string>) => [one.findingId, one.problemId, one.state])
    return { states, unsettled: rest.unsettled, count: rest.unsettledFindings }
  }
  const openAtSchool = async () =>
    ok(await host.supervisor.get(`${api}/my-schools`)).body.items.find(
      (one: { schoolId: string }) => one.schoolId === schoolA,
    ).openProblems
  await host.announce(problemOpened, { ...told, openedOn: '2026-11-02' }, 'yongchuan', 'problem-2')
  const cancelled = { ...told, cancelledAt: '2026-11-02T09:00:00.000Z' }
  await host.announce(problemCancelled, cancelled, 'yongchuan', 'problem-2')
  assert.equal((await line()).states[0][2], 'cancelled')
  assert.equal(await openAtSchool(), 0)
  const rebounded = { ...told, ...second, reboundedOn: '2026-11-03', times: 1 }
  await host.announce(problemRebounded, rebounded, 'yongchuan', 'problem-2')
  const both = (state: string) => [first, second].map(({ findingId }) => [findingId, problemId, state])
  assert.deepEqual(await line(), { states: both('rebounded'), unsettled: true, count: 1 })
  assert.equal(await openAtSchool(), 1)
  const { items } = ok(await host.head.get(`${api}/findings?schoolId=${schoolA}`)).body
  assert.deepEqual(
    items.map((one: Record<string, string>) => [one.problemId, one.problemState]),
    [
      [problemId, 'rebounded'],
      [problemId, 'rebounded'],
    ],
  )
  // Rectification names the first finding when it cancels.
  await host.announce(problemCancelled, { ...told, cancelledAt: '2026-11-05T09:00:00.000Z' }, 'yongchuan', 'problem-2')
  assert.deepEqual(await line(), { states: both('cancelled'), unsettled: false, count: 0 })
  assert.equal(await openAtSchool(), 0)
})

test('[I10] the unsettled lines come a page at a time and are filtered by school, zone and supervisor, never wider than the asker sees', async (t) => {
  const host = await startWithTeam(t)
  for (const [person, schoolId] of [
    [host.supervisor, schoolA],
    [host.otherSupervisor, schoolB],
  ] as const) {
    const answers = await answersFor(host.supervisor, { A05: { note: '通道被堵' }, B01: { note: '体育课被占' } })
    ok(
      await person.post(`${api}/visits/quick`, { schoolId, visitedOn: '2026-11-03', answers, signatures: bothSigned }),
      201,
    )
  }
  await host.settle()
  const seen: string[] = []
  let cursor = ''
  for (let pages = 0; pages < 9; pages += 1) {
    const { body } = ok(await host.head.get(`${api}/ledger?unsettled=true&limit=1${cursor}`))
    for (const { schoolName, lines } of body.items)
      for (const { itemCode } of lines) seen.push(`${schoolName} ${itemCode}`)
    if (body.nextCursor === undefined) break
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`
  }
  assert.deepEqual(seen.sort(), ['示例第一小学 A05', '示例第一小学 B01', '示例第二小学 A05', '示例第二小学 B01'].sort())
  const schools = async (person: typeof host.head, search = '') =>
    ok(await person.get(`${api}/ledger?unsettled=true${search}`)).body.items.map(
      (one: { schoolId: string }) => one.schoolId,
    )
  assert.deepEqual(await schools(host.head, `&zoneId=${zoneA}`), [schoolA])
  assert.deepEqual(await schools(host.head, `&supervisorId=${supervisorA}`), [schoolA])
  assert.deepEqual(await schools(host.otherZoneHead), [schoolB])
  assert.deepEqual(await schools(host.otherSupervisor, `&schoolId=${schoolA}`), [])
  assert.deepEqual(await schools(host.foreignHead), [])
})
