import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, refusedWith } from '@dulian/service-host/testing'
import { api, schoolA, schoolB, startRectification } from './rectification-host.ts'

const meeting = {
  title: '11月督导反馈会',
  heldOn: '2026-11-02',
  place: '第一会议室',
  attendees: ['示例主任', '示例校长'],
  minutes: '逐项反馈了督查发现的问题。',
}
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
/** A Word file is a zip. */
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
const textOf = (letter: { paragraphs: { marker: string; text: string; body: string }[] }): string =>
  letter.paragraphs.map(({ marker, text, body }) => `${marker}${text}${body}`).join('\n')

test('[X4] the decision on paper lists every problem with its demand and date, before its number is taken and after', async (t) => {
  const host = await startRectification(t)
  const [a, b] = [await host.finding(schoolA), await host.finding(schoolB)]
  const problems = [
    { problemId: a, demand: '清理楼梯间', dueOn: '2026-12-01' },
    { problemId: b, demand: '补齐应急灯', dueOn: '2026-12-08' },
  ]
  const inWriting = { form: 'writing', problems: [{ problemId: a }] }
  const half = ok(await host.head.post(`${api}/decisions/preview`, inWriting)).body
  assert.match(textOf(half), /整改要求：（请填写）。整改期限：（请填写）/)
  const decision = { form: 'meeting', meeting, problems, note: '请高度重视。' }
  const draft = ok(await host.head.post(`${api}/decisions/preview`, decision)).body
  assert.equal(draft.documentNumber, null)
  assert.match(textOf(draft), /2026年11月2日在第一会议室召开的11月督导反馈会/)

  const issued = ok(await host.head.post(`${api}/decisions`, decision), 201).body
  assert.equal(issued.documentNumber, '永教督决〔2026〕1号', 'looking at it took no number')
  await host.settle()
  const letter = ok(await host.head.get(`${api}/decisions/${issued.id}/letter`)).body
  assert.deepEqual(
    [letter.masthead, letter.documentNumber, letter.recipients, letter.signatory, letter.date],
    [
      '永川区人民政府教育督导室文件',
      '永教督决〔2026〕1号',
      '示例第一小学、示例第二小学：',
      '永川区人民政府教育督导室',
      '2026年11月2日',
    ],
  )
  const text = textOf(letter)
  for (const said of [
    /整改要求：清理楼梯间。整改期限：2026年12月1日前。/,
    /整改要求：补齐应急灯。整改期限：2026年12月8日前。/,
    /东侧楼梯间堆放课桌/,
    /参加会议人员：示例主任、示例校长。/,
    /会议记录：逐项反馈了督查发现的问题。/,
  ]) {
    assert.match(text, said)
  }
  const file = await host.head.download(`${api}/decisions/${issued.id}/letter.docx`)
  assert.deepEqual([file.status, file.headers['content-type'], isZip(file.bytes)], [200, WORD, true])
  // A school has its own part in hand, another office nothing.
  const own = textOf(ok(await host.principal.get(`${api}/decisions/${issued.id}/letter`)).body)
  assert.ok(own.includes('清理楼梯间') && !own.includes('补齐应急灯'))
  for (const path of ['letter', 'letter.docx']) {
    refusedWith(await host.foreignHead.get(`${api}/decisions/${issued.id}/${path}`), 404, 'DECISION_NOT_FOUND')
  }
  refusedWith(await host.foreignHead.post(`${api}/decisions/preview`, decision), 404, 'PROBLEM_NOT_FOUND')
})

test('[X4] feedback in a meeting without its minutes is refused, and each school acknowledges its decision once', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const problems = [{ problemId: id, demand: '清理', dueOn: '2026-12-01' }]
  const bare = await host.head.post(`${api}/decisions`, {
    form: 'meeting',
    meeting: { ...meeting, minutes: '' },
    problems,
  })
  refusedWith(bare, 422, 'DECISION_MEETING_MISSING')
  assert.equal(bare.body.errors[0].pointer, '/meeting/minutes')
  const tomorrow = { form: 'meeting', meeting: { ...meeting, heldOn: '2026-11-03' }, problems }
  refusedWith(await host.head.post(`${api}/decisions`, tomorrow), 422, 'DECISION_MEETING_IN_FUTURE')
  const issued = ok(await host.head.post(`${api}/decisions`, { form: 'meeting', meeting, problems }), 201).body
  const receive = `${api}/decisions/${issued.id}/receive`
  refusedWith(await host.otherPrincipal.post(receive), 404, 'STREAM_NOT_FOUND')
  refusedWith(await host.head.post(receive), 403, 'PERMISSION_MISSING')
  ok(await host.principal.post(receive))
  ok(await host.principal.post(receive))
  await host.settle()
  const { receipts } = ok(await host.head.get(`${api}/decisions/${issued.id}`)).body
  assert.deepEqual(receipts, [
    { schoolId: schoolA, schoolName: '示例第一小学', receivedOn: '2026-11-02', receivedBy: '示例校长' },
  ])
  const problem = await host.problem(id)
  assert.deepEqual(
    problem.decisions.map((one: { receivedOn: string | null }) => one.receivedOn),
    ['2026-11-02'],
  )
  assert.ok(problem.timeline.some((entry: { event: string }) => entry.event === 'DecisionReceived'))
})

test('[X5] the 督办通知 refers to the decision, says how late it is, the new limit and the consequence; its level rises', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await host.demand(id, '2026-11-13')
  const path = `${api}/problems/${id}`
  await host.moveTo('2026-11-18T02:00:00Z')
  const draft = ok(await host.staff.post(`${path}/urge/preview`, { newDueOn: '2026-11-27' })).body
  assert.equal(draft.documentNumber, null)
  const urge = async (newDueOn: string) => {
    const { version } = await host.problem(id)
    return ok(await host.staff.post(`${path}/urge`, { newDueOn }, { ifMatch: version })).body
  }
  const first = await urge('2026-11-27')
  await host.settle()
  const letter = ok(await host.head.get(`${api}/notices/${first.noticeId}/letter`)).body
  for (const said of [
    /《整改决定》（永教督决〔2026〕1号）/,
    /永-2026-0001/,
    /已逾期3个工作日/,
    /2026年11月27日前完成整改/,
    /督办级别：督办/,
    /升级为重点督办/,
  ]) {
    assert.match(textOf(letter), said)
  }
  assert.deepEqual([letter.documentNumber, textOf(letter)], ['永教督办〔2026〕1号', textOf(draft)])
  const file = await host.principal.download(`${api}/notices/${first.noticeId}/letter.docx`)
  assert.deepEqual([file.status, file.headers['content-type'], isZip(file.bytes)], [200, WORD, true])

  const receive = `${api}/notices/${first.noticeId}/receive`
  refusedWith(await host.otherPrincipal.post(receive), 404, 'STREAM_NOT_FOUND')
  refusedWith(await host.staff.post(receive), 403, 'PERMISSION_MISSING')
  ok(await host.principal.post(receive))
  ok(await host.principal.post(receive))
  await host.settle()
  const notice = ok(await host.head.get(`${api}/notices/${first.noticeId}`)).body
  assert.deepEqual([notice.receivedOn, notice.receivedBy, notice.version], ['2026-11-18', '示例校长', 2])

  await host.moveTo('2026-11-30T02:00:00Z')
  const second = await urge('2026-12-11')
  await host.settle()
  const higher = ok(await host.head.get(`${api}/notices/${second.noticeId}`)).body
  assert.deepEqual([higher.level, higher.levelName, higher.documentNumber], [2, '重点督办', '永教督办〔2026〕2号'])
  assert.equal((await host.problem(id)).urgingLevel, 2)
  for (const person of [host.foreignHead, host.otherPrincipal]) {
    for (const part of ['', '/letter', '/letter.docx']) {
      refusedWith(await person.get(`${api}/notices/${first.noticeId}${part}`), 404, 'NOTICE_NOT_FOUND')
    }
  }
})

test('[X5] an extension wants a reason and a later day, and is given twice at most', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  let version = await host.demand(id, '2026-11-13')
  const extend = async (body: object) =>
    await host.head.post(`${api}/problems/${id}/extend`, body, { ifMatch: version })
  refusedWith(await extend({ dueOn: '2026-11-20' }), 400, 'INPUT_INVALID')
  refusedWith(await extend({ dueOn: '2026-11-13', reason: '雨' }), 422, 'DEADLINE_NOT_LATER')
  for (const dueOn of ['2026-11-20', '2026-11-27']) version = ok(await extend({ dueOn, reason: '雨' })).body.version
  refusedWith(await extend({ dueOn: '2026-12-04', reason: '雨' }), 409, 'EXTENSIONS_USED_UP')
  refusedWith(
    await host.staff.post(`${api}/problems/${id}/extend`, { dueOn: '2026-12-04', reason: '雨' }, { ifMatch: version }),
    403,
    'PERMISSION_MISSING',
  )
})
