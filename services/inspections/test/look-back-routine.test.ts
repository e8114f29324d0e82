import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ok, refusedWith, type TestPerson } from '@dulian/service-host/testing'
import { campaignOf, openedCampaign, recordCampaignVisit, startWithTeam } from './campaign-story.ts'
import {
  answersFor,
  bothSigned,
  type InspectionsHost,
  kindergarten,
  schoolA,
  schoolB,
  startInspections,
  zoneA,
} from './inspections-host.ts'

const api = '/api/inspections'
const period = '2026-11'
const statement = '校务会组织逐项自查。'

type Row = Record<string, unknown>

async function listed(person: TestPerson, path: string): Promise<Row[]> {
  return ok(await person.get(`${api}/${path}`)).body.items
}

/** Asked on 3 November; the first school hands in on the 6th, late in the day of everybody else. */
async function askedAndHandedIn(t: TestContext) {
  const host = await startInspections(t)
  ok(await host.staff.post(`${api}/self-checks/open`, { period }))
  await host.settle()
  await host.moveTo('2026-11-06T01:00:00Z')
  const checks = await listed(host.staff, `self-checks?period=${period}`)
  const id = checks.find(({ schoolId }) => schoolId === schoolA)?.selfCheckId
  const answers = await answersFor(host.supervisor)
  ok(await host.principal.post(`${api}/self-checks/${id}/submit`, { answers, statement }))
  await host.settle()
  return { host, id }
}

/** A visit of 4 November that reaches the office on the 7th, with one finding. */
async function visitTold(host: InspectionsHost) {
  await host.moveTo('2026-11-07T01:00:00Z')
  const answers = await answersFor(host.supervisor, { C02: { note: '课表不一致', evidence: [await host.photo()] } })
  const body = { schoolId: schoolA, visitedOn: '2026-11-04', answers, signatures: bothSigned }
  ok(await host.supervisor.post(`${api}/visits/quick`, body), 201)
  await host.settle()
}

/** The zone sums up on the 8th; the bulletin is drafted on the 9th and issued on the 10th. */
async function summedUpAndTold(host: InspectionsHost): Promise<void> {
  await host.moveTo('2026-11-08T01:00:00Z')
  const text = '城区责任区本月逐校开展督查。'
  ok(await host.zoneHead.post(`${api}/zone-summaries`, { period, text, gapsReason: '其余学校下旬完成' }))
  await host.settle()
  await host.moveTo('2026-11-09T01:00:00Z')
  const { id } = ok(await host.staff.post(`${api}/bulletins`, { period })).body
  await host.settle()
  const path = `${api}/bulletins/${id}`
  const { wording } = ok(await host.staff.get(path)).body
  ok(await host.staff.post(`${path}/reword`, { ...wording, missingReason: '组长空缺' }, { ifMatch: 1 }))
  await host.moveTo('2026-11-10T01:00:00Z')
  ok(await host.head.post(`${path}/issue`, { approver: '示例主任' }, { ifMatch: 2 }))
  await host.settle()
  await host.moveTo('2026-11-12T01:00:00Z')
}

test('[N10] 学校自查 of a past day: asked, not yet handed in; a supervisor sees those of the own schools', async (t) => {
  const { host, id } = await askedAndHandedIn(t)
  await host.moveTo('2026-11-10T01:00:00Z')
  const at = async (person: TestPerson, days: string) =>
    (await listed(person, `self-checks?period=${period}&${days}`)).filter(({ selfCheckId }) => selfCheckId === id)
  for (const [days, state, submittedOn] of [
    ['asOf=2026-11-05', 'opened', null],
    ['validOn=2026-11-05', 'opened', null],
    ['asOf=2026-11-06', 'submitted', '2026-11-06'],
    ['validOn=2026-11-06', 'submitted', '2026-11-06'],
  ] as const) {
    const [check] = await at(host.head, days)
    assert.deepEqual([check?.state, check?.submittedOn, check?.late], [state, submittedOn, false], days)
  }
  assert.deepEqual(await at(host.head, 'asOf=2026-11-02'), [])
  const answer = ok(await host.head.get(`${api}/self-checks?state=opened&asOf=2026-11-06`)).body
  assert.deepEqual(answer.lookedBack, { knownOn: '2026-11-06', validOn: null })
  assert.deepEqual([answer.items.length, answer.items.some((one: Row) => one.selfCheckId === id)], [3, false])
  for (const person of [host.supervisor, host.zoneHead, host.principal]) {
    assert.equal((await at(person, 'asOf=2026-11-05')).length, 1)
  }
  for (const person of [host.otherSupervisor, host.otherZoneHead, host.foreignHead]) {
    assert.deepEqual(await at(person, 'asOf=2026-11-05'), [])
  }
})

test('[N10] self-checks that a stopped clock opened late were due on their day, and nobody knew', async (t) => {
  const host = await startInspections(t)
  await host.moveTo('2027-01-12T01:00:00Z')
  const asked = async (days: string) => (await listed(host.head, `self-checks?period=2026-12&${days}`)).length
  assert.deepEqual([await asked('asOf=2026-12-05'), await asked('validOn=2026-12-05')], [0, 4])
  const { items, total } = ok(await host.head.get(`${api}/self-checks/differences?day=2026-12-05`)).body
  const ofDecember = items.filter(({ name }: { name: string }) => name.includes('2026-12'))
  assert.ok(total >= 4)
  assert.deepEqual(
    ofDecember.map((one: { kind: string; corrections: Row[] }) => [one.kind, one.corrections[0]?.title]),
    Array(4).fill(['added', '开启学校自查']),
  )
  const seen = async (person: TestPerson) =>
    ok(await person.get(`${api}/self-checks/differences?day=2026-12-05`)).body.items.map(({ name }: Row) => name)
  assert.ok((await seen(host.otherSupervisor)).every((name: string) => name.startsWith('示例第二小学')))
  assert.ok((await seen(host.otherSupervisor)).length > 0)
  assert.ok((await seen(host.foreignHead)).every((name: string) => name.startsWith('示例外区小学')))
})

test('[N10] 经常性督导 and 三级督导 of a past day: counted from what was there then; a visit told late is in what was so', async (t) => {
  const { host } = await askedAndHandedIn(t)
  await visitTold(host)
  await summedUpAndTold(host)
  for (const board of ['routine', 'levels']) {
    const counts = async (days: string) => {
      const { counts: all, county, lookedBack } = ok(await host.head.get(`${api}/${board}?${days}`)).body
      const { selfChecks, visited, visits, findings } = all ?? county
      return [selfChecks, visited, visits, findings, lookedBack?.knownOn ?? lookedBack?.validOn]
    }
    assert.deepEqual(await counts('asOf=2026-11-05'), [0, 0, 0, 0, '2026-11-05'], board)
    assert.deepEqual(await counts('validOn=2026-11-05'), [0, 1, 1, 1, '2026-11-05'], board)
    assert.deepEqual(await counts('asOf=2026-11-06'), [1, 0, 0, 0, '2026-11-06'], board)
    assert.deepEqual(await counts('asOf=2026-11-07'), [1, 1, 1, 1, '2026-11-07'], board)
    assert.deepEqual(await counts(''), [1, 1, 1, 1, undefined], board)
  }
  const zone = async (person: TestPerson, days: string) => {
    const { zones, bulletin, period: month } = ok(await person.get(`${api}/routine?${days}`)).body
    const own = zones.find(({ zoneId }: Row) => zoneId === zoneA)
    return [month, own?.summary, bulletin?.state]
  }
  assert.deepEqual(await zone(host.head, 'asOf=2026-11-07'), [period, 'none', undefined])
  assert.deepEqual(await zone(host.head, 'asOf=2026-11-09'), [period, 'submitted', 'drafted'])
  assert.deepEqual(await zone(host.zoneHead, 'asOf=2026-11-09'), [period, 'submitted', undefined])
  assert.deepEqual(await zone(host.zoneHead, 'asOf=2026-11-10'), [period, 'submitted', 'issued'])
  assert.deepEqual(await zone(host.otherZoneHead, 'asOf=2026-11-10'), [period, undefined, 'issued'])
  const before = ok(await host.head.get(`${api}/routine?asOf=2026-11-05`)).body
  assert.ok(before.withoutVisit.some(({ schoolId }: Row) => schoolId === schoolA))
  const levels = ok(await host.principal.get(`${api}/levels?validOn=2026-11-05`)).body
  assert.deepEqual([levels.county, levels.zones, levels.schools.length], [null, [], 1])
})

test('[N10] 责任区汇总 and 督导通报 of a past day are shown to whom they are shown today; a draft to its office alone', async (t) => {
  const { host } = await askedAndHandedIn(t)
  await visitTold(host)
  await summedUpAndTold(host)
  const summaries = async (person: TestPerson, days: string) =>
    (await listed(person, `zone-summaries?${days}`)).map(({ state, submittedOn }) => [state, submittedOn])
  assert.deepEqual(await summaries(host.head, 'asOf=2026-11-07'), [])
  for (const days of ['asOf=2026-11-08', 'validOn=2026-11-08']) {
    assert.deepEqual(await summaries(host.zoneHead, days), [['submitted', '2026-11-08']])
    for (const person of [host.otherZoneHead, host.supervisor, host.principal, host.foreignHead]) {
      assert.deepEqual(await summaries(person, days), [], days)
    }
  }

  const bulletins = async (person: TestPerson, days: string) =>
    (await listed(person, `bulletins?${days}`)).map(({ state, documentNumber, zones }) => [
      state,
      documentNumber,
      zones,
    ])
  assert.deepEqual(await bulletins(host.head, 'asOf=2026-11-08'), [])
  assert.deepEqual(await bulletins(host.head, 'asOf=2026-11-09'), [['drafted', null, 1]])
  assert.deepEqual(await bulletins(host.zoneHead, 'asOf=2026-11-09'), [])
  assert.deepEqual(await bulletins(host.zoneHead, 'asOf=2026-11-09&state=drafted'), [])
  const issued = [['issued', '永教督通〔2026〕1号', 1]]
  for (const person of [host.head, host.zoneHead, host.principal]) {
    assert.deepEqual(await bulletins(person, 'validOn=2026-11-10'), issued)
  }
  assert.deepEqual(await bulletins(host.foreignHead, 'validOn=2026-11-10'), [])
  // Both are dated on the day they are recorded: nothing was known otherwise.
  for (const list of ['zone-summaries', 'bulletins']) {
    for (const person of [host.head, host.principal]) {
      assert.equal(ok(await person.get(`${api}/${list}/differences?day=2026-11-09`)).body.total, 0, list)
    }
  }
})

test('[N10] 每月进校任务 of a past day: a visit told late was made on its day', async (t) => {
  const host = await startInspections(t)
  await visitTold(host)
  await host.moveTo('2026-12-02T01:00:00Z')
  const duty = async (person: TestPerson, days: string) =>
    (await listed(person, `monthly-duties?${days}`)).find(({ schoolId }) => schoolId === schoolA)
  assert.equal((await duty(host.head, 'asOf=2026-11-05'))?.state, 'due')
  const valid = await duty(host.head, 'validOn=2026-11-05')
  assert.deepEqual([valid?.state, valid?.month, valid?.lastVisitOn], ['met', period, '2026-11-04'])
  assert.equal(await duty(host.head, 'validOn=2026-11-05&unvisited=true'), undefined)
  assert.equal(await duty(host.otherSupervisor, 'validOn=2026-11-05'), undefined)
  assert.equal(await duty(host.foreignHead, 'asOf=2026-11-05'), undefined)
})

/** Planned and opened on 3 November; the record of the first school's visit of that day comes on the 10th. */
async function campaignWithLateRecord(t: TestContext) {
  const host = await startWithTeam(t)
  const spring = await openedCampaign(host, { title: '春季开学专项督导', season: 'spring' })
  await recordCampaignVisit(host, { campaignId: spring.id, schoolId: schoolA, negative: { S02: { note: '缺' } } })
  const { id } = await openedCampaign(host)
  await host.moveTo('2026-11-10T01:00:00Z')
  await recordCampaignVisit(host, { campaignId: id, schoolId: schoolA })
  await host.moveTo('2026-11-12T01:00:00Z')
  return { host, id, former: spring.id }
}

test('[N10] 专项督导 of a past day: progress and schools as told then; a record handed in late counts from its day', async (t) => {
  const { host, id, former } = await campaignWithLateRecord(t)
  const school = async (person: TestPerson, days: string) => {
    const rows = await listed(person, `campaign-schools?campaignId=${id}&${days}`)
    return rows.find(({ schoolId }) => schoolId === schoolA)?.state
  }
  assert.equal(await school(host.head, 'asOf=2026-11-05'), 'scheduled')
  assert.equal(await school(host.head, 'validOn=2026-11-05'), 'recorded')
  assert.equal(await school(host.head, 'asOf=2026-11-02'), undefined, 'not planned yet')
  assert.equal(await school(host.supervisor, 'validOn=2026-11-05'), 'recorded')
  const visited = async (person: TestPerson, days: string) =>
    (await listed(person, `campaigns?${days}`)).find(({ campaignId }) => campaignId === id)?.visited
  assert.deepEqual(await Promise.all(['asOf', 'validOn'].map((at) => visited(host.head, `${at}=2026-11-05`))), [0, 1])
  assert.equal(await visited(host.otherZoneHead, 'validOn=2026-11-05'), 0, 'as far as the own zone goes')
  for (const person of [host.principal, host.foreignHead]) {
    assert.equal(await visited(person, 'validOn=2026-11-05'), undefined)
    assert.equal(await school(person, 'validOn=2026-11-05'), undefined)
  }
  const { autumn, lookedBack } = ok(await host.head.get(`${api}/campaigns/seasons?asOf=2026-11-05`)).body
  assert.deepEqual([autumn[0].visited, lookedBack.knownOn], [0, '2026-11-05'])

  const compared = async (days: string) => {
    const path = `${api}/campaigns/${id}/comparison?with=${former}&${days}`
    const { first, second, groups } = ok(await host.head.get(path)).body
    const answers = (run: 'first' | 'second') =>
      groups.reduce((sum: number, group: Record<string, { answers: number }>) => sum + (group[run]?.answers ?? 0), 0)
    return [first.visited, second.visited, answers('first') > 0, answers('second') > 0]
  }
  assert.deepEqual(await compared('asOf=2026-11-05'), [1, 0, true, false])
  assert.deepEqual(await compared('validOn=2026-11-05'), [1, 1, true, true])
  assert.deepEqual(await compared(''), [1, 1, true, true])

  const differences = async (person: TestPerson) =>
    ok(await person.get(`${api}/campaign-schools/differences?day=2026-11-05`)).body
  const { items } = await differences(host.head)
  assert.deepEqual(
    items.map(({ name, kind }: Row) => [name, kind]),
    [['2026年秋季开学专项督导 · 示例第一小学', 'changed']],
  )
  assert.equal(items[0].corrections[0].title, '提交督查记录')
  assert.equal((await differences(host.zoneHead)).total, 1)
  for (const person of [host.otherZoneHead, host.otherSupervisor, host.foreignHead]) {
    assert.equal((await differences(person)).total, 0)
  }
  assert.equal(ok(await host.otherSupervisor.get(`${api}/campaigns/differences?day=2026-11-05`)).body.total, 0)
})

test('[N10] a campaign opened since was a plan on a past day, with the schools it was then for', async (t) => {
  const host = await startWithTeam(t)
  const planned = ok(await host.staff.post(`${api}/campaigns`, await campaignOf(host.staff)), 201).body
  await host.moveTo('2026-11-06T01:00:00Z')
  ok(await host.staff.post(`${api}/campaigns/${planned.id}/open`, {}, { ifMatch: 1 }))
  await host.settle()
  const at = async (days: string) => {
    const [campaign] = await listed(host.head, `campaigns?${days}`)
    const schools = await listed(host.head, `campaign-schools?campaignId=${planned.id}&${days}`)
    const reached = schools.filter(({ schoolId }) => [schoolA, schoolB, kindergarten].includes(String(schoolId)))
    return [campaign?.stage, campaign?.checklistTitle, reached.length, schools.every(({ visitId }) => visitId === null)]
  }
  const now = await at('')
  assert.deepEqual(now, ['opened', '开学专项督导', now[2], false])
  assert.deepEqual(await at('asOf=2026-11-05'), ['planned', '开学专项督导', now[2], true])
  assert.deepEqual(await listed(host.zoneHead, 'campaigns?asOf=2026-11-05'), [], 'a plan is its office’s own')
})

test('[N10] a look ahead is refused on every list and board of routine supervision and of campaigns', async (t) => {
  const host = await startInspections(t)
  const lists = ['self-checks', 'zone-summaries', 'bulletins', 'campaigns', 'campaign-schools']
  const boards = ['routine', 'levels', 'monthly-duties', 'campaigns/seasons']
  for (const path of [
    ...[...lists, ...boards].flatMap((list) => [`${list}?asOf`, `${list}?validOn`]),
    ...lists.map((list) => `${list}/differences?day`),
  ]) {
    refusedWith(await host.head.get(`${api}/${path}=2026-11-04`), 422, 'HISTORY_DAY_TO_COME')
  }
})
