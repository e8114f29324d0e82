import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postingChanged, problemRebounded } from '@dulian/contracts'
import { ok, refusedWith, upTo } from '@dulian/service-host/testing'
import { api, schoolA, schoolB, startRectification, supervisorB } from './rectification-host.ts'

type Host = Awaited<ReturnType<typeof startRectification>>

/** From a finding to 销号; the version it has then. */
async function cancelled(host: Host, id: string, dueOn = '2026-11-30'): Promise<number> {
  const evidence = [await host.evidence()]
  let version = await host.demand(id, dueOn)
  const steps = [
    [host.principal, 'report', { text: '已整改', evidence }],
    [host.supervisor, 'verify', { finding: '属实', evidence }],
    [host.head, 'cancel', { note: '同意销号' }],
  ] as const
  for (const [person, step, body] of steps) {
    version = ok(await person.post(`${api}/problems/${id}/${step}`, body, { ifMatch: version })).body.version
  }
  await host.settle()
  return version
}

const list = async (host: Host, query: string): Promise<string[]> =>
  ok(await host.head.get(`${api}/problems?${query}`)).body.items.map((one: { problemId: string }) => one.problemId)

test('[X7] a cancelled problem is due for re-check by the calendar, passes it, and loses its flag when the effect is confirmed', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const path = `${api}/problems/${id}`
  const version = await cancelled(host, id)
  const { reCheck, effect } = await host.problem(id)
  assert.deepEqual(
    [reCheck.state, reCheck.from, reCheck.dueOn, effect],
    ['waiting', '2026-12-14', '2027-01-11', 'unconfirmed'],
  )
  const evidence = [await host.evidence('复查照片')]
  const lasting = { result: 'lasting', finding: '通道仍畅通', evidence }
  refusedWith(await host.supervisor.post(`${path}/re-check`, lasting, { ifMatch: version }), 409, 'RECHECK_TOO_EARLY')
  refusedWith(
    await host.head.post(`${path}/confirm-effect`, { note: '见效' }, { ifMatch: version }),
    409,
    'EFFECT_NOT_CHECKED',
  )
  await host.moveTo('2026-12-14T02:00:00Z')
  assert.deepEqual([await list(host, 'reCheck=due&sort=re-check'), await list(host, 'reCheck=overdue')], [[id], []])
  await host.moveTo('2027-01-12T02:00:00Z')
  assert.deepEqual([await list(host, 'reCheck=due'), await list(host, 'reCheck=overdue')], [[], [id]])
  const onPhone = (person: Host['head']) => person.get(`${api}/problems?limit=100&sort=re-check&reCheck=overdue`)
  assert.equal(ok(await onPhone(host.supervisor)).body.items[0].problemId, id)
  assert.deepEqual(ok(await onPhone(host.otherSupervisor)).body.items, [])
  refusedWith(
    await host.supervisor.post(`${path}/re-check`, { ...lasting, evidence: [] }, { ifMatch: version }),
    422,
    'RECHECK_EVIDENCE_MISSING',
  )
  refusedWith(await host.principal.post(`${path}/re-check`, lasting, { ifMatch: version }), 403, 'PERMISSION_MISSING')
  refusedWith(
    await host.otherSupervisor.post(`${path}/re-check`, lasting, { ifMatch: version }),
    404,
    'STREAM_NOT_FOUND',
  )
  const both = host.as({ subject: 'principal-a', name: '示例校长', roles: ['office-head'], school: schoolA })
  refusedWith(await both.post(`${path}/re-check`, lasting, { ifMatch: version }), 409, 'PROBLEM_VERIFIER_IS_REPORTER')
  const checked = ok(await host.supervisor.post(`${path}/re-check`, lasting, { ifMatch: version }))
  await host.settle()
  assert.equal((await host.problem(id)).reCheck.state, 'done')
  // [X9] closed without an effect check it stays flagged
  assert.deepEqual(await list(host, 'effect=unconfirmed'), [id])
  const done = ok(
    await host.head.post(`${path}/confirm-effect`, { note: '见底见效' }, { ifMatch: checked.body.version }),
  )
  const after = ok(await host.head.get(path, upTo(done))).body
  assert.deepEqual([after.effect, after.nextStep, after.state], ['confirmed', null, 'cancelled'])
  assert.deepEqual(await list(host, 'effect=unconfirmed'), [])
  assert.deepEqual(await list(host, 'effect=confirmed'), [id])
})

test('[X9] a closed item without effect check stays flagged for the office, and a school sees nothing of the re-check to come', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await cancelled(host, id)
  assert.deepEqual(await list(host, 'effect=unconfirmed'), [id])
  const mine = await host.problem(id, host.principal)
  assert.deepEqual([mine.reCheck, mine.nextStep], [null, null])
  assert.ok(!mine.timeline.some((entry: { event: string }) => entry.event === 'ReCheckScheduled'))
})

test('[X7] the office may choose the day of the re-check, after today', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const evidence = [await host.evidence()]
  let version = await host.demand(id, '2026-11-30')
  version = ok(
    await host.principal.post(`${api}/problems/${id}/report`, { text: '好', evidence }, { ifMatch: version }),
  ).body.version
  version = ok(
    await host.supervisor.post(`${api}/problems/${id}/verify`, { finding: '好', evidence }, { ifMatch: version }),
  ).body.version
  const cancel = (reCheckFrom: string) =>
    host.head.post(`${api}/problems/${id}/cancel`, { note: '同意', reCheckFrom }, { ifMatch: version })
  refusedWith(await cancel('2026-11-02'), 422, 'RECHECK_DAY_NOT_LATER')
  ok(await cancel('2027-03-01'))
  await host.settle()
  assert.equal((await host.problem(id)).reCheck.from, '2027-03-01')
})

test('[X7] a re-check finds it again: reopened with its whole history, graver, one level higher, and told to the others', async (t) => {
  const host = await startRectification(t)
  const told: unknown[] = []
  await host.host.bus.subscribe({
    group: 'test',
    topics: ['dulian.rectification'],
    handle: async (message) => {
      if (message.type === problemRebounded.type) told.push(message.data)
    },
  })
  const id = await host.finding()
  const path = `${api}/problems/${id}`
  const version = await cancelled(host, id)
  const before = await host.problem(id)
  const evidence = [await host.evidence('复查照片')]
  const rebound = { result: 'rebound', finding: '楼梯间又堆满了', evidence }
  const found = ok(await host.supervisor.post(`${path}/re-check`, rebound, { ifMatch: version, key: 'r1' }))
  ok(await host.supervisor.post(`${path}/re-check`, rebound, { ifMatch: version, key: 'r1' }))
  const after = ok(await host.head.get(path, upTo(found))).body
  assert.deepEqual(
    [after.state, after.rebounds, after.severity, after.urgingLevel, after.number, after.demand, after.reCheck],
    ['rebounded', 1, 'urgent', 1, before.number, null, null],
  )
  assert.deepEqual(after.timeline.slice(0, before.timeline.length), before.timeline, 'the history stays')
  assert.equal(after.timeline.at(-1).note, '楼梯间又堆满了')
  await host.settle()
  assert.deepEqual(
    told.map((data) => [(data as { problemId: string }).problemId, (data as { times: number }).times]),
    [[id, 1]],
  )
  assert.deepEqual(await list(host, 'rebounded=true'), [id])
  assert.deepEqual(await list(host, 'undecided=true'), [id])

  // The second round goes the whole way again, under a new decision, and its 督办 starts one level higher.
  const demanded = await host.demand(id, '2026-11-13', '彻底清理并设专人管理')
  await host.moveTo('2026-11-17T02:00:00Z')
  const late = await host.problem(id)
  assert.equal(late.version, demanded + 1, 'the new limit has passed')
  const urged = ok(await host.staff.post(`${path}/urge`, { newDueOn: '2026-11-27' }, { ifMatch: late.version }))
  const [notice] = ok(await host.head.get(`${api}/notices`, upTo(urged))).body.items
  assert.deepEqual([notice.level, notice.levelName], [2, '重点督办'])
  assert.deepEqual((await host.problem(id)).decisions.length, 2)
})

test('[N9] the finding again within twelve months: the system links it to the old problem, status 反弹; told twice it is once', async (t) => {
  const host = await startRectification(t)
  const first = await host.finding(schoolA, { itemCode: 'A05', foundOn: '2026-11-02' })
  await cancelled(host, first)
  await host.moveTo('2027-03-04T02:00:00Z')
  const again = { itemCode: 'A05', foundOn: '2027-03-04' }
  const wouldBe = await host.finding(schoolA, again)
  await host.finding(schoolA, again)
  refusedWith(await host.head.get(`${api}/problems/${wouldBe}`), 404, 'PROBLEM_NOT_FOUND')
  assert.deepEqual(await list(host, 'state=rebounded'), [first])
  const problem = await host.problem(first)
  assert.deepEqual([problem.state, problem.rebounds, problem.severity], ['rebounded', 1, 'urgent'])
  // Another school, another item, and the same item while the problem is open, are problems of their own.
  const others = [
    await host.finding(schoolB, again),
    await host.finding(schoolA, { ...again, itemCode: 'A06' }),
    await host.finding(schoolA, { ...again, foundOn: '2027-03-05' }),
  ]
  for (const id of others) assert.equal((await host.problem(id)).state, 'opened')
})

test('[N9] after twelve months it is a new problem', async (t) => {
  const host = await startRectification(t)
  const first = await host.finding(schoolA, { itemCode: 'A05', foundOn: '2026-11-02' })
  await cancelled(host, first)
  await host.moveTo('2027-11-03T02:00:00Z')
  const later = await host.finding(schoolA, { itemCode: 'A05', foundOn: '2027-11-03' })
  assert.deepEqual([(await host.problem(first)).state, (await host.problem(later)).state], ['cancelled', 'opened'])
})

test('[N9] entered by the office under the same clause the old problem rebounds too, and a retry changes nothing', async (t) => {
  const host = await startRectification(t)
  const entry = (title: string, clause: string) => ({
    schoolId: schoolA,
    title,
    description: '说明',
    severity: 'ordinary',
    clause,
    source: { kind: 'special', title: '校园食品安全专项督导', level: 'district', year: 2026 },
  })
  const made = ok(await host.staff.post(`${api}/problems`, entry('留样不全', '办法第八条')), 201)
  await host.settle()
  const { id } = made.body
  assert.deepEqual([made.body.reopened, made.body.number], [false, '永-2026-0001'])
  await cancelled(host, id)
  const other = ok(await host.staff.post(`${api}/problems`, entry('留样不全', '办法第九条')), 201)
  assert.deepEqual([other.body.reopened, other.body.number], [false, '永-2026-0002'])
  const again = entry('食堂留样缺失', '办法第八条')
  const back = ok(await host.staff.post(`${api}/problems`, again, { key: 'k' }), 201)
  assert.deepEqual([back.body.id, back.body.reopened, back.body.number], [id, true, '永-2026-0001'])
  await host.settle()
  const repeated = ok(await host.staff.post(`${api}/problems`, again, { key: 'k' }), 201)
  assert.deepEqual([repeated.body.id, repeated.body.version], [id, back.body.version])
  assert.equal((await host.problem(id)).rebounds, 1)
})

test('[X7] whoever is posted at the school by then makes the re-check', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await cancelled(host, id)
  await host.announce(postingChanged, {
    office: 'yongchuan',
    schoolId: schoolA,
    supervisorId: supervisorB,
    supervisorName: '示例督学乙',
    from: '2026-11-02',
  })
  await host.settle()
  assert.equal((await host.problem(id, host.otherSupervisor)).supervisorName, '示例督学乙')
})
