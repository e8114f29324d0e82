import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { ok, refusedWith, startTestHost, type TestHost, type TestPerson } from '@dulian/service-host/testing'
import { registryService } from '../src/service.ts'

const url = '/api/supervisor-registry'
let host: TestHost
let head: TestPerson

before(async () => {
  host = await startTestHost({
    services: [registryService],
    access: { permissions, roles },
    now: '2026-03-02T01:00:00Z',
  })
  head = host.as({ roles: ['office-head'], subject: 'head' })
})
after(() => host.dispose())

let codes = 3_160_000_000
async function schoolNamed(name: string): Promise<string> {
  codes += 1
  const school = { code: String(codes), name, kind: 'school', stage: 'primary', ownership: 'public' }
  return ok(await head.post(`${url}/schools`, school), 201).body.id
}

async function supervisorNamed(name: string, homeUnit = '示例教师进修学院'): Promise<string> {
  const person = {
    name,
    category: 'school',
    employment: 'part-time',
    homeUnit,
    field: '小学教育',
    phone: '13800000001',
  }
  const { id } = ok(await head.post(`${url}/supervisors`, person), 201).body
  const term = { termFrom: '2025-09-01', decidedBy: '示例区政府教育督导委员会', decidedOn: '2025-08-20' }
  ok(await head.post(`${url}/supervisors/${id}/appoint`, term, { ifMatch: 1 }))
  return id
}

const post = (schoolId: string, supervisorId: string, from = '2026-03-02') =>
  head.post(`${url}/schools/${schoolId}/posting`, { supervisorId, from, overrideReason: '暂无他人' })
const spouse = (schoolId: string) => ({
  kind: 'kinship',
  schoolId,
  description: '配偶任该校校长',
  relativeName: '示例亲属',
  from: '2024-09-01',
})
const namesOf = (items: readonly { name: string; allowed: boolean }[]) => ({
  refused: items.filter(({ allowed }) => !allowed).map(({ name }) => name),
  allowed: items.filter(({ allowed }) => allowed).map(({ name }) => name),
})

test('[R14] [N1] whose spouse is the principal is not put on that school, the reason is displayed, another school is open', async () => {
  const [own, other] = [await schoolNamed('示例亲属小学'), await schoolNamed('示例无关小学')]
  const id = await supervisorNamed('示例回避督学')
  const self = host.as({ roles: ['school-supervisor'], supervisor: id })
  const declared = ok(await self.post(`${url}/supervisors/${id}/relations/declare`, spouse(own)))
  refusedWith(await self.post(`${url}/supervisors/${id}/relations/declare`, spouse(own)), 409, 'RELATION_ALREADY_KNOWN')
  const refused = await post(own, id)
  refusedWith(refused, 409, 'RECUSAL_REQUIRED')
  assert.match(refused.body.detail, /示例回避督学应当回避示例亲属小学：配偶任该校校长（2024年9月1日起）/)
  assert.match(refused.body.detail, /《教育督导条例》第十条/)
  assert.equal(refused.body.errors[0].pointer, '/supervisorId')
  ok(await post(other, id))

  await host.settle()
  const { body: asked } = ok(await head.get(`${url}/supervisors/${id}/recusals?day=2026-03-02`))
  assert.deepEqual(namesOf(asked.items).refused, ['示例亲属小学'])
  assert.match(asked.items[0].reasons[0].explanation, /配偶任该校校长/)
  const kinship = asked.rules.find((rule: { id: string }) => rule.id === 'recusal-kinship')
  assert.equal(kinship.confidence, 'high')
  const { body: bySchool } = ok(await head.get(`${url}/schools/${own}/recusals`))
  assert.ok(namesOf(bySchool.items).refused.includes('示例回避督学'))
  assert.ok(ok(await head.get(`${url}/schools/${own}`)).body.history.length === 1, 'a refusal leaves no trace')

  const fact = `${url}/supervisors/${id}/relations/${declared.body.factId}`
  ok(await head.post(`${fact}/end`, { to: '2026-02-28' }))
  ok(await post(own, id))
})

test('[R14] a tie that was told in error is withdrawn by the office, not by the supervisor, who can only object', async () => {
  const school = await schoolNamed('示例误登小学')
  const id = await supervisorNamed('示例误登督学')
  const self = host.as({ roles: ['school-supervisor'], supervisor: id })
  const { factId } = ok(await head.post(`${url}/supervisors/${id}/relations`, spouse(school))).body
  const fact = `${url}/supervisors/${id}/relations/${factId}`
  assert.equal((await self.post(`${fact}/withdraw`, { reason: '不是本人' })).status, 403)
  assert.equal((await self.post(`${url}/supervisors/${id}/relations`, spouse(school))).status, 403)
  ok(await self.post(`${fact}/contest`, { statement: '同名，并非本人配偶' }))
  refusedWith(await post(school, id), 409, 'RECUSAL_REQUIRED')
  await host.settle()
  const contested = ok(await head.get(`${url}/relations?standing=contested&supervisorId=${id}`)).body.items
  assert.deepEqual([contested[0].remark, contested[0].supervisorName], ['同名，并非本人配偶', '示例误登督学'])
  ok(await head.post(`${fact}/withdraw`, { reason: '核实为同名' }))
  ok(await post(school, id))
})

test('[R14] a supervisor declares only for himself, to any school by name, and sees only the own ties', async () => {
  const school = await schoolNamed('示例申报小学')
  const [id, neighbour] = [await supervisorNamed('示例申报督学'), await supervisorNamed('示例旁人督学')]
  const self = host.as({ roles: ['school-supervisor'], supervisor: id })
  await host.settle()
  const offered = ok(await self.get(`${url}/relations/schools?q=${encodeURIComponent('申报小学')}`)).body.items
  assert.deepEqual(offered, [{ schoolId: school, name: '示例申报小学' }])
  assert.equal((await self.post(`${url}/supervisors/${neighbour}/relations/declare`, spouse(school))).status, 404)
  refusedWith(
    await self.post(`${url}/supervisors/${id}/relations/declare`, { ...spouse(school), relativeName: undefined }),
    422,
    'RELATION_RELATIVE_MISSING',
  )
  const nowhere = spouse('0197a000-0000-7000-8000-00000000dead')
  refusedWith(await self.post(`${url}/supervisors/${id}/relations/declare`, nowhere), 422, 'SCHOOL_UNKNOWN')
  ok(await self.post(`${url}/supervisors/${id}/relations/declare`, spouse(school)))
  ok(await head.post(`${url}/supervisors/${neighbour}/relations`, spouse(school)))
  await host.settle()
  const mine = ok(await self.get(`${url}/relations/mine`)).body.items
  assert.deepEqual(
    mine.map((row: { supervisorId: string; source: string }) => [row.supervisorId, row.source]),
    [[id, 'supervisor']],
  )
  assert.equal((await self.get(`${url}/relations`)).status, 403)
  assert.equal((await self.get(`${url}/schools/${school}/recusals`)).status, 403)
})

test('[R14] a home unit that is a registered school is a fact by itself, in whichever order the two are registered', async () => {
  const before = await supervisorNamed('示例先登督学', '示例本校小学')
  const school = await schoolNamed('示例本校小学')
  const behind = await supervisorNamed('示例后登督学', '示例本校小学')
  refusedWith(await post(school, behind), 409, 'RECUSAL_REQUIRED')
  await host.settle()
  refusedWith(await post(school, before), 409, 'RECUSAL_REQUIRED')
  const noted = ok(await head.get(`${url}/relations?schoolId=${school}`)).body.items
  assert.deepEqual(
    noted.map((row: { kind: string; source: string }) => [row.kind, row.source]),
    [
      ['present-employer', 'home-unit'],
      ['present-employer', 'home-unit'],
    ],
  )
  const { factId } = noted.find((row: { supervisorId: string }) => row.supervisorId === before)
  ok(await head.post(`${url}/supervisors/${before}/relations/${factId}/withdraw`, { reason: '已退休，单位栏未更新' }))
  ok(await post(school, before))
})

test('[R1] [R14] who moves to a school keeps away from it at once, and from the school left for three years', async () => {
  const [old, next] = [await schoolNamed('示例原单位小学'), await schoolNamed('示例新单位小学')]
  const id = await supervisorNamed('示例调动督学', '示例原单位小学')
  await host.settle()
  refusedWith(await post(old, id), 409, 'RECUSAL_REQUIRED')
  const path = `${url}/supervisors/${id}`
  const { version } = ok(await head.get(path)).body
  const move = { homeUnit: '示例新单位小学', phone: '13900000002', effectiveFrom: '2026-03-01', reason: '工作调动' }
  refusedWith(await head.post(`${path}/correct`, move), 428, 'IF_MATCH_MISSING')
  refusedWith(await head.post(`${path}/correct`, move, { ifMatch: version - 1 }), 412, 'WRONG_EXPECTED_VERSION')
  const staff = host.as({ roles: ['committee-member'], subject: 'member' })
  refusedWith(await staff.post(`${path}/correct`, move, { ifMatch: version }), 403, 'PERMISSION_MISSING')
  const stranger = host.as({ roles: ['office-head'], subject: 'other', office: 'qijiang' })
  refusedWith(await stranger.post(`${path}/correct`, move, { ifMatch: version }), 404, 'STREAM_NOT_FOUND')
  const bad = await head.post(`${path}/correct`, { ...move, phone: '我的电话' }, { ifMatch: version })
  assert.deepEqual([bad.status, bad.body.errors[0].pointer], [400, '/phone'])
  ok(await head.post(`${path}/correct`, move, { ifMatch: version }))
  await host.settle()
  const shown = ok(await head.get(path)).body
  assert.deepEqual([shown.homeUnit, shown.phoneMasked], ['示例新单位小学', '139****0002'])
  assert.match(shown.history.at(-1).note, /所在单位由示例原单位小学改为示例新单位小学，电话已更换（工作调动）/)
  assert.ok(!JSON.stringify(shown).includes('13900000002'))
  const ties = ok(await head.get(`${url}/relations?supervisorId=${id}`)).body.items
  const of = (school: string) => ties.find((row: { schoolId: string }) => row.schoolId === school)
  assert.deepEqual([of(old).kind, of(old).to], ['former-employer', '2026-02-28'])
  assert.deepEqual([of(next).kind, of(next).from, of(next).to], ['present-employer', '2026-03-01', null])
  refusedWith(await post(next, id), 409, 'RECUSAL_REQUIRED')
  const late = await post(old, id)
  refusedWith(late, 409, 'RECUSAL_REQUIRED')
  assert.match(late.body.detail, /2029年3月1日起不再回避/)
  // Back again: at work there once more, and the tie to the other is over in its turn.
  const back = { homeUnit: '示例原单位小学', reason: '调回' }
  ok(await head.post(`${path}/correct`, back, { ifMatch: shown.version }))
  await host.settle()
  const again = ok(await head.get(`${url}/relations?supervisorId=${id}`)).body.items
  const present = again.filter(
    (row: { kind: string; to: unknown }) => row.kind === 'present-employer' && row.to === null,
  )
  assert.deepEqual(
    present.map((row: { schoolId: string }) => row.schoolId),
    [old],
  )
})

test('[N1] who answers for a school is kept out of a team that inspects it, and may go on answering for it', async () => {
  const school = await schoolNamed('示例组队小学')
  const id = await supervisorNamed('示例挂牌督学')
  ok(await post(school, id))
  await host.settle()
  const asked = async (purpose: string) =>
    namesOf(ok(await head.get(`${url}/supervisors/${id}/recusals?purpose=${purpose}`)).body.items).refused
  assert.deepEqual(await asked('inspection-team'), ['示例组队小学'])
  assert.deepEqual(await asked('posting'), [])
})

test('[R14] a posting that came into conflict afterwards is listed with its reason until it is changed', async () => {
  const school = await schoolNamed('示例后知小学')
  const [id, next] = [await supervisorNamed('示例后知督学'), await supervisorNamed('示例接任督学')]
  ok(await post(school, id))
  ok(await head.post(`${url}/supervisors/${id}/relations`, spouse(school)))
  await host.settle()
  const conflicts = async () =>
    ok(await head.get(`${url}/recusals/conflicts`)).body.items.filter(
      (item: { schoolId: string }) => item.schoolId === school,
    )
  const [found] = await conflicts()
  assert.equal(found.supervisorName, '示例后知督学')
  assert.match(found.reasons[0].explanation, /配偶任该校校长/)
  ok(await post(school, next, '2026-03-03'))
  await host.settle()
  assert.deepEqual(await conflicts(), [])
})

test("[R14] another office's ties do not exist", async () => {
  const school = await schoolNamed('示例他区小学')
  const id = await supervisorNamed('示例他区督学')
  const { factId } = ok(await head.post(`${url}/supervisors/${id}/relations`, spouse(school))).body
  await host.settle()
  const elsewhere = host.as({ roles: ['office-head'], subject: 'other', office: 'qijiang' })
  const fact = `${url}/supervisors/${id}/relations/${factId}`
  for (const [path, body] of [
    [`${url}/supervisors/${id}/relations`, spouse(school)],
    [`${fact}/verify`, {}],
    [`${fact}/end`, { to: '2026-02-28' }],
    [`${fact}/withdraw`, { reason: '试探' }],
  ] as const) {
    assert.equal((await elsewhere.post(path, body)).status, 404, path)
  }
  for (const path of [`/supervisors/${id}/recusals`, `/schools/${school}/recusals`]) {
    assert.equal((await elsewhere.get(url + path)).status, 404, path)
  }
  assert.deepEqual((await elsewhere.get(`${url}/relations?schoolId=${school}`)).body.items, [])
})

test('[N1] [N11] the recusal rules are shown with their sources and how sure they are', async () => {
  const { items } = ok(await head.get(`${url}/recusals/rules`)).body
  const former = items.find((rule: { id: string }) => rule.id === 'recusal-former-employer')
  assert.deepEqual([former.yearsAfter, former.confidence], [3, 'low'])
  assert.match(former.source, /默认值，可由本室调整/)
})
