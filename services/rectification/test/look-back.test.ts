import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postingChanged } from '@dulian/contracts'
import { ok, refusedWith } from '@dulian/service-host/testing'
import { api, schoolA, schoolB, startRectification, supervisorB } from './rectification-host.ts'

type Row = { readonly problemId: string; readonly state: string; readonly supervisorName: string | null }

test('[N10] a posting recorded on 7 July from 20 June changes what is valid on 30 June, not what was known on it; the difference lists it', async (t) => {
  const host = await startRectification(t, '2026-06-01T01:00:00Z')
  const id = await host.finding(schoolA, { foundOn: '2026-06-01' })
  await host.finding(schoolB, { foundOn: '2026-06-02' })
  await host.moveTo('2026-07-07T01:00:00Z')
  const late = { office: 'yongchuan', schoolId: schoolA, supervisorId: supervisorB, supervisorName: '示例督学乙' }
  await host.announce(postingChanged, { ...late, from: '2026-06-20' }, 'yongchuan')
  await host.settle()
  await host.moveTo('2026-07-10T01:00:00Z')
  const who = async (query: string) => {
    const { items } = ok(await host.head.get(`${api}/problems?${query}`)).body as { items: Row[] }
    return items.find(({ problemId }) => problemId === id)?.supervisorName
  }
  assert.equal(await who(''), '示例督学乙')
  assert.equal(await who('asOf=2026-06-30'), '示例督学甲')
  assert.equal(await who('validOn=2026-06-30'), '示例督学乙')
  assert.equal(await who('validOn=2026-06-19'), '示例督学甲')
  assert.equal(await who('validOn=2026-06-30&asOf=2026-07-06'), '示例督学甲')
  assert.equal(await who('validOn=2026-06-30&asOf=2026-07-07'), '示例督学乙')

  const { body } = ok(await host.head.get(`${api}/problems/differences?day=2026-06-30`))
  assert.equal(body.total, 1)
  assert.deepEqual(body.items[0].fields, [
    { field: 'supervisorName', title: '责任督学', known: '示例督学甲', valid: '示例督学乙' },
  ])
  assert.deepEqual(
    body.items[0].corrections.map(({ event: _, ...correction }: { event: string }) => correction),
    [{ title: '挂牌督导变更', recordedOn: '2026-07-07', validFrom: '2026-06-20' }],
  )
  assert.equal(ok(await host.head.get(`${api}/problems/differences?day=2026-06-19`)).body.total, 0)
  assert.equal(ok(await host.head.get(`${api}/problems/differences?day=2026-07-07`)).body.total, 0)
})

test('[N10] a problem found before it came onto the ledger is valid from the day it was found: list and board agree', async (t) => {
  const host = await startRectification(t, '2026-07-07T01:00:00Z')
  const id = await host.finding(schoolA, { foundOn: '2026-06-28' })
  await host.moveTo('2026-07-08T01:00:00Z')
  const at = async (query: string) => {
    const list = ok(await host.head.get(`${api}/problems?${query}`)).body
    const board = ok(await host.head.get(`${api}/board?${query}`)).body
    assert.equal(board.totals.open, list.items.length)
    assert.deepEqual(board.lookedBack, list.lookedBack)
    const aged = board.ageing.reduce((sum: number, { count }: { count: number }) => sum + count, 0)
    assert.equal(aged, board.totals.open)
    return list
  }
  assert.deepEqual((await at('asOf=2026-06-30')).items, [])
  const valid = await at('validOn=2026-06-30')
  assert.deepEqual(
    valid.items.map(({ problemId, state }: Row) => [problemId, state]),
    [[id, 'opened']],
  )
  assert.deepEqual(valid.lookedBack, { knownOn: null, validOn: '2026-06-30' })
  assert.deepEqual((await at('asOf=2026-07-07')).lookedBack, { knownOn: '2026-07-07', validOn: null })
  assert.equal((await at('')).lookedBack, undefined)
  assert.deepEqual((await at('validOn=2026-06-27')).items, [])
  const { items } = ok(await host.head.get(`${api}/problems/differences?day=2026-06-30`)).body
  assert.deepEqual(
    items.map(({ thingId, kind, corrections }: { thingId: string; kind: string; corrections: { title: string }[] }) => [
      thingId,
      kind,
      corrections.map(({ title }) => title),
    ]),
    [[id, 'added', ['问题立案']]],
  )
})

test('[N10] a look back answers with the age of the history, and differences stay within what one may see', async (t) => {
  const host = await startRectification(t, '2026-07-07T01:00:00Z')
  await host.finding(schoolA, { foundOn: '2026-06-28' })
  const live = ok(await host.head.get(`${api}/problems`))
  const past = ok(await host.head.get(`${api}/problems?asOf=2026-07-06`))
  assert.ok(live.headers['view-position'] !== undefined && past.headers['view-position'] !== undefined)
  const path = `${api}/problems/differences?day=2026-06-30`
  assert.equal(ok(await host.principal.get(path)).body.total, 1)
  assert.equal(ok(await host.otherPrincipal.get(path)).body.total, 0)
  assert.equal(ok(await host.otherZoneHead.get(path)).body.total, 0)
  assert.equal(ok(await host.foreignHead.get(path)).body.total, 0)
  assert.deepEqual(ok(await host.foreignHead.get(`${api}/problems?validOn=2026-06-30`)).body.items, [])
})

test('[N10] a day to come, and a knowledge older than the day it is about, are refused', async (t) => {
  const host = await startRectification(t, '2026-07-07T01:00:00Z')
  const lists = ['problems', 'decisions', 'notices'].flatMap((list) => [
    `${list}?asOf`,
    `${list}?validOn`,
    `${list}/differences?day`,
  ])
  for (const path of [...lists, 'board?asOf', 'board?validOn']) {
    refusedWith(await host.head.get(`${api}/${path}=2026-07-08`), 422, 'HISTORY_DAY_TO_COME')
    assert.equal((await host.head.get(`${api}/${path}=2026-02-30`)).status, 400, path)
    ok(await host.head.get(`${api}/${path}=2026-07-07`))
  }
  refusedWith(
    await host.head.get(`${api}/problems?validOn=2026-07-01&asOf=2026-06-30`),
    422,
    'HISTORY_VALID_AFTER_KNOWN',
  )
  assert.equal((await host.head.get(`${api}/problems/differences`)).status, 400)
})

test('[N10] decisions and notices as known on a past day: what was issued later is not among them, for nobody’s part', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await host.moveTo('2026-11-04T01:00:00Z')
  await host.demand(id, '2026-11-05')
  await host.moveTo('2026-11-09T01:00:00Z')
  const { version } = await host.problem(id)
  ok(
    await host.head.post(
      `${api}/problems/${id}/urge`,
      { text: '请整改', newDueOn: '2026-11-20' },
      { ifMatch: version },
    ),
  )
  await host.settle()
  await host.moveTo('2026-11-10T01:00:00Z')
  for (const person of [host.head, host.principal]) {
    const count = async (query: string) => ok(await person.get(`${api}/${query}`)).body.items.length
    for (const axis of ['asOf', 'validOn']) {
      assert.equal(await count(`decisions?${axis}=2026-11-03`), 0)
      assert.equal(await count(`decisions?${axis}=2026-11-04`), 1)
      assert.equal(await count(`notices?${axis}=2026-11-08`), 0)
      assert.equal(await count(`notices?${axis}=2026-11-09`), 1)
    }
  }
  assert.deepEqual(ok(await host.otherPrincipal.get(`${api}/decisions?asOf=2026-11-09`)).body.items, [])
})
