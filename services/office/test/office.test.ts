import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  campaignClosed,
  permissions,
  problemCancelled,
  problemOpened,
  problemRebounded,
  roles,
  visitRecorded,
} from '@dulian/contracts'
import { bindStreams } from '@dulian/event-sourcing'
import { testAuthorization, testIdentity } from '@dulian/http-kit/testing'
import { startTestHost, type TestHost, type TestPerson } from '@dulian/service-host/testing'
import { Document, Packer, Paragraph } from 'docx'
import { adoptPlan } from '../src/plan/decide.ts'
import { planStream } from '../src/plan/plan.ts'
import { officeService } from '../src/service.ts'
import { planText } from './written-plan.ts'

const url = '/api/office'
let host: TestHost
let head: TestPerson
let elsewhere: TestPerson

before(async () => {
  host = await startTestHost({ services: [officeService], access: { permissions, roles }, now: '2026-03-02T01:00:00Z' })
  head = host.as({ roles: ['office-head'], subject: 'head' })
  elsewhere = host.as({ roles: ['office-head'], subject: 'other', office: 'qijiang' })
})
after(() => host.dispose())

let plans = 0
/** A text that no other test imports. */
const freshText = (): string => {
  plans += 1
  return planText.replace('聚焦督政', `聚焦督政第${plans}次`)
}

async function importPlan(text = freshText()): Promise<string> {
  const { status, body } = await head.post(`${url}/plans`, { fileName: '要点.txt', text })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id
}

interface TaskBody {
  readonly taskId: string
  readonly title: string
  readonly version: number
}

async function adoptedPlan(): Promise<{ id: string; tasks: TaskBody[]; position: string }> {
  const id = await importPlan()
  const { status, body } = await head.post(`${url}/plans/${id}/adopt`, {}, { ifMatch: 1 })
  assert.equal(status, 200, JSON.stringify(body))
  const { body: list } = await head.get(`${url}/tasks?planId=${id}`, { 'min-position': body.position })
  return { id, tasks: list.items, position: body.position }
}

test('[G5] a plan is previewed without anything being stored', async () => {
  const text = freshText()
  const { status, body } = await head.post(`${url}/plans/parse`, { fileName: '要点.txt', text })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.plan.items.length, 2)
  assert.equal(body.plan.items[0].children[1].children.length, 3)
  assert.equal(body.year, 2026)
  assert.equal(body.alreadyImported, null)
  await host.settle()
  assert.deepEqual((await head.get(`${url}/plans`)).body.items, [])
})

test('[G5] imported, corrected, adopted, issued: every item becomes a task with status and evidence', async () => {
  const id = await importPlan()
  const { body: plan } = await head.get(`${url}/plans/${id}`)
  assert.equal(plan.state, 'imported')
  assert.equal(plan.items.length, 9)
  const item = plan.items[7]
  const corrected = await head.post(
    `${url}/plans/${id}/items/${item.itemId}/correct`,
    { bodies: [{ name: '区体育局', role: 'lead' }], text: '责任督学每月到校不少于2次。' },
    { ifMatch: plan.version },
  )
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
  const adopted = await head.post(`${url}/plans/${id}/adopt`, {}, { ifMatch: 2 })
  assert.equal(adopted.body.tasks, 4)
  const { body: list } = await head.get(`${url}/tasks?planId=${id}`, { 'min-position': adopted.body.position })
  assert.equal(list.items.length, 4)
  assert.equal(list.items.filter((task: { lead: string }) => task.lead === '区体育局').length, 1)
  const issued = await head.post(
    `${url}/plans/${id}/issue`,
    { documentNumber: '永教督〔2026〕1号', issuedOn: '2026-03-02', recipients: ['各学校'] },
    { ifMatch: 3 },
  )
  assert.equal(issued.status, 200)
  const { body: after } = await head.get(`${url}/plans/${id}`)
  assert.equal(after.state, 'issued')
  assert.equal(after.documentNumber, '永教督〔2026〕1号')
  assert.equal(after.items[7].printed.text.includes('每月到校不少于1次'), true)
  assert.equal(after.items[7].task.lead, '区体育局')
  assert.equal(after.items[0].role, 'group')
})

test('[G5] the same plan twice is refused and named, also as another file; on purpose it is imported again', async () => {
  const text = freshText()
  const id = await importPlan(text)
  const again = await head.post(`${url}/plans`, { fileName: '另一份.txt', text: text.replaceAll('\n', '\r\n') })
  assert.equal(again.status, 409)
  assert.equal(again.body.code, 'PLAN_ALREADY_IMPORTED')
  assert.equal(again.body.details.planId, id)
  const { body: preview } = await head.post(`${url}/plans/parse`, { fileName: '要点.txt', text })
  assert.equal(preview.alreadyImported, id)
  const onPurpose = await head.post(`${url}/plans`, { fileName: '要点.txt', text, again: true })
  assert.equal(onPurpose.status, 201)
  assert.notEqual(onPurpose.body.id, id)
  const elsewhereToo = await elsewhere.post(`${url}/plans`, { fileName: '要点.txt', text })
  assert.equal(elsewhereToo.status, 201)
})

test('[G5] the same plan from eight people at the same moment is imported once', async () => {
  const body = { fileName: '要点.txt', text: freshText() }
  const answers = await Promise.all(Array.from({ length: 8 }, () => head.post(`${url}/plans`, body)))
  assert.equal(answers.filter(({ status }) => status === 201).length, 1)
  assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'PLAN_ALREADY_IMPORTED'))
})

test('[G5] a Word file is imported as it is, kept, and recognised as the plan that was pasted before', async () => {
  const text = freshText()
  const document = new Document({ sections: [{ children: text.split('\n').map((line) => new Paragraph(line)) }] })
  const bytes = await Packer.toBuffer(document)
  const preview = await head.upload(`${url}/plans/parse`, { name: 'plan.docx', content: bytes })
  assert.equal(preview.status, 200, JSON.stringify(preview.body))
  const imported = await head.upload(`${url}/plans`, { name: 'plan.docx', content: bytes }, { year: '2026' })
  assert.equal(imported.status, 201, JSON.stringify(imported.body))
  const { body: plan } = await head.get(`${url}/plans/${imported.body.id}`)
  assert.equal(plan.source.fileName, 'plan.docx')
  const kept = await host.app.inject({
    method: 'GET',
    url: `${url}/files/${plan.source.hash}`,
    headers: { authorization: testAuthorization(testIdentity({ roles: ['office-head'] })) },
  })
  assert.equal(kept.statusCode, 200)
  assert.deepEqual(kept.rawPayload, bytes)
  const pasted = await head.post(`${url}/plans`, { fileName: '要点.txt', text })
  assert.equal(pasted.body.code, 'PLAN_ALREADY_IMPORTED')
})

test('[G5] a file that is no plan is refused with what to do', async () => {
  const pdf = await head.upload(`${url}/plans`, { name: 'plan.pdf', content: Buffer.from('%PDF-1.7 …') })
  assert.equal(pdf.status, 422)
  assert.equal(pdf.body.code, 'PLAN_FILE_UNREADABLE')
  assert.match(pdf.body.detail, /PDF/)
  const nothing = await head.post(`${url}/plans`, { fileName: '要点.txt' })
  assert.equal(nothing.body.code, 'PLAN_SOURCE_MISSING')
  const prose = await head.post(`${url}/plans`, { fileName: '说明.txt', text: '一段没有条目的话。' })
  assert.equal(prose.body.code, 'PLAN_WITHOUT_ITEMS')
})

test('[G5] an adoption that was cut off before its tasks gets them all the same, each once', async () => {
  const id = await importPlan()
  const streams = bindStreams(host.host.service('office').store, planStream)
  const context = {
    commandId: '0197a000-0000-7000-8000-00000000c0de',
    actor: 'head',
    office: 'yongchuan',
    at: '2026-03-02T01:00:00Z',
    correlationId: 'cut-off',
  }
  await streams.execute(id, context, { decide: (state) => adoptPlan({ planId: id }, state) })
  await host.settle()
  const { body } = await head.get(`${url}/tasks?planId=${id}`)
  assert.equal(body.items.length, 4)
  assert.ok(body.items.every((task: TaskBody) => task.version === 1))
})

test('[G5] progress, evidence, completion and reopening of a task, with its timeline', async () => {
  const { tasks } = await adoptedPlan()
  const [task] = tasks
  assert.ok(task)
  const path = `${url}/tasks/${task.taskId}`
  const progress = await head.post(`${path}/progress`, { percent: 40, note: '已完成方案' }, { ifMatch: 1 })
  assert.equal(progress.status, 200)
  const file = await head.upload(`${url}/files`, { name: 'proof.txt', content: Buffer.from('督导方案') })
  assert.equal(file.status, 201, JSON.stringify(file.body))
  const evidence = { hash: file.body.hash, name: '随便写的名称', mediaType: 'image/png', size: 1, service: 'office' }
  const attached = await head.post(`${path}/evidence`, { evidence, note: '方案' }, { ifMatch: 2 })
  assert.equal(attached.status, 200, JSON.stringify(attached.body))
  const unknown = { ...evidence, hash: 'f'.repeat(64) }
  const refused = await head.post(`${path}/evidence`, { evidence: unknown }, { ifMatch: 3 })
  assert.equal(refused.body.code, 'FILE_NOT_UPLOADED')
  const staff = host.as({ roles: ['office-staff'] })
  assert.equal((await staff.post(`${path}/complete`, { note: '完成' }, { ifMatch: 3 })).status, 403)
  await head.post(`${path}/complete`, { note: '已完成' }, { ifMatch: 3 })
  const reopened = await head.post(`${path}/reopen`, { reason: '缺少通报' }, { ifMatch: 4 })
  const { body } = await head.get(path, { 'min-position': reopened.body.position })
  assert.equal(body.state, 'in-progress')
  assert.deepEqual(
    body.timeline.map((line: { title: string }) => line.title),
    ['分解任务', '填报进展 40%', '上传印证材料', '确认完成', '退回重办'],
  )
  assert.equal(body.evidence[0].evidence.name, '随便写的名称')
  assert.match(body.evidence[0].evidence.mediaType, /^text\/plain/)
})

test('[G5] visits and problems of other services are linked to their task, redelivered or not', async () => {
  const { tasks } = await adoptedPlan()
  const [task] = tasks
  assert.ok(task)
  const { taskId } = task
  const problem = { ...problemOpened.example, taskId }
  await host.announce(visitRecorded, { ...visitRecorded.example, taskId })
  await host.announce(visitRecorded, { ...visitRecorded.example, taskId })
  await host.announce(problemOpened, problem)
  await host.announce(problemCancelled, { ...problemCancelled.example, taskId })
  await host.announce(visitRecorded, { ...visitRecorded.example, office: 'qijiang', taskId }, 'qijiang')
  await host.settle()
  const { body } = await head.get(`${url}/tasks/${taskId}`)
  assert.equal(body.linkedVisits, 1)
  assert.equal(body.linkedProblems, 1)
  assert.equal(body.openProblems, 0)
  assert.deepEqual(body.linked.visits, [
    {
      visitId: visitRecorded.example.visitId,
      schoolName: visitRecorded.example.schoolName,
      visitedOn: visitRecorded.example.visitedOn,
      negatives: visitRecorded.example.negatives,
    },
  ])
  assert.equal(body.linked.problems[0].state, 'cancelled')
})

test('[G5] a linked problem that comes back is open again, also on the task for which it was seen this time', async () => {
  const { tasks } = await adoptedPlan()
  const [task, other] = tasks
  assert.ok(task && other)
  const standing = async (taskId: string) => {
    await host.settle()
    const { linkedProblems, openProblems, linked } = (await head.get(`${url}/tasks/${taskId}`)).body
    return [linkedProblems, openProblems, linked.problems[0]?.state]
  }
  const problemId = '0197a000-0000-7000-8000-000000000a77'
  const named = { problemId, taskId: task.taskId }
  await host.announce(problemOpened, { ...problemOpened.example, ...named })
  await host.announce(problemCancelled, { ...problemCancelled.example, ...named })
  assert.deepEqual(await standing(task.taskId), [1, 0, 'cancelled'])
  await host.announce(problemRebounded, { ...problemRebounded.example, problemId, taskId: other.taskId })
  assert.deepEqual(await standing(task.taskId), [1, 1, 'rebounded'])
  assert.deepEqual(await standing(other.taskId), [1, 1, 'rebounded'])
  await host.announce(problemCancelled, { ...problemCancelled.example, ...named })
  assert.deepEqual(await standing(task.taskId), [1, 0, 'cancelled'])
  assert.deepEqual(await standing(other.taskId), [1, 0, 'cancelled'])
  // A stranger's word about the same id changes nothing here.
  await host.announce(problemRebounded, { ...problemRebounded.example, ...named, office: 'qijiang' }, 'qijiang')
  assert.deepEqual(await standing(task.taskId), [1, 0, 'cancelled'])
})

test('[G4] a liaison sees and reports the tasks in which the own body takes part, and no others', async () => {
  const { id, tasks } = await adoptedPlan()
  const liaison = host.as({ roles: ['department-liaison'], body: '区财政局', subject: 'liaison' })
  const { body: own } = await liaison.get(`${url}/tasks?planId=${id}`)
  assert.deepEqual(
    own.items.map((task: TaskBody) => task.title),
    ['开展综合督导'],
  )
  const mine = own.items[0].taskId
  const other = tasks.find(({ taskId }) => taskId !== mine)
  assert.ok(other)
  const report = { percent: 10, note: '已安排经费' }
  assert.equal((await liaison.post(`${url}/tasks/${mine}/progress`, report, { ifMatch: 1 })).status, 200)
  assert.equal((await liaison.post(`${url}/tasks/${other.taskId}/progress`, report, { ifMatch: 1 })).status, 404)
  assert.equal((await liaison.get(`${url}/tasks/${other.taskId}`)).status, 404)
  const { status, body: seen } = await liaison.get(`${url}/plans/${id}`)
  assert.equal(status, 200)
  const shown = seen.items.flatMap(({ taskId, task }: { taskId: string | null; task: unknown }) =>
    taskId === null && task === null ? [] : [taskId],
  )
  assert.deepEqual(shown, [mine], 'of the tasks of a plan, a liaison sees the own ones')
  const stranger = host.as({ roles: ['department-liaison'], body: '区气象局' })
  assert.equal((await stranger.get(`${url}/plans/${id}`)).status, 404)
  assert.deepEqual((await stranger.get(`${url}/plans`)).body.items, [])
  assert.deepEqual((await stranger.get(`${url}/tasks`)).body.items, [])
  const unadopted = await importPlan()
  assert.equal((await liaison.get(`${url}/plans/${unadopted}`)).status, 404)
})

test('[G4] evidence of a task is seen by the bodies that take part in it, and by no other', async () => {
  const { tasks } = await adoptedPlan()
  const task = tasks.find(({ title }) => title === '开展综合督导')
  assert.ok(task)
  const uploaded = await head.upload(`${url}/files`, { name: '经费安排.txt', content: '综合督导经费安排' })
  const evidence = { ...uploaded.body, service: 'office' }
  const taking = host.as({ roles: ['department-liaison'], body: '区财政局', subject: 'liaison' })
  const other = host.as({ roles: ['department-liaison'], body: '区气象局', subject: 'weather' })
  const path = `${url}/files/${evidence.hash}`
  assert.deepEqual([(await taking.get(path)).status, (await other.get(path)).status], [404, 404])
  const attached = await head.post(`${url}/tasks/${task.taskId}/evidence`, { evidence }, { ifMatch: 1 })
  assert.equal(attached.status, 200, JSON.stringify(attached.body))
  await host.settle()
  assert.deepEqual([(await taking.get(path)).body, (await other.get(path)).status], ['综合督导经费安排', 404])
})

test('[G4] a task goes to other bodies and is found under them', async () => {
  const { tasks } = await adoptedPlan()
  const task = tasks.find(({ title }) => title === '落实挂牌督导')
  assert.ok(task)
  const { body } = await head.post(
    `${url}/tasks/${task.taskId}/assign`,
    { bodies: [{ name: '区妇联', role: 'lead' }], dueOn: '2026-02-01' },
    { ifMatch: 1 },
  )
  const { body: found } = await head.get(`${url}/tasks?body=${encodeURIComponent('区妇联')}`, {
    'min-position': body.position,
  })
  assert.deepEqual(
    found.items.map((item: TaskBody) => item.taskId),
    [task.taskId],
  )
  assert.equal(found.items[0].leadAssumed, false)
  const womens = host.as({ roles: ['department-liaison'], body: '区妇联', subject: 'womens' })
  const { body: theirs } = await womens.get(`${url}/plans`, { 'min-position': body.position })
  assert.equal(theirs.items.length, 1)
  assert.equal((await womens.get(`${url}/plans/${theirs.items[0].planId}`)).status, 200)
  const { body: late } = await head.get(`${url}/tasks?overdue=true`)
  assert.deepEqual(
    late.items.map((item: TaskBody) => item.taskId),
    [task.taskId],
  )
  const { body: searched } = await head.get(`${url}/tasks?q=${encodeURIComponent('妇联')}&state=assigned`)
  assert.equal(searched.items.length, 1)
})

test('[I1] a plan does not close before its 综合督导 is completed', async () => {
  const { id, tasks } = await adoptedPlan()
  const close = () => head.post(`${url}/plans/${id}/close`, {}, { ifMatch: 2 })
  const refused = await close()
  assert.equal(refused.status, 409)
  assert.equal(refused.body.code, 'PLAN_COMPREHENSIVE_INSPECTION_MISSING')
  assert.match(refused.body.detail, /开展综合督导/)
  const task = tasks.find(({ title }) => title === '开展综合督导')
  assert.ok(task)
  await head.post(`${url}/tasks/${task.taskId}/complete`, { note: '已完成并通报' }, { ifMatch: 1 })
  const closed = await close()
  assert.equal(closed.status, 200, JSON.stringify(closed.body))
  const { body } = await head.get(`${url}/plans?state=closed`, { 'min-position': closed.body.position })
  assert.ok(body.items.some((plan: { planId: string; done: number }) => plan.planId === id && plan.done === 1))
})

test('[I1] a 综合督导 that the inspections closed for a task of the plan lets it close; a 专项督导 or another office’s does not', async () => {
  const { id, tasks } = await adoptedPlan()
  const close = () => head.post(`${url}/plans/${id}/close`, {}, { ifMatch: 2 })
  const task = tasks.find(({ title }) => title !== '开展综合督导')
  assert.ok(task)
  const told = { ...campaignClosed.example, office: 'yongchuan', type: 'comprehensive', taskId: task.taskId }
  const tell = async (given: object, last: string) => {
    const data = { ...told, campaignId: `0197a000-0000-7000-8000-000000000c${last}`, ...given }
    await host.announce(campaignClosed, data, data.office)
    await host.settle()
  }
  await tell({ type: 'special' }, '91')
  await tell({ office: 'qijiang' }, '92')
  assert.equal((await close()).body.code, 'PLAN_COMPREHENSIVE_INSPECTION_MISSING')
  await tell({}, '93')
  const closed = await close()
  assert.equal(closed.status, 200, JSON.stringify(closed.body))
})

test("another office's plan and task do not exist, for reading and for every command", async () => {
  const { id, tasks } = await adoptedPlan()
  const [task] = tasks
  assert.ok(task)
  const { body: plan } = await head.get(`${url}/plans/${id}`)
  const never = '0197a000-0000-7000-8000-00000000dead'
  for (const [path, unknown] of [
    [`/plans/${id}`, `/plans/${never}`],
    [`/tasks/${task.taskId}`, `/tasks/${never}`],
    [`/files/${plan.source.hash}`, `/files/${'0'.repeat(64)}`],
  ] as const) {
    const [theirs, nothing] = [await elsewhere.get(url + path), await elsewhere.get(url + unknown)]
    assert.equal(theirs.status, 404, path)
    assert.deepEqual({ ...theirs.body, traceId: '' }, { ...nothing.body, traceId: '' })
  }
  for (const [path, body] of [
    [`/plans/${id}/items/${plan.items[0].itemId}/correct`, { note: '试探' }],
    [`/plans/${id}/adopt`, {}],
    [`/plans/${id}/issue`, { documentNumber: '号', issuedOn: '2026-03-02', recipients: ['各学校'] }],
    [`/plans/${id}/close`, {}],
    [`/tasks/${task.taskId}/progress`, { percent: 1, note: '试探' }],
    [`/tasks/${task.taskId}/complete`, { note: '试探' }],
    [`/tasks/${task.taskId}/reopen`, { reason: '试探' }],
    [`/tasks/${task.taskId}/assign`, { bodies: [{ name: '区教委', role: 'lead' }] }],
  ] as const) {
    assert.equal((await elsewhere.post(url + path, body, { ifMatch: 2 })).status, 404, path)
  }
  await host.settle()
  for (const list of ['/tasks', `/tasks?planId=${id}`]) {
    const { body } = await elsewhere.get(url + list)
    assert.ok(!JSON.stringify(body).includes(id))
  }
  const borrowed = await elsewhere.post(`${url}/plans`, { fileName: '要点.txt', fileHash: plan.source.hash })
  assert.equal(borrowed.status, 404)
})

test('who may not manage plans can neither preview nor import one', async () => {
  const supervisor = host.as({ roles: ['school-supervisor'], supervisor: '0197a000-0000-7000-8000-000000000501' })
  for (const path of ['/plans/parse', '/plans']) {
    const { status } = await supervisor.post(url + path, { fileName: '要点.txt', text: planText })
    assert.equal(status, 403)
  }
})
