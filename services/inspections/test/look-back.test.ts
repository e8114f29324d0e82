import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postingChanged, schoolChanged } from '@dulian/contracts'
import { ok, refusedWith } from '@dulian/service-host/testing'
import { answersFor, bothSigned, schoolA, startInspections, supervisorB, zoneA, zoneB } from './inspections-host.ts'

const api = '/api/inspections'

/** A visit of 4 November that reaches the office on 7 November, with one finding. */
async function lateVisit(t: Parameters<typeof startInspections>[0]) {
  const host = await startInspections(t)
  await host.moveTo('2026-11-07T01:00:00Z')
  const photo = await host.photo()
  const answers = await answersFor(host.supervisor, { C02: { note: '课表不一致', evidence: [photo] } })
  const body = { schoolId: schoolA, visitedOn: '2026-11-04', answers, signatures: bothSigned }
  const { id } = ok(await host.supervisor.post(`${api}/visits/quick`, body), 201).body
  await host.settle()
  await host.moveTo('2026-11-10T01:00:00Z')
  const ask = async (path: string) => ok(await host.head.get(`${api}/${path}`)).body
  return { host, id, ask }
}

test('[N10] a visit that reached the office late is valid on its day and was not known then: visits, findings, coverage, ledger', async (t) => {
  const { id, ask } = await lateVisit(t)
  const visits = async (days: string) =>
    (await ask(`visits?${days}`)).items.map((visit: Record<string, unknown>) => [
      visit.visitId,
      visit.state,
      visit.findings,
    ])
  assert.deepEqual(await visits('asOf=2026-11-05'), [])
  assert.deepEqual(await visits('validOn=2026-11-05'), [[id, 'recorded', 1]])
  assert.deepEqual(await visits('validOn=2026-11-03'), [])
  assert.deepEqual(await visits('asOf=2026-11-07'), [[id, 'recorded', 1]])

  assert.equal((await ask('findings?asOf=2026-11-05')).items.length, 0)
  assert.equal((await ask('findings?validOn=2026-11-05&state=proposed')).items.length, 1)

  const covered = async (days: string) => (await ask(`coverage?month=2026-11&${days}`)).totals.covered
  assert.equal(await covered('asOf=2026-11-05'), 0)
  assert.equal(await covered('validOn=2026-11-05'), 1)
  assert.equal(await covered(''), 1)
  assert.equal((await ask('coverage?asOf=2026-11-05')).month, '2026-11')

  const unsettled = async (days: string) => (await ask(`ledger?unsettled=true&${days}`)).items.length
  assert.equal(await unsettled('asOf=2026-11-05'), 0)
  assert.equal(await unsettled('validOn=2026-11-05'), 1)
  const page = await ask('ledger?limit=100&validOn=2026-11-05')
  assert.ok(page.items.length >= 3)
  assert.deepEqual(page.lookedBack, { knownOn: null, validOn: '2026-11-05' })

  for (const list of ['visits', 'findings', 'coverage', 'ledger']) {
    const { items, total } = await ask(`${list}/differences?day=2026-11-05`)
    assert.ok(total > 0, list)
    // What is to be visited in a month was known before; that it was visited came late.
    const coverage = list === 'coverage'
    assert.equal(items[0].kind, coverage ? 'changed' : 'added', list)
    const told = coverage ? '走访计入' : '提交督查记录'
    assert.ok(
      items[0].corrections.some(({ title }: { title: string }) => title === told),
      list,
    )
    assert.equal((await ask(`${list}/differences?day=2026-11-03`)).total, 0, list)
  }
})

test('[N10] coverage of a past day is told with the zones and supervisors of that day', async (t) => {
  const host = await startInspections(t)
  await host.moveTo('2026-11-10T01:00:00Z')
  const kinds = { kind: 'school', stage: 'primary', ownership: 'public' }
  const named = { office: 'yongchuan', schoolId: schoolA, code: schoolA.slice(-10), name: '示例第一小学', ...kinds }
  const moved = { ...named, zoneId: zoneB, zoneName: '乡镇责任区', enrolment: 900, validFrom: '2026-11-04' }
  await host.announce(schoolChanged, moved, 'yongchuan')
  const posting = { office: 'yongchuan', schoolId: schoolA, supervisorId: supervisorB, supervisorName: '示例督学乙' }
  await host.announce(postingChanged, { ...posting, from: '2026-11-04' }, 'yongchuan')
  await host.settle()
  const at = async (days: string) => {
    const { items } = ok(await host.head.get(`${api}/coverage?${days}`)).body
    const row = items.find(({ schoolId }: { schoolId: string }) => schoolId === schoolA)
    return [row.zoneId, row.supervisorName]
  }
  assert.deepEqual(await at('asOf=2026-11-05'), [zoneA, '示例督学甲'])
  assert.deepEqual(await at('validOn=2026-11-05'), [zoneB, '示例督学乙'])
  assert.deepEqual(await at('validOn=2026-11-03'), [zoneA, '示例督学甲'])
})

test('[N10] a look ahead is refused; another office and another zone see no differences of ours', async (t) => {
  const { host } = await lateVisit(t)
  for (const path of ['checklists?asOf', 'checklists?validOn', 'checklists/differences?day']) {
    refusedWith(await host.head.get(`${api}/${path}=2026-11-11`), 422, 'HISTORY_DAY_TO_COME')
  }
  for (const list of ['visits', 'findings', 'coverage', 'ledger']) {
    for (const path of [`${list}?asOf`, `${list}?validOn`, `${list}/differences?day`]) {
      refusedWith(await host.head.get(`${api}/${path}=2026-11-11`), 422, 'HISTORY_DAY_TO_COME')
    }
    const path = `${api}/${list}/differences?day=2026-11-05`
    assert.equal(ok(await host.foreignHead.get(path)).body.total, 0, list)
    assert.equal(ok(await host.otherZoneHead.get(path)).body.total, 0, list)
    assert.ok(ok(await host.zoneHead.get(path)).body.total > 0, list)
  }
  assert.deepEqual(ok(await host.foreignHead.get(`${api}/visits?validOn=2026-11-05`)).body.items, [])
})

test('[N10] the checklists of a past day are those published by then, beside the standing one of that day', async (t) => {
  const host = await startInspections(t)
  await host.moveTo('2026-11-05T01:00:00Z')
  const item = { code: 'X01', title: '示例条目', severity: 'ordinary' }
  const drafted = await host.head.post(`${api}/checklists`, { title: '示例专项清单', items: [item] })
  assert.equal(drafted.status, 201, JSON.stringify(drafted.body))
  await host.settle()
  await host.moveTo('2026-11-06T01:00:00Z')
  const titles = async (days: string) =>
    ok(await host.head.get(`${api}/checklists?${days}`)).body.items.map(({ title }: { title: string }) => title)
  assert.ok(!(await titles('asOf=2026-11-04')).includes('示例专项清单'))
  assert.ok((await titles('asOf=2026-11-05')).includes('示例专项清单'))
  assert.deepEqual(await titles('validOn=2026-11-05'), await titles('asOf=2026-11-05'))
})
