import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postingChanged, problemCancelled, problemOpened } from '@dulian/contracts'
import { ok, refusedWith, upTo } from '@dulian/service-host/testing'
import { api, foreignSchool, schoolA, schoolB, startRectification, supervisorB } from './rectification-host.ts'

test('[X1] from a confirmed finding to 销号: every step by its own person, one timeline, told to the others', async (t) => {
  const host = await startRectification(t)
  const told: string[] = []
  await host.host.bus.subscribe({
    group: 'test',
    topics: ['dulian.rectification'],
    handle: async (message) => {
      told.push(message.type)
    },
  })
  const id = await host.finding()
  const path = `${api}/problems/${id}`
  const opened = await host.problem(id)
  assert.deepEqual(
    [opened.number, opened.state, opened.source.kind, opened.nextStep.role],
    ['永-2026-0001', 'opened', 'routine', 'office'],
  )

  const version = await host.demand(id, '2026-11-30')
  const evidence = [await host.evidence()]
  const report = { text: '已清理并张贴警示', evidence }
  const reported = ok(await host.principal.post(`${path}/report`, report, { ifMatch: version }))
  refusedWith(
    await host.principal.post(`${path}/verify`, { finding: '好', evidence }, { ifMatch: 3 }),
    403,
    'PERMISSION_MISSING',
  )
  const returned = ok(
    await host.supervisor.post(`${path}/return`, { reason: '仍有杂物' }, { ifMatch: reported.body.version }),
  )
  const again = ok(await host.principal.post(`${path}/report`, report, { ifMatch: returned.body.version }))
  refusedWith(
    await host.head.post(`${path}/cancel`, { note: '销号' }, { ifMatch: again.body.version }),
    409,
    'PROBLEM_STEP_NOT_OPEN',
  )
  refusedWith(
    await host.supervisor.post(`${path}/verify`, { finding: '通畅', evidence: [] }, { ifMatch: again.body.version }),
    422,
    'PROBLEM_VERIFICATION_EVIDENCE_MISSING',
  )
  const verified = ok(
    await host.supervisor.post(`${path}/verify`, { finding: '现场通畅', evidence }, { ifMatch: again.body.version }),
  )
  refusedWith(
    await host.supervisor.post(`${path}/cancel`, { note: '销号' }, { ifMatch: verified.body.version }),
    403,
    'PERMISSION_MISSING',
  )
  const cancelled = ok(await host.head.post(`${path}/cancel`, { note: '同意销号' }, { ifMatch: verified.body.version }))

  const done = ok(await host.head.get(path, upTo(cancelled)))
  assert.equal(done.headers.etag, `"v${cancelled.body.version}"`)
  assert.deepEqual(
    done.body.timeline.map((entry: { event: string }) => entry.event),
    [
      'VisitRecorded',
      'FindingConfirmed',
      'ProblemOpened',
      'DemandSet',
      'RectificationReported',
      'RectificationReturned',
      'RectificationReported',
      'RectificationVerified',
      'ProblemCancelled',
      'ReCheckScheduled',
    ],
  )
  assert.deepEqual(
    [done.body.state, done.body.lamp, done.body.nextStep.action, done.body.decisions.length],
    ['cancelled', 'closed', '开展回头看', 1],
  )
  await host.settle()
  assert.deepEqual(told, [problemOpened.type, problemCancelled.type])
})

test('[X1] a finding told twice opens one problem with one number', async (t) => {
  const host = await startRectification(t)
  const first = await host.finding()
  const again = await host.finding()
  assert.equal(first, again)
  const other = await host.finding(schoolB)
  const list = ok(await host.head.get(`${api}/problems?sort=opened`)).body.items
  assert.deepEqual(
    list.map((problem: { problemId: string; number: string }) => [problem.problemId, problem.number]).sort(),
    [
      [first, '永-2026-0001'],
      [other, '永-2026-0002'],
    ].sort(),
  )
  assert.equal((await host.problem(first)).timeline.length, 3)
})

test('[X3] whoever reported, or belongs to the school, verifies and cancels nothing, whatever other role they have', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const path = `${api}/problems/${id}`
  const version = await host.demand(id, '2026-11-30')
  const evidence = [await host.evidence()]
  const both = host.as({
    subject: 'principal-a',
    name: '示例校长',
    roles: ['school-principal', 'office-head'],
    school: schoolA,
  })
  const colleague = host.as({ subject: 'vice', roles: ['office-head'], school: schoolA })
  const reported = ok(await both.post(`${path}/report`, { text: '已清理', evidence }, { ifMatch: version }))
  for (const person of [both, colleague]) {
    const verify = await person.post(`${path}/verify`, { finding: '好', evidence }, { ifMatch: reported.body.version })
    refusedWith(verify, 409, 'PROBLEM_VERIFIER_IS_REPORTER')
  }
  const verified = ok(
    await host.zoneHead.post(`${path}/verify`, { finding: '好', evidence }, { ifMatch: reported.body.version }),
  )
  for (const person of [both, colleague]) {
    refusedWith(
      await person.post(`${path}/cancel`, { note: '销' }, { ifMatch: verified.body.version }),
      409,
      'PROBLEM_VERIFIER_IS_REPORTER',
    )
  }
})

test('[X4] a decision lists problems of several schools; each gets its demand and date, and the decision one number', async (t) => {
  const host = await startRectification(t)
  const [a, b] = [await host.finding(schoolA), await host.finding(schoolB)]
  const incomplete = {
    form: 'writing',
    problems: [
      { problemId: a, demand: '清理', dueOn: '2026-12-01' },
      { problemId: b, demand: '' },
    ],
  }
  const refusal = await host.head.post(`${api}/decisions`, incomplete)
  refusedWith(refusal, 422, 'DECISION_DEMAND_MISSING')
  assert.equal(refusal.body.errors[0].pointer, '/problems/1/demand')
  const noDate = { form: 'writing', problems: [{ problemId: a, demand: '清理' }] }
  refusedWith(await host.head.post(`${api}/decisions`, noDate), 422, 'DECISION_DATE_MISSING')
  refusedWith(await host.head.post(`${api}/decisions`, { form: 'writing', problems: [] }), 422, 'DECISION_EMPTY')

  const meeting = {
    title: '11月反馈会',
    heldOn: '2026-11-02',
    place: '第一会议室',
    attendees: ['示例主任'],
    minutes: '逐项反馈。',
  }
  const complete = {
    form: 'meeting',
    meeting,
    problems: [a, b].map((problemId) => ({ problemId, demand: '清理', dueOn: '2026-12-01' })),
  }
  const issued = ok(await host.head.post(`${api}/decisions`, complete, { key: 'k1' }), 201)
  assert.equal(issued.body.documentNumber, '永教督决〔2026〕1号', 'refused tries took no number')
  const repeated = ok(await host.head.post(`${api}/decisions`, complete, { key: 'k1' }), 201)
  assert.deepEqual([repeated.body.id, repeated.body.documentNumber], [issued.body.id, issued.body.documentNumber])
  for (const id of [a, b]) {
    const problem = ok(await host.head.get(`${api}/problems/${id}`, upTo(issued))).body
    assert.deepEqual(
      [problem.state, problem.demand, problem.dueOn, problem.version],
      ['demanded', '清理', '2026-12-01', 2],
    )
  }
  refusedWith(await host.head.post(`${api}/decisions`, complete), 409, 'PROBLEM_STEP_NOT_OPEN')
  await host.settle()
  const whole = ok(await host.head.get(`${api}/decisions/${issued.body.id}`)).body
  assert.deepEqual([whole.problems.length, whole.termRule.workingDays, whole.meeting.title], [2, 30, '11月反馈会'])
  for (const [person, own] of [
    [host.principal, schoolA],
    [host.otherSupervisor, schoolB],
  ] as const) {
    const part = ok(await person.get(`${api}/decisions`)).body.items
    assert.deepEqual(
      part.map((decision: { problems: { schoolId: string }[] }) => decision.problems.map(({ schoolId }) => schoolId)),
      [[own]],
    )
  }
})

test('[X6] a report without evidence, or with evidence never uploaded, is refused', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const version = await host.demand(id, '2026-11-30')
  const path = `${api}/problems/${id}/report`
  refusedWith(
    await host.principal.post(path, { text: '已清理' }, { ifMatch: version }),
    422,
    'PROBLEM_REPORT_EVIDENCE_MISSING',
  )
  const invented = { hash: 'b'.repeat(64), name: '无.jpg', mediaType: 'image/jpeg', size: 1, service: 'rectification' }
  refusedWith(
    await host.principal.post(path, { text: '已清理', evidence: [invented] }, { ifMatch: version }),
    422,
    'FILE_NOT_UPLOADED',
  )
  refusedWith(await host.otherPrincipal.post(path, { text: '已清理' }, { ifMatch: version }), 404, 'STREAM_NOT_FOUND')
})

test('[X8] source, level and year select exactly their problems; [X10] a department sees its own list', async (t) => {
  const host = await startRectification(t)
  await host.finding()
  const sources = [
    { kind: 'quality-monitoring', title: '2024年国家义务教育质量监测', level: 'national', year: 2024 },
    { kind: 'quality-monitoring', title: '2025年全市质量监测', level: 'city', year: 2025 },
    { kind: 'party-inspection', title: '市委巡视反馈', level: 'city', year: 2025 },
  ]
  for (const [place, source] of sources.entries()) {
    const body = {
      schoolId: schoolB,
      title: `问题${place}`,
      description: '说明',
      severity: 'ordinary',
      source,
      ...(place === 2 ? { body: '区住建委' } : {}),
    }
    const made = ok(await host.staff.post(`${api}/problems`, body), 201)
    assert.equal(made.body.number, `永-2026-000${place + 2}`)
  }
  await host.settle()
  const titles = async (query: string, person = host.head) =>
    ok(await person.get(`${api}/problems?${query}`))
      .body.items.map((problem: { title: string }) => problem.title)
      .sort()
  assert.deepEqual(await titles(`source=${encodeURIComponent('2024年国家义务教育质量监测')}`), ['问题0'])
  assert.deepEqual(await titles('source=quality-monitoring&year=2024'), ['问题0'])
  assert.deepEqual(await titles('source=quality-monitoring'), ['问题0', '问题1'])
  assert.deepEqual(await titles('level=city&year=2025'), ['问题1', '问题2'])
  assert.deepEqual(await titles('year=2026'), ['未做到：消防通道畅通（A05）'])
  assert.deepEqual(await titles(`q=${encodeURIComponent('质量监测')}`), ['问题0', '问题1'])
  assert.deepEqual(await titles('', host.liaison), ['问题2'])
  const board = ok(await host.head.get(`${api}/board`)).body
  assert.deepEqual(
    board.byBody.map((body: { id: string; open: number }) => [body.id, body.open]),
    [['区住建委', 1]],
  )
})

test('[I9] scopes: own zone, own schools, own school; nothing of another office', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const count = async (person: typeof host.head) => ok(await person.get(`${api}/problems`)).body.items.length
  for (const person of [host.head, host.zoneHead, host.supervisor, host.principal]) assert.equal(await count(person), 1)
  for (const person of [
    host.otherZoneHead,
    host.otherSupervisor,
    host.otherPrincipal,
    host.liaison,
    host.foreignHead,
  ]) {
    assert.equal(await count(person), 0)
    refusedWith(await person.get(`${api}/problems/${id}`), 404, 'PROBLEM_NOT_FOUND')
    assert.equal(ok(await person.get(`${api}/board`)).body.totals.open, 0)
  }
  const decision = { form: 'writing', problems: [{ problemId: id, demand: '清理', dueOn: '2026-12-01' }] }
  refusedWith(await host.foreignHead.post(`${api}/decisions`, decision), 404, 'PROBLEM_NOT_FOUND')
  for (const [step, body] of [
    ['extend', { dueOn: '2026-12-01', reason: '雨' }],
    ['return', { reason: '不好' }],
    ['verify', { finding: '好', evidence: [] }],
    ['cancel', { note: '销' }],
    ['urge', { newDueOn: '2026-12-01' }],
  ] as const) {
    refusedWith(
      await host.foreignHead.post(`${api}/problems/${id}/${step}`, body, { ifMatch: 1 }),
      404,
      'STREAM_NOT_FOUND',
    )
  }
  refusedWith(
    await host.foreignHead.post(`${api}/problems`, {
      schoolId: schoolA,
      title: 'x',
      description: 'x',
      severity: 'ordinary',
      source: { kind: 'other', title: 'x', level: 'city', year: 2026 },
    }),
    404,
    'PROBLEM_SCHOOL_NOT_FOUND',
  )
  const foreign = await host.finding(foreignSchool)
  refusedWith(await host.head.get(`${api}/problems/${foreign}`), 404, 'PROBLEM_NOT_FOUND')
  assert.equal((await host.problem(foreign, host.foreignHead)).number, '綦-2026-0001')
})

test('a new supervisor takes over the school’s open problems, and may verify them', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const version = await host.demand(id, '2026-11-30')
  const evidence = [await host.evidence()]
  const reported = ok(
    await host.principal.post(`${api}/problems/${id}/report`, { text: '已清理', evidence }, { ifMatch: version }),
  )
  const posting = {
    office: 'yongchuan',
    schoolId: schoolA,
    supervisorId: supervisorB,
    supervisorName: '示例督学乙',
    from: '2026-11-02',
  }
  await host.announce(postingChanged, posting)
  await host.settle()
  const verify = { finding: '通畅', evidence }
  refusedWith(
    await host.supervisor.post(`${api}/problems/${id}/verify`, verify, { ifMatch: reported.body.version }),
    404,
    'STREAM_NOT_FOUND',
  )
  ok(await host.otherSupervisor.post(`${api}/problems/${id}/verify`, verify, { ifMatch: reported.body.version }))
})

test('the school sees its own next step, and of the others only what was told to it', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  assert.equal((await host.problem(id, host.principal)).nextStep.action, '等待督导室下达整改决定')
  await host.demand(id, '2026-11-30')
  await host.settle()
  const mine = await host.problem(id, host.principal)
  assert.deepEqual([mine.nextStep.role, mine.nextStep.by], ['school', '2026-11-30'])
  assert.deepEqual(mine.waiting, { total: 0, parties: [] })
  assert.deepEqual(new Set(mine.timeline.map((entry: { actorName: string }) => entry.actorName)), new Set(['督导室']))
})

test('a command under a version that has moved on is told both versions', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await host.demand(id, '2026-11-30')
  const stale = await host.head.post(
    `${api}/problems/${id}/extend`,
    { dueOn: '2026-12-15', reason: '雨' },
    { ifMatch: 1 },
  )
  refusedWith(stale, 412, 'WRONG_EXPECTED_VERSION')
  assert.deepEqual([stale.body.expected, stale.body.actual], [1, 2])
  assert.equal(
    (await host.head.post(`${api}/problems/${id}/extend`, { dueOn: '2026-12-15', reason: '雨' })).status,
    428,
  )
  const extended = ok(
    await host.head.post(`${api}/problems/${id}/extend`, { dueOn: '2026-12-15', reason: '雨' }, { ifMatch: 2 }),
  )
  const after = ok(await host.head.get(`${api}/problems/${id}`, upTo(extended))).body
  assert.deepEqual([after.dueOn, after.originalDueOn], ['2026-12-15', '2026-11-30'])
})

test('the proposed terms name their rule and count working days', async (t) => {
  const host = await startRectification(t)
  const terms = ok(await host.head.get(`${api}/terms?from=2026-11-02`)).body
  assert.deepEqual([terms.rectification.workingDays, terms.rectification.dueOn], [30, '2026-12-14'])
  assert.equal(terms.rectification.rule.id, 'rectification-term')
  assert.deepEqual([terms.urging.workingDays, terms.urging.dueOn], [10, '2026-11-16'])
})
