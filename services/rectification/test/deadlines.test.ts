import assert from 'node:assert/strict'
import { test } from 'node:test'
import { urgingNoticeIssued } from '@dulian/contracts'
import { ok, refusedWith, upTo } from '@dulian/service-host/testing'
import { api, startRectification } from './rectification-host.ts'

test('[X5] an overdue item gets a numbered 督办通知 with a new limit, which counts down', async (t) => {
  const host = await startRectification(t)
  const notices: unknown[] = []
  await host.host.bus.subscribe({
    group: 'test',
    topics: ['dulian.rectification'],
    handle: async (message) => {
      if (message.type === urgingNoticeIssued.type) notices.push(message.data)
    },
  })
  const id = await host.finding()
  const path = `${api}/problems/${id}`
  const version = await host.demand(id, '2026-11-13')
  const urge = { newDueOn: '2026-11-27' }
  refusedWith(await host.staff.post(`${path}/urge`, urge, { ifMatch: version }), 409, 'PROBLEM_NOT_OVERDUE')

  await host.moveTo('2026-11-13T15:59:00Z')
  assert.deepEqual([(await host.problem(id)).overdue, (await host.problem(id)).lamp], [false, 'due-soon'])
  await host.moveTo('2026-11-15T02:00:00Z')
  const late = await host.problem(id)
  assert.deepEqual([late.overdue, late.lamp, late.workingDaysLeft], [true, 'overdue', 0])
  await host.moveTo('2026-11-16T02:00:00Z')
  assert.equal((await host.problem(id)).workingDaysLeft, -1)

  const urged = ok(await host.staff.post(`${path}/urge`, urge, { ifMatch: late.version, key: 'u1' }))
  assert.equal(urged.body.documentNumber, '永教督办〔2026〕1号')
  const repeated = ok(await host.staff.post(`${path}/urge`, urge, { ifMatch: late.version, key: 'u1' }))
  assert.deepEqual(
    [repeated.body.noticeId, repeated.body.documentNumber],
    [urged.body.noticeId, urged.body.documentNumber],
  )
  const after = ok(await host.staff.get(path, upTo(urged))).body
  assert.deepEqual(
    [after.dueOn, after.originalDueOn, after.urgings, after.lamp, after.workingDaysLeft],
    ['2026-11-27', '2026-11-13', 1, 'on-time', 9],
  )
  const [notice] = ok(await host.principal.get(`${api}/notices`, upTo(urged))).body.items
  assert.deepEqual(
    [notice.documentNumber, notice.newDueOn, notice.workingDaysOverdue],
    ['永教督办〔2026〕1号', '2026-11-27', 1],
  )
  assert.match(notice.text, /逾期1个工作日.*2026年11月27日前/)
  assert.deepEqual(ok(await host.otherPrincipal.get(`${api}/notices`)).body.items, [])
  refusedWith(await host.staff.post(`${path}/urge`, urge, { ifMatch: after.version }), 409, 'PROBLEM_NOT_OVERDUE')

  await host.moveTo('2026-11-30T02:00:00Z')
  const again = await host.problem(id)
  const second = ok(
    await host.staff.post(`${path}/urge`, { newDueOn: '2026-12-07', text: '再次督办' }, { ifMatch: again.version }),
  )
  assert.equal(second.body.documentNumber, '永教督办〔2026〕2号')
  await host.settle()
  assert.equal(notices.length, 2)
})

test('[N12] a refused or contested urging leaves no gap in the numbers', async (t) => {
  const host = await startRectification(t)
  const [a, b] = [
    await host.finding(undefined, { itemCode: 'A01' }),
    await host.finding(undefined, { itemCode: 'A02' }),
  ]
  for (const id of [a, b]) await host.demand(id, '2026-11-13')
  await host.moveTo('2026-11-17T02:00:00Z')
  const version = (await host.problem(a)).version
  refusedWith(
    await host.staff.post(`${api}/problems/${a}/urge`, { newDueOn: '2026-11-17' }, { ifMatch: version }),
    422,
    'DEADLINE_NOT_IN_FUTURE',
  )
  refusedWith(
    await host.staff.post(`${api}/problems/${a}/urge`, { newDueOn: '2026-11-27' }, { ifMatch: 1 }),
    412,
    'WRONG_EXPECTED_VERSION',
  )
  const both = await Promise.all(
    ['x', 'y'].map((key) =>
      host.staff.post(`${api}/problems/${a}/urge`, { newDueOn: '2026-11-27' }, { ifMatch: version, key }),
    ),
  )
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412])
  const other = ok(
    await host.staff.post(
      `${api}/problems/${b}/urge`,
      { newDueOn: '2026-11-27' },
      { ifMatch: (await host.problem(b)).version },
    ),
  )
  assert.equal(other.body.documentNumber, '永教督办〔2026〕2号')
})

test('[N12] problems opened at the same time take numbers without gap or double', async (t) => {
  const host = await startRectification(t)
  const body = (title: string) => ({
    schoolId: '0197a000-0000-7000-8000-000000000001',
    title,
    description: '说明',
    severity: 'ordinary',
    source: { kind: 'special', title: '校园食品安全专项督导', level: 'district', year: 2026 },
  })
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, n) => host.staff.post(`${api}/problems`, body(`问题${n}`))),
  )
  const numbers = made.map((answer) => ok(answer, 201).body.number).sort()
  assert.deepEqual(
    numbers,
    Array.from({ length: 20 }, (_, n) => `永-2026-${String(n + 1).padStart(4, '0')}`),
  )
})

async function passings(host: Awaited<ReturnType<typeof startRectification>>, id: string): Promise<string[]> {
  const { timeline } = await host.problem(id)
  return timeline
    .filter((entry: { event: string }) => entry.event === 'DeadlinePassed')
    .map((entry: { note: string }) => entry.note.slice(3, 13))
}

test('[X5][N3] a limit passes exactly once, over a weekend, a long stop and a clock set back', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await host.demand(id, '2026-11-13')
  await host.moveTo('2026-11-13T12:00:00Z')
  assert.deepEqual(await passings(host, id), [])
  // Nobody looks for two weeks; then all days begin in order.
  await host.moveTo('2026-11-27T02:00:00Z')
  assert.deepEqual(await passings(host, id), ['2026-11-13'])
  await host.moveTo('2026-11-20T02:00:00Z')
  await host.moveTo('2026-11-27T03:00:00Z')
  await host.moveTo('2026-12-04T02:00:00Z')
  assert.deepEqual(await passings(host, id), ['2026-11-13'])

  const { version } = await host.problem(id)
  ok(await host.head.post(`${api}/problems/${id}/extend`, { dueOn: '2026-12-11', reason: '雨' }, { ifMatch: version }))
  await host.moveTo('2026-12-11T12:00:00Z')
  assert.equal((await passings(host, id)).length, 1)
  await host.moveTo('2026-12-12T02:00:00Z')
  assert.deepEqual(await passings(host, id), ['2026-11-13', '2026-12-11'])
})

test('[N3] working days left follow 调休: a make-up Saturday counts, the holiday week does not', async (t) => {
  const host = await startRectification(t, '2026-09-28T02:00:00Z')
  const id = await host.finding(undefined, { foundOn: '2026-09-28' })
  await host.demand(id, '2026-10-12')
  await host.settle()
  const left = async () => (await host.problem(id)).workingDaysLeft
  // 29, 30 September, 8, 9, Saturday 10 and Monday 12 October.
  assert.equal(await left(), 6)
  await host.moveTo('2026-10-04T02:00:00Z')
  assert.equal(await left(), 4)
  await host.moveTo('2026-10-09T02:00:00Z')
  assert.deepEqual([await left(), (await host.problem(id)).lamp], [2, 'due-soon'])
})

test('[N16] the record says how long was waited for whom', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await host.moveTo('2026-11-04T02:00:00Z')
  const version = await host.demand(id, '2026-11-30')
  await host.moveTo('2026-11-11T02:00:00Z')
  const evidence = [await host.evidence()]
  ok(await host.principal.post(`${api}/problems/${id}/report`, { text: '已清理', evidence }, { ifMatch: version }))
  await host.moveTo('2026-11-13T02:00:00Z')
  const { waiting } = await host.problem(id)
  assert.deepEqual(waiting, {
    total: 9,
    parties: [
      { party: 'school', workingDays: 5 },
      { party: 'office', workingDays: 2 },
      { party: 'supervisor', workingDays: 2 },
      { party: 'body', workingDays: 0 },
    ],
  })
})
