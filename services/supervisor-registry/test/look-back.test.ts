import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { ok, refusedWith, startTestHost } from '@dulian/service-host/testing'
import { registryService } from '../src/service.ts'

const api = '/api/supervisor-registry'
const decided = { decidedBy: '示例委员会', decidedOn: '2025-08-20', termFrom: '2025-09-01' }

/** On 1 June 2026: two zones, two schools, two supervisors in their terms; 甲 answers for the first school. */
async function registry(t: TestContext) {
  const host = await startTestHost({
    services: [registryService],
    access: { permissions, roles },
    now: '2026-06-01T01:00:00Z',
  })
  t.after(() => host.dispose())
  const head = host.as({ subject: 'head', roles: ['office-head'] })
  const make = async (path: string, body: object): Promise<string> =>
    ok(await head.post(`${api}/${path}`, body), 201).body.id
  const city = await make('zones', { name: '城区责任区' })
  const hill = await make('zones', { name: '山区责任区' })
  const kinds = { kind: 'school', stage: 'primary', ownership: 'public' }
  const first = await make('schools', {
    ...kinds,
    code: '3150000001',
    name: '示例第一小学',
    zoneId: city,
    enrolment: 900,
  })
  const second = await make('schools', { ...kinds, code: '3150000002', name: '示例第二小学', zoneId: hill })
  const people: string[] = []
  for (const name of ['示例督学甲', '示例督学乙']) {
    const body = { name, category: 'school', employment: 'part-time', homeUnit: '示例学校', field: '小学教育' }
    const id = await make('supervisors', { ...body, phone: '13800000001' })
    ok(await head.post(`${api}/supervisors/${id}/appoint`, decided, { ifMatch: 1 }))
    people.push(id)
  }
  const [jia = '', yi = ''] = people
  const post = async (schoolId: string, supervisorId: string, from: string) => {
    ok(await head.post(`${api}/schools/${schoolId}/posting`, { supervisorId, from }))
    await host.settle()
  }
  await post(first, jia, '2026-06-01')
  await host.settle()
  const list = async (path: string) => ok(await head.get(`${api}/${path}`)).body
  const correct = async (schoolId: string, body: object) => {
    const { version } = await list(`schools/${schoolId}`)
    return await head.post(`${api}/schools/${schoolId}/correct`, { reason: '核对档案', ...body }, { ifMatch: version })
  }
  return { host, head, city, hill, first, second, jia, yi, post, list, correct }
}

test('[N10] a correction of 7 July that holds from 20 June changes 30 June as valid, not as known; the difference lists it', async (t) => {
  const { host, first, hill, list, correct } = await registry(t)
  await host.moveTo('2026-07-07T01:00:00Z')
  ok(await correct(first, { name: '示例实验小学', zoneId: hill, effectiveFrom: '2026-06-20' }))
  await host.settle()
  await host.moveTo('2026-07-10T01:00:00Z')
  const school = async (days: string) => (await list(`schools?${days}`)).items[0]
  const zone = async (days: string) =>
    (await list(`zones?${days}`)).items.map(({ name, schools }: { name: string; schools: number }) => [name, schools])

  assert.equal((await school('')).name, '示例实验小学')
  assert.equal((await school('asOf=2026-06-30')).name, '示例第一小学')
  assert.equal((await school('validOn=2026-06-30')).name, '示例实验小学')
  assert.equal((await school('validOn=2026-06-19')).name, '示例第一小学')
  assert.equal((await school('validOn=2026-06-30&asOf=2026-06-30')).name, '示例第一小学')
  assert.deepEqual(await zone('asOf=2026-06-30'), [
    ['城区责任区', 1],
    ['山区责任区', 1],
  ])
  assert.deepEqual(await zone('validOn=2026-06-30'), [
    ['城区责任区', 0],
    ['山区责任区', 2],
  ])
  assert.equal((await list(`schools?zoneId=${hill}&validOn=2026-06-30`)).items.length, 2)
  assert.equal((await list(`schools?zoneId=${hill}&asOf=2026-06-30`)).items.length, 1)

  const { items, total } = await list('schools/differences?day=2026-06-30')
  assert.equal(total, 1)
  assert.deepEqual(items[0].fields, [
    { field: 'name', title: '学校名称', known: '示例第一小学', valid: '示例实验小学' },
    { field: 'zoneName', title: '责任区', known: '城区责任区', valid: '山区责任区' },
  ])
  const [correction] = items[0].corrections
  assert.deepEqual(
    [correction.title, correction.recordedOn, correction.validFrom],
    ['更正学校信息', '2026-07-07', '2026-06-20'],
  )
  assert.equal((await list('schools/differences?day=2026-06-19')).total, 0)
  assert.equal((await list('schools/differences?day=2026-07-10')).total, 0)
})

test('[N10] postings and supervisors as known and as valid: a posting recorded late counts from its day', async (t) => {
  const { host, first, yi, post, list } = await registry(t)
  await host.moveTo('2026-07-07T01:00:00Z')
  await post(first, yi, '2026-06-20')
  await host.moveTo('2026-07-08T01:00:00Z')
  const postings = async (days: string) =>
    (await list(`postings?${days}`)).items.map((row: Record<string, string>) => [row.supervisorName, row.from, row.to])
  assert.deepEqual(await postings('asOf=2026-06-30'), [['示例督学甲', '2026-06-01', null]])
  assert.deepEqual(await postings('validOn=2026-06-30'), [
    ['示例督学乙', '2026-06-20', null],
    ['示例督学甲', '2026-06-01', '2026-06-19'],
  ])
  const schools = async (days: string) =>
    (await list(`supervisors?${days}`)).items.map((row: { name: string; schools: number }) => [row.name, row.schools])
  const inOrder = (rows: [string, number][]) => rows.sort(([one], [other]) => (one < other ? -1 : 1))
  assert.deepEqual(inOrder(await schools('asOf=2026-06-30')), [
    ['示例督学乙', 0],
    ['示例督学甲', 1],
  ])
  assert.deepEqual(inOrder(await schools('validOn=2026-06-30')), [
    ['示例督学乙', 1],
    ['示例督学甲', 0],
  ])
  const gap = await list('postings/gaps?from=2026-06-15&to=2026-06-30&asOf=2026-06-30')
  assert.deepEqual(gap.lookedBack, { knownOn: '2026-06-30', validOn: null })
  const difference = await list('postings/differences?day=2026-06-30')
  assert.deepEqual(difference.items.map(({ kind, name }: { kind: string; name: string }) => [kind, name]).sort(), [
    ['added', '示例第一小学 · 示例督学乙（2026-06-20 起）'],
    ['changed', '示例第一小学 · 示例督学甲（2026-06-01 起）'],
  ])
})

test('[N10] what is announced for a day to come is known at once and valid from its day', async (t) => {
  const { host, first, yi, post, list } = await registry(t)
  await post(first, yi, '2026-06-10')
  await host.moveTo('2026-06-12T01:00:00Z')
  const who = async (days: string) => (await list(`schools?${days}`)).items[0].supervisorName
  assert.equal(await who('asOf=2026-06-01'), '示例督学乙')
  assert.equal(await who('validOn=2026-06-09'), '示例督学甲')
  assert.equal(await who('validOn=2026-06-10'), '示例督学乙')
})

test('[N10] a correction for a day to come, and a look ahead, are refused; another office sees no past of ours', async (t) => {
  const { host, head, first, correct } = await registry(t)
  refusedWith(
    await correct(first, { name: '示例实验小学', effectiveFrom: '2026-06-02' }),
    422,
    'SCHOOL_CORRECTION_TO_COME',
  )
  for (const list of ['schools', 'supervisors', 'postings', 'zones']) {
    for (const path of [`${list}?asOf`, `${list}?validOn`, `${list}/differences?day`]) {
      refusedWith(await head.get(`${api}/${path}=2026-06-02`), 422, 'HISTORY_DAY_TO_COME')
      ok(await head.get(`${api}/${path}=2026-06-01`))
    }
  }
  await host.moveTo('2026-06-05T01:00:00Z')
  ok(await correct(first, { name: '示例实验小学', effectiveFrom: '2026-06-03' }))
  await host.settle()
  const elsewhere = host.as({ subject: 'other', office: 'qijiang', roles: ['office-head'] })
  for (const list of ['schools', 'supervisors', 'postings', 'zones']) {
    for (const days of ['asOf=2026-06-04', 'validOn=2026-06-04']) {
      assert.deepEqual(ok(await elsewhere.get(`${api}/${list}?${days}`)).body.items, [], list)
    }
    assert.equal(ok(await elsewhere.get(`${api}/${list}/differences?day=2026-06-04`)).body.total, 0)
  }
  assert.equal(ok(await head.get(`${api}/schools/differences?day=2026-06-04`)).body.total, 1)
})

test('[N10] a narrower right sees of the past what is its own by the rights of today', async (t) => {
  const { host, first, city, jia, yi, post } = await registry(t)
  await host.moveTo('2026-06-05T01:00:00Z')
  await post(first, yi, '2026-06-03')
  const asZone = host.as({ subject: 'z', roles: ['zone-head'], zone: city, supervisor: yi })
  const zones = ok(await asZone.get(`${api}/zones?asOf=2026-06-04`)).body.items
  assert.deepEqual(
    zones.map(({ name }: { name: string }) => name),
    ['城区责任区'],
  )
  assert.equal(ok(await asZone.get(`${api}/schools/differences?day=2026-06-04`)).body.total, 1)
  const asFormer = host.as({ subject: 's', roles: ['school-supervisor'], supervisor: jia })
  const people = ok(await asFormer.get(`${api}/supervisors?asOf=2026-06-04`)).body.items
  assert.deepEqual(
    people.map(({ name }: { name: string }) => name),
    ['示例督学甲'],
  )
})
