import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { chinaDate } from '@dulian/calendar'
import { allProblems, boardIsList, openIds } from './board-and-list.ts'
import { assertWhole, itemOf } from './imported-plan.ts'
import { appointed, bothSigned, fresh, makeOneOfEverything, standingAnswers } from './one-of-everything.ts'
import { type Answer, ok, type Person, TestInstance } from './test-instance.ts'
import { documentsOf, rebuildAll } from './view-documents.ts'

// One story, told in the order of the tests: each goes on where the one before it stopped.

const registry = '/api/supervisor-registry'
const office = '/api/office'
const inspections = '/api/inspections'
const rectification = '/api/rectification'

let house: TestInstance
let head: Person
let staff: Person
/** Who the story is about; filled in as it goes. */
const ids = {
  plan: '',
  task: '',
  zone: '',
  supervisor: '',
  school: '',
  visit: '',
  finding: '',
  otherFinding: '',
  problem: '',
  otherProblem: '',
}
/** Day → the board as it was at that day's end. */
const boards = new Map<string, Answer['body']>()

before(async () => {
  house = await TestInstance.open({ now: '2026-09-14T01:00:00Z' })
  head = house.as('office-head', { name: '示例主任' })
  staff = house.as('office-staff', { name: '示例科员' })
})
after(() => house.dispose())

test('[G5] [G4] a published plan is imported, corrected and adopted: every item a task with a lead', async () => {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', 'annual-plan.txt'), 'utf8')
  const imported = ok(await staff.post(`${office}/plans`, { fileName: 'annual-plan.txt', text }), 201)
  ids.plan = imported.body.id
  const plan = ok(await staff.get(`${office}/plans/${ids.plan}`, fresh(imported))).body
  assert.deepEqual([plan.year, plan.state], [2026, 'imported'])
  assertWhole(text, plan)

  const posting = itemOf(plan, '规范挂牌督导')
  assert.deepEqual(
    posting.bodies.map(({ name }: { name: string }) => name),
    ['区政府教育督导室', '区教委'],
  )
  const corrected = ok(
    await staff.post(
      `${office}/plans/${ids.plan}/items/${posting.itemId}/correct`,
      { bodies: [{ name: '区教委', role: 'lead' }], note: '以分工方案为准' },
      { ifMatch: plan.version },
    ),
  )
  const adopted = ok(await head.post(`${office}/plans/${ids.plan}/adopt`, {}, { ifMatch: corrected.body.version }))
  const tasks = ok(await head.get(`${office}/tasks?planId=${ids.plan}`, fresh(adopted))).body.items
  assert.equal(tasks.length, adopted.body.tasks)
  assert.ok(tasks.length >= 4)
  for (const task of tasks) assert.ok(task.lead.length > 0, task.title)
  assert.equal(tasks.find((task: { itemId: string }) => task.itemId === posting.itemId)?.lead, '区教委')
  ids.task = tasks.find((task: { title: string }) => task.title.includes('每月进校园督查'))?.taskId
  assert.ok(ids.task)

  const issued = { documentNumber: '示例教督〔2026〕3号', issuedOn: '2026-01-15', recipients: ['各中小学校、幼儿园'] }
  ok(await head.post(`${office}/plans/${ids.plan}/issue`, issued, { ifMatch: adopted.body.version }))
})

test('[I1] the plan’s year does not close while its comprehensive inspection is not done', async () => {
  const { version } = ok(await head.get(`${office}/plans/${ids.plan}`)).body
  const refused = await head.post(`${office}/plans/${ids.plan}/close`, {}, { ifMatch: version })
  assert.deepEqual([refused.status, refused.body.code], [409, 'PLAN_COMPREHENSIVE_INSPECTION_MISSING'])
})

test('[R6] schools get a supervisor each; a sixth is refused unless there is a reason, and so is a large one beside others', async () => {
  ids.zone = ok(await head.post(`${registry}/zones`, { name: '城区责任区' }), 201).body.id
  ids.supervisor = await appointed(head, '示例督学甲')
  ok(await head.post(`${registry}/zones/${ids.zone}/head`, { supervisorId: ids.supervisor }, { ifMatch: 1 }))
  const schools: string[] = []
  for (let index = 1; index <= 6; index += 1) schools.push(await registered(index, 600))
  ids.school = schools[0] ?? ''
  await house.settle()
  const post = (schoolId: string, given = {}) =>
    head.post(`${registry}/schools/${schoolId}/posting`, {
      supervisorId: ids.supervisor,
      from: '2026-09-14',
      ...given,
    })
  for (const school of schools.slice(0, 5)) ok(await post(school))
  const sixth = await post(schools[5] ?? '')
  assert.deepEqual([sixth.status, sixth.body.code, sixth.body.details.ratio], [409, 'RATIO_EXCEEDED', '1∶5'])
  ok(await post(schools[5] ?? '', { overrideReason: '新督学到岗前兼顾' }))

  const large = await registered(7, 2_600)
  const beside = await post(large)
  assert.deepEqual([beside.status, beside.body.details.ratio], [409, '1∶1'])
  const own = await appointed(head, '示例督学乙')
  ok(await post(large, { supervisorId: own }))
  await house.settle()
})

test('[I8] a visit with negative answers proposes a finding for each, known by its line of the checklist', async () => {
  await house.moveTo('2026-09-15T02:00:00Z')
  const supervisor = supervisorPerson()
  const photo = await supervisor.upload('inspections', '楼梯间照片说明')
  const visit = ok(
    await supervisor.post(`${inspections}/visits/quick`, {
      schoolId: ids.school,
      visitedOn: '2026-09-15',
      taskId: ids.task,
      answers: await standingAnswers(supervisor, { A05: '楼梯间堆放课桌', A06: '留样缺一个品种' }, [photo]),
      signatures: bothSigned('2026-09-15T02:00:00.000Z'),
    }),
    201,
  )
  ids.visit = visit.body.id
  const { findings } = ok(await staff.get(`${inspections}/visits/${ids.visit}`, fresh(visit))).body
  assert.deepEqual(
    findings.map((finding: { itemCode: string; state: string }) => [finding.itemCode, finding.state]),
    [
      ['A05', 'proposed'],
      ['A06', 'proposed'],
    ],
  )
  ids.finding = findings[0].findingId
  ids.otherFinding = findings[1].findingId
  await endOfDay('2026-09-15')
  assert.equal(boards.get('2026-09-15')?.totals.open, 0)
})

test('[X1] a confirmed finding opens a problem by what one service tells the other, once', async () => {
  await house.moveTo('2026-09-16T02:00:00Z')
  for (const findingId of [ids.finding, ids.otherFinding]) {
    const path = `${inspections}/visits/${ids.visit}/findings/${findingId}/confirm`
    ok(await staff.post(path, { severity: 'serious' }))
    ok(await staff.post(path, { severity: 'serious' }))
  }
  await house.settle()
  const problems = await allProblems(staff)
  assert.deepEqual(problems.map(({ findingId }) => findingId).sort(), [ids.finding, ids.otherFinding].sort())
  ids.problem = problems.find(({ findingId }) => findingId === ids.finding)?.problemId ?? ''
  ids.otherProblem = problems.find(({ findingId }) => findingId === ids.otherFinding)?.problemId ?? ''
  const problem = await problemNow()
  assert.deepEqual(
    [problem.state, problem.number, problem.visitId, problem.taskId, problem.schoolId, problem.evidence],
    ['opened', '永-2026-0001', ids.visit, ids.task, ids.school, 1],
  )
  await endOfDay('2026-09-16')
  assert.equal(boards.get('2026-09-16')?.totals.open, 2)
})

test('[X4] the decision gives every problem its demand and its date, or is refused', async () => {
  await house.moveTo('2026-09-17T02:00:00Z')
  const decision = (dueOn: string | null) => ({
    form: 'writing',
    problems: [
      { problemId: ids.problem, demand: '清空疏散通道，建立巡查记录', dueOn },
      { problemId: ids.otherProblem, demand: '补齐留样制度', dueOn: '2026-09-30' },
    ],
  })
  const refused = await head.post(`${rectification}/decisions`, decision(null))
  assert.deepEqual([refused.status, refused.body.code], [422, 'DECISION_DATE_MISSING'])
  const issued = ok(await head.post(`${rectification}/decisions`, decision('2026-09-30')), 201)
  assert.equal(issued.body.documentNumber, '永教督决〔2026〕1号')
  const problem = ok(await head.get(`${rectification}/problems/${ids.problem}`, fresh(issued))).body
  assert.deepEqual(
    [problem.state, problem.demand, problem.dueOn],
    ['demanded', '清空疏散通道，建立巡查记录', '2026-09-30'],
  )
  await endOfDay('2026-09-17')
})

test('[D3] time left is counted in working days, over a holiday and a working Saturday', async () => {
  await house.moveTo('2026-09-18T02:00:00Z')
  const { version } = await problemNow(ids.otherProblem)
  await reportAs(principalPerson(), ids.otherProblem, version, '留样已补齐')
  const standing = async (day: string): Promise<unknown[]> => {
    await endOfDay(day)
    const { lamp, overdue, workingDaysLeft } = await problemNow()
    return [day, lamp, overdue, workingDaysLeft]
  }
  assert.deepEqual(await standing('2026-09-25'), ['2026-09-25', 'due-soon', false, 3])
  assert.deepEqual(await standing('2026-09-30'), ['2026-09-30', 'due-soon', false, 0])
  // 国庆 until the 7th; the 10th is a Saturday that is worked.
  assert.deepEqual(await standing('2026-10-07'), ['2026-10-07', 'overdue', true, 0])
  assert.deepEqual(await standing('2026-10-09'), ['2026-10-09', 'overdue', true, -2])
  assert.deepEqual(await standing('2026-10-10'), ['2026-10-10', 'overdue', true, -3])
  assert.deepEqual(await standing('2026-10-11'), ['2026-10-11', 'overdue', true, -3])
})

test('[X5] what is overdue is urged with a numbered notice and a new limit that counts down', async () => {
  await house.moveTo('2026-10-12T02:00:00Z')
  const path = `${rectification}/problems/${ids.problem}`
  const early = await staff.post(
    `${rectification}/problems/${ids.otherProblem}/urge`,
    { newDueOn: '2026-10-30' },
    {
      ifMatch: (await problemNow(ids.otherProblem)).version,
    },
  )
  assert.equal(early.body.code, 'PROBLEM_HAS_NO_DEADLINE')
  const { version } = await problemNow()
  const urged = ok(await staff.post(`${path}/urge`, { newDueOn: '2026-10-23' }, { ifMatch: version }))
  assert.equal(urged.body.documentNumber, '永教督办〔2026〕1号')
  const problem = ok(await staff.get(path, fresh(urged))).body
  assert.deepEqual([problem.dueOn, problem.lamp, problem.workingDaysLeft], ['2026-10-23', 'on-time', 9])
  const [notice] = ok(await principalPerson().get(`${rectification}/notices`, fresh(urged))).body.items
  assert.deepEqual(
    [notice.documentNumber, notice.newDueOn, notice.workingDaysOverdue],
    ['永教督办〔2026〕1号', '2026-10-23', 4],
  )
  assert.match(notice.text, /2026年10月23日/)
  await endOfDay('2026-10-12')
})

test('[X1] the school reports with evidence; the reporter verifies nothing; somebody else does', async () => {
  await house.moveTo('2026-10-13T02:00:00Z')
  const principal = principalPerson()
  const path = `${rectification}/problems/${ids.problem}`
  const before = (await problemNow()).version
  const bare = await principal.post(`${path}/report`, { text: '已清空', evidence: [] }, { ifMatch: before })
  assert.deepEqual([bare.status, bare.body.code], [422, 'PROBLEM_REPORT_EVIDENCE_MISSING'])
  const skipped = await head.post(`${path}/cancel`, { note: '同意' }, { ifMatch: before })
  assert.deepEqual([skipped.status, skipped.body.code], [409, 'PROBLEM_STEP_NOT_OPEN'])

  const reported = await reportAs(principal, ids.problem, before, '已清空疏散通道')
  const evidence = [await supervisorPerson().upload('rectification', '复查记录')]
  const verification = { finding: '现场核查，通道畅通', evidence }
  const refused = await principal.post(`${path}/verify`, verification, { ifMatch: reported })
  assert.deepEqual([refused.status, refused.body.code], [403, 'PERMISSION_MISSING'])
  const twoHats = house.as(['school-principal', 'office-head'], principal.claims)
  const alsoRefused = await twoHats.post(`${path}/verify`, verification, { ifMatch: reported })
  assert.deepEqual([alsoRefused.status, alsoRefused.body.code], [409, 'PROBLEM_VERIFIER_IS_REPORTER'])
  ok(await supervisorPerson().post(`${path}/verify`, verification, { ifMatch: reported }))

  const other = `${rectification}/problems/${ids.otherProblem}`
  const { version } = await problemNow(ids.otherProblem)
  ok(await supervisorPerson().post(`${other}/verify`, verification, { ifMatch: version }))
  await endOfDay('2026-10-13')
})

test('[X3] cancelling two takes two off the board, and nothing cancelled is without evidence', async () => {
  await house.moveTo('2026-10-14T02:00:00Z')
  const before = await boardIsList(head)
  for (const id of [ids.problem, ids.otherProblem]) {
    const { version } = await problemNow(id)
    const note = { note: '核查属实，同意销号' }
    ok(await head.post(`${rectification}/problems/${id}/cancel`, note, { ifMatch: version }))
  }
  await endOfDay('2026-10-14')
  const after = boards.get('2026-10-14')
  assert.deepEqual([before.totals.open, after?.totals.open, after?.totals.cancelled], [2, 0, 2])
  for (const problem of await allProblems(head)) assert.ok(problem.evidence >= 2, problem.title)
})

test('[X1] one timeline leads from the line of the checklist to the cancellation, with who and when', async () => {
  const { timeline, state, nextStep } = await problemNow()
  assert.deepEqual([state, nextStep.action], ['cancelled', '开展回头看'])
  assert.deepEqual(
    timeline.map((entry: { event: string; at: string; actorName: string | null; documentNumber: string | null }) => [
      entry.event,
      chinaDate(entry.at),
      entry.actorName,
      entry.documentNumber,
    ]),
    [
      ['VisitRecorded', '2026-09-15', '示例督学甲', null],
      ['FindingConfirmed', '2026-09-16', '示例科员', null],
      ['ProblemOpened', '2026-09-16', null, null],
      ['DemandSet', '2026-09-17', '示例主任', '永教督决〔2026〕1号'],
      ['DeadlinePassed', '2026-10-07', null, null],
      ['ProblemUrged', '2026-10-12', '示例科员', '永教督办〔2026〕1号'],
      ['RectificationReported', '2026-10-13', '示例校长', null],
      ['RectificationVerified', '2026-10-13', '示例督学甲', null],
      ['ProblemCancelled', '2026-10-14', '示例主任', null],
      ['ReCheckScheduled', '2026-10-14', null, null],
    ],
  )
  assert.match(timeline[0].title, /A05/)
  assert.equal(timeline[0].evidence.length, 1)
})

test('[G5] the task shows what was done for it, and takes progress and evidence until it is complete', async () => {
  const path = `${office}/tasks/${ids.task}`
  const task = ok(await staff.get(path)).body
  assert.deepEqual(
    [task.linked.visits.map(({ visitId }: { visitId: string }) => visitId), task.linkedProblems, task.openProblems],
    [[ids.visit], 2, 0],
  )
  const evidence = await staff.upload('office', '进校督查台账')
  const progress = { percent: 90, note: '九月已督查' }
  const told = ok(await staff.post(`${path}/progress`, progress, { ifMatch: task.version }))
  const proved = ok(await staff.post(`${path}/evidence`, { evidence }, { ifMatch: told.body.version }))
  const done = ok(await head.post(`${path}/complete`, { note: '已完成' }, { ifMatch: proved.body.version }))
  const after = ok(await head.get(path, fresh(done))).body
  assert.deepEqual([after.state, after.evidence.length], ['completed', 1])
})

test('[I7] at the month’s end the schools nobody visited stand there by name, with who answers for them', async () => {
  const { items, totals } = ok(await head.get(`${inspections}/coverage?month=2026-09`)).body
  const missed = items.filter(({ covered }: { covered: boolean }) => !covered)
  assert.deepEqual([totals.schools, totals.covered, totals.uncovered], [7, 1, 6])
  assert.deepEqual(
    missed.map((row: { name: string; supervisorName: string }) => `${row.name} ${row.supervisorName}`).sort(),
    [2, 3, 4, 5, 6].map((index) => `示例第${index}小学 示例督学甲`).concat('示例第7小学 示例督学乙'),
  )
})

test('[N10] asked as of any past day, the board and the list answer what was known at its end', async () => {
  assert.equal(boards.size, 12)
  for (const [day, then] of boards) {
    const { lookedBack, ...answer } = ok(await head.get(`${rectification}/board?asOf=${day}`)).body
    // What is known today is what is known now.
    const isToday = day === chinaDate(house.clock.now())
    assert.deepEqual(lookedBack, isToday ? undefined : { knownOn: day, validOn: null })
    assert.deepEqual(answer, then, day)
    const list = ok(await head.get(`${rectification}/problems?asOf=${day}&limit=200`)).body.items
    assert.deepEqual(openIds(list), then.tiles.map(({ problemId }: { problemId: string }) => problemId).sort(), day)
  }
})

test('[G5] [G4] the plan of 綦江 as published becomes tasks with a lead each, and nothing of it is lost', async (t) => {
  const samples = process.env.DULIAN_SAMPLES
  if (samples === undefined || samples === '') {
    t.skip('SKIPPED: set DULIAN_SAMPLES to the folder of published plans; without it no real plan is imported')
    return
  }
  const text = readFileSync(join(samples, 'plan-qijiang-2026.txt'), 'utf8')
  const qijiang = house.as('office-head', { office: 'qijiang' })
  const imported = ok(await qijiang.post(`${office}/plans`, { fileName: 'plan-qijiang-2026.txt', text }), 201)
  const adopted = ok(await qijiang.post(`${office}/plans/${imported.body.id}/adopt`, {}, { ifMatch: 1 }))
  const plan = ok(await qijiang.get(`${office}/plans/${imported.body.id}`, fresh(adopted))).body
  assert.equal(plan.title.replaceAll(' ', ''), '綦江区2026年教育督导工作要点')
  assertWhole(text, plan)
  const { items } = ok(await qijiang.get(`${office}/tasks?planId=${imported.body.id}&limit=200`)).body
  assert.equal(items.length, adopted.body.tasks)
  assert.ok(items.length >= 15, `${items.length} tasks`)
  for (const task of items) assert.ok(task.lead.length > 0, task.title)
  assert.equal((await head.get(`${office}/plans/${imported.body.id}`)).status, 404)
})

test('after a stop and a start on the same folder everything is there', async () => {
  const look = async (): Promise<unknown[]> => {
    const paths = [
      `${office}/plans/${ids.plan}`,
      `${office}/tasks`,
      `${registry}/schools/${ids.school}`,
      `${registry}/supervisors`,
      `${inspections}/visits/${ids.visit}`,
      `${inspections}/coverage?month=2026-09`,
      `${inspections}/ledger`,
      `${rectification}/problems/${ids.problem}`,
      `${rectification}/board`,
      `${rectification}/notices`,
      `${rectification}/decisions`,
    ]
    return await Promise.all(paths.map(async (path) => ok(await head.get(path)).body))
  }
  await house.settle()
  const before = {
    answers: await look(),
    documents: await documentsOf(house.instance.host),
    heads: await house.heads(),
  }
  await house.reopen()
  await house.settle()
  const after = { answers: await look(), documents: await documentsOf(house.instance.host), heads: await house.heads() }
  assert.deepEqual(after, before)
})

test('every view of every service equals its rebuild, document by document', async () => {
  await leaveSomethingOpen()
  // Another office has everything that this story does not tell of.
  await makeOneOfEverything(house, 'dadukou')
  await house.settle()
  const live = await documentsOf(house.instance.host)
  const filled = Object.entries(live).filter(([, documents]) => documents.length > 0)
  const views = new Set(filled.map(([name]) => name.slice(0, name.lastIndexOf('/'))))
  const known = house.instance.host.services.flatMap(({ definition }) =>
    definition.projections.map(({ space }) => `${definition.name}/${space.name}`),
  )
  assert.deepEqual([...views].sort(), known.sort(), 'a view that the story leaves empty proves nothing')
  await rebuildAll(house.instance.host, house.folder)
  const rebuilt = await documentsOf(house.instance.host)
  assert.deepEqual(Object.keys(rebuilt), Object.keys(live))
  for (const [name, documents] of Object.entries(live)) assert.deepEqual(rebuilt[name], documents, name)
})

/** A list in draft and a problem whose time runs: what the finished story no longer has. */
async function leaveSomethingOpen(): Promise<void> {
  const wording = { title: '示例清单', items: [{ code: 'Z01', title: '示例条目' }] }
  ok(await head.post(`${inspections}/checklists`, wording), 201)
  const problem = {
    schoolId: ids.school,
    title: '示例专项发现的问题',
    description: '说明',
    severity: 'ordinary',
    source: { kind: 'special', title: '专项督导', level: 'district', year: 2026 },
  }
  const { id: problemId } = ok(await head.post(`${rectification}/problems`, problem), 201).body
  const problems = [{ problemId, demand: '整改', dueOn: '2026-10-30' }]
  ok(await head.post(`${rectification}/decisions`, { form: 'writing', problems }), 201)
  await house.settle()
}

/** Ends a day on the board: what it shows then is what `asOf` must show for ever after. */
async function endOfDay(day: string): Promise<void> {
  await house.moveTo(`${day}T15:59:00Z`)
  boards.set(day, await boardIsList(head))
}

async function problemNow(id = ids.problem): Promise<Answer['body']> {
  return ok(await head.get(`${rectification}/problems/${id}`)).body
}

/** Answers the version the problem has then. */
async function reportAs(person: Person, id: string, ifMatch: number, text: string): Promise<number> {
  const evidence = [await person.upload('rectification', `${text}，附记录`)]
  const path = `${rectification}/problems/${id}`
  const reported = ok(await person.post(`${path}/report`, { text, evidence }, { ifMatch }))
  ok(await person.get(path, fresh(reported)))
  return reported.body.version
}

function supervisorPerson(): Person {
  return house.as('school-supervisor', { name: '示例督学甲', supervisor: ids.supervisor })
}

function principalPerson(): Person {
  return house.as('school-principal', { name: '示例校长', school: ids.school })
}

async function registered(index: number, enrolment: number): Promise<string> {
  const school = {
    code: `80000000${index}`,
    name: `示例第${index}小学`,
    kind: 'school',
    stage: 'primary',
    ownership: 'public',
    zoneId: ids.zone,
    enrolment,
  }
  return ok(await head.post(`${registry}/schools`, school), 201).body.id
}
