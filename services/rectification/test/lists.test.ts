import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AuditEntry, watermarkOf } from '@dulian/audit'
import { bindStreams, eventSourcingError } from '@dulian/event-sourcing'
import { ok, refusedWith } from '@dulian/service-host/testing'
import { readTableFile } from '@dulian/spreadsheets'
import { decisionStream } from '../src/decision/decision.ts'
import { decisionClaimStream, withClaims } from '../src/decision-claim/decision-claim.ts'
import { api, schoolB, startRectification } from './rectification-host.ts'

type Host = Awaited<ReturnType<typeof startRectification>>
interface Count {
  readonly name: string
  readonly problems: number
  readonly tasks: number
  readonly responsibilities: number
}

async function fourProblems(host: Host): Promise<string[]> {
  const ids = [
    await host.finding(undefined, { itemCode: 'A01' }),
    await host.finding(undefined, { itemCode: 'A02' }),
    await host.finding(schoolB, { itemCode: 'A01' }),
    await host.finding(schoolB, { itemCode: 'A03' }),
  ]
  await host.demand(ids[0] ?? '', '2026-11-13')
  await host.moveTo('2026-11-17T02:00:00Z')
  return ids
}

test('[X2] three lists from the same problems add up by zone, unit and item, and with the ledger', async (t) => {
  const host = await startRectification(t)
  await fourProblems(host)
  for (const query of ['', 'open=true', `schoolId=${schoolB}`, 'source=special', 'asOf=2026-11-10']) {
    const lists = ok(await host.head.get(`${api}/lists?${query}`)).body
    const ledger = ok(await host.head.get(`${api}/problems?limit=200&${query}`)).body.items.length
    const summed = lists.responsibilities.reduce((sum: number, row: { problems: number }) => sum + row.problems, 0)
    assert.deepEqual([lists.total, lists.problems.length, lists.tasks.length, summed], Array(4).fill(ledger), query)
    for (const counts of [lists.byZone, lists.byUnit, lists.byItem] as Count[][]) {
      for (const { name, problems, tasks, responsibilities } of counts) {
        assert.deepEqual([tasks, responsibilities], [problems, problems], name)
      }
      assert.equal(
        counts.reduce((sum, one) => sum + one.problems, 0),
        ledger,
      )
    }
  }
  const { problems, tasks, responsibilities, byZone, byItem } = ok(await host.head.get(`${api}/lists`)).body
  assert.deepEqual(
    problems.map((row: { unit: string; item: string }) => [row.unit, row.item.slice(0, 3)]),
    [
      ['示例第二小学', 'A01'],
      ['示例第二小学', 'A03'],
      ['示例第一小学', 'A01'],
      ['示例第一小学', 'A02'],
    ].sort((one, other) => (problems[0].unit === one[0] ? 0 : 1) - (problems[0].unit === other[0] ? 0 : 1)),
  )
  const demanded = tasks.filter((row: { demand: string | null }) => row.demand !== null)
  assert.deepEqual(
    demanded.map((row: { overdue: boolean; dueOn: string }) => [row.overdue, row.dueOn]),
    [[true, '2026-11-13']],
  )
  const own = responsibilities.find((row: { unit: string }) => row.unit === '示例第一小学')
  assert.deepEqual([own.problems, own.open, own.overdue, own.cancelled, own.supervisorName], [2, 2, 1, 0, '示例督学甲'])
  assert.equal(byZone.length, 2)
  assert.equal(byItem.length, 3)
})

test('[X2] the lists go out as one Excel workbook, a sheet each, only to those who may export', async (t) => {
  const host = await startRectification(t)
  await fourProblems(host)
  const file = await host.head.download(`${api}/lists.xlsx`)
  assert.equal(file.status, 200)
  const sheets = await readTableFile(file.bytes, '三张清单.xlsx')
  assert.deepEqual(
    sheets.map(({ name }) => name),
    ['问题清单', '任务清单', '责任清单'],
  )
  const [problems, tasks, responsibilities] = sheets.map(({ rows }) => rows.map((row) => row.map(({ text }) => text)))
  assert.equal(problems?.filter((row) => row.includes('示例第二小学')).length, 2)
  assert.ok(tasks?.some((row) => row.includes('清理楼梯间，保持通道畅通') && row.includes('2026年11月13日')))
  assert.ok(responsibilities?.some((row) => row.includes('示例第一小学') && row.includes('示例督学甲')))
  const { entries } = await host.host.audit.list({ office: 'yongchuan', action: 'data-exported', limit: 10 })
  assert.deepEqual([entries.length, entries[0]?.details.rows], [1, 4])
  for (const { name, rows } of sheets) {
    const marks = rows.flat().filter(({ text }) => text.startsWith('导出人：'))
    assert.deepEqual(
      marks.map(({ text }) => text),
      [watermarkOf(entries[0] as AuditEntry)],
      name,
    )
  }
  const own = await host.zoneHead.download(`${api}/lists.xlsx`)
  const [first] = await readTableFile(own.bytes, '三张清单.xlsx')
  assert.ok(!JSON.stringify(first).includes('示例第二小学'), 'a zone head takes out the own zone only')
  refusedWith(await host.supervisor.get(`${api}/lists.xlsx`), 403, 'PERMISSION_MISSING')
  assert.equal(ok(await host.foreignHead.get(`${api}/lists`)).body.total, 0)
})

test('[X2] no file of lists is handed out while the audit trail cannot be written', async (t) => {
  const host = await startRectification(t)
  await fourProblems(host)
  t.mock.method(host.host.audit, 'record', () => Promise.reject(eventSourcingError('STORAGE_FULL')))
  const refused = await host.head.download(`${api}/lists.xlsx`)
  assert.equal(refused.status, 503)
  assert.match(Buffer.from(refused.bytes).toString('utf8'), /STORAGE_FULL/)
})

test('[X10] a department has its own lists, and overdue counts by department', async (t) => {
  const host = await startRectification(t)
  const entry = {
    schoolId: schoolB,
    title: '围墙开裂',
    description: '东侧围墙开裂',
    severity: 'serious',
    body: '区住建委',
    source: { kind: 'special', title: '校园安全专项督导', level: 'district', year: 2026 },
  }
  const made = ok(await host.staff.post(`${api}/problems`, entry), 201)
  await host.finding()
  await host.settle()
  await host.demand(made.body.id, '2026-11-13')
  await host.moveTo('2026-11-17T02:00:00Z')
  const { byBody } = ok(await host.head.get(`${api}/board`)).body
  assert.deepEqual(
    byBody.map((body: Record<string, unknown>) => [body.name, body.open, body.overdue]),
    [['区住建委', 1, 1]],
  )
  const own = ok(await host.liaison.get(`${api}/lists`)).body
  assert.deepEqual([own.total, own.responsibilities[0].body, own.responsibilities[0].overdue], [1, '区住建委', 1])
})

test('[N16] eighteen of twenty-five days were waiting for the department’s reply', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const path = `${api}/problems/${id}`
  // Working days of November and December 2026: 4 for the office, 18 for the department, 3 for the school.
  await host.moveTo('2026-11-06T02:00:00Z')
  const ask = { body: '区住建委', question: '请提出消防通道改造意见', replyDueOn: '2026-12-01' }
  refusedWith(await host.supervisor.post(`${path}/ask-body`, ask, { ifMatch: 1 }), 403, 'PERMISSION_MISSING')
  const asked = ok(await host.head.post(`${path}/ask-body`, ask, { ifMatch: 1 }))
  refusedWith(await host.head.post(`${path}/ask-body`, ask, { ifMatch: asked.body.version }), 409, 'BODY_ASKED_ALREADY')
  await host.settle()
  assert.deepEqual((await host.problem(id)).nextStep, {
    role: 'body',
    action: '等待区住建委回复协办事项',
    by: '2026-12-01',
  })
  const version = await host.demand(id, '2026-12-31')
  await host.moveTo('2026-12-02T02:00:00Z')
  const reply = { text: '同意改造', evidence: [await host.evidence('回复函')] }
  refusedWith(await host.principal.post(`${path}/reply`, reply, { ifMatch: version }), 403, 'PERMISSION_MISSING')
  ok(await host.liaison.post(`${path}/reply`, reply, { ifMatch: version }))
  await host.moveTo('2026-12-07T02:00:00Z')
  const waiting = ok(await host.head.get(`${api}/waiting`)).body
  assert.deepEqual(
    [waiting.problems, waiting.total, waiting.parties],
    [
      1,
      25,
      [
        { party: 'school', workingDays: 3 },
        { party: 'office', workingDays: 4 },
        { party: 'supervisor', workingDays: 0 },
        { party: 'body', workingDays: 18 },
      ],
    ],
  )
  assert.deepEqual(waiting.bodies, [{ id: '区住建委', name: '区住建委', workingDays: 18, problems: 1 }])
  assert.equal(waiting.items[0].waitingFor, 'school')
  assert.deepEqual((await host.problem(id)).waiting.total, 25)
  assert.equal(ok(await host.principal.get(`${api}/waiting`)).body.problems, 0, 'nothing for the school')
})

test('[N16] the sums of many problems are those of each', async (t) => {
  const host = await startRectification(t)
  await fourProblems(host)
  const { total, parties, items } = ok(await host.head.get(`${api}/waiting`)).body
  const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0)
  assert.equal(sum(parties.map((one: { workingDays: number }) => one.workingDays)), total)
  assert.equal(sum(items.map((one: { total: number }) => one.total)), total)
  for (const item of items) {
    const { waiting } = await host.problem(item.problemId)
    assert.deepEqual([item.total, item.parties], [waiting.total, waiting.parties])
  }
})

test('[X4] two people deciding on one problem at once: one decision is issued, the other is told both versions', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const { version } = await host.problem(id)
  const decision = {
    form: 'writing',
    problems: [{ problemId: id, version, demand: '清理', dueOn: '2026-12-01' }],
  }
  const both = await Promise.all(['a', 'b'].map((key) => host.head.post(`${api}/decisions`, decision, { key })))
  const late = both.find(({ status }) => status !== 201)
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 412])
  assert.deepEqual([late?.body.code, late?.body.expected, late?.body.actual], ['WRONG_EXPECTED_VERSION', 1, 2])
  await host.settle()
  assert.equal(ok(await host.head.get(`${api}/decisions`)).body.items.length, 1)
  // Without the version the reason is said in words.
  const blind = { ...decision, problems: [{ problemId: id, demand: '清理', dueOn: '2026-12-01' }] }
  refusedWith(await host.head.post(`${api}/decisions`, blind), 409, 'PROBLEM_STEP_NOT_OPEN')
})

test('[X4] two processes deciding on one problem at once: the second is refused and takes no number; what a dead one claimed is free again', async (t) => {
  const host = await startRectification(t)
  const [id, other] = [await host.finding(), await host.finding(undefined, { itemCode: 'A02' })]
  // Another process on the same store: it knows nothing of what this one remembers.
  const { store } = host.host.service('rectification')
  const elsewhere = { claims: bindStreams(store, decisionClaimStream), decisions: bindStreams(store, decisionStream) }
  const claimElsewhere = async (problemId: string, decisionId: string) => {
    const context = {
      commandId: decisionId,
      actor: 'head',
      office: 'yongchuan',
      at: new Date(host.clock.now()).toISOString(),
      correlationId: decisionId,
    }
    const problems = [{ problemId, title: '示例', rebounds: 0 }]
    await withClaims(elsewhere, context, { decisionId, problems }, async () => {})
  }
  await claimElsewhere(id, '0197a000-0000-7000-8000-000000000d01')
  const on = (problemId: string) => ({
    form: 'writing',
    problems: [{ problemId, demand: '清理', dueOn: '2026-12-01' }],
  })
  const refused = await host.head.post(`${api}/decisions`, on(id))
  refusedWith(refused, 409, 'PROBLEM_BEING_DECIDED')
  const issued = ok(await host.head.post(`${api}/decisions`, on(other)), 201).body
  assert.match(issued.documentNumber, /〕1号$/, 'the refused decision took no number')
  await assert.rejects(
    claimElsewhere(other, '0197a000-0000-7000-8000-000000000d02'),
    { code: 'PROBLEM_BEING_DECIDED' },
    'nor does the other process decide on what is decided here',
  )
  host.clock.advance(31_000)
  ok(await host.head.post(`${api}/decisions`, on(id)), 201)
  await assert.rejects(claimElsewhere(id, '0197a000-0000-7000-8000-000000000d03'), { code: 'PROBLEM_BEING_DECIDED' })
})
