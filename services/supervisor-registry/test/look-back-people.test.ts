import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { ok, refusedWith, startTestHost } from '@dulian/service-host/testing'
import { registryService } from '../src/service.ts'

const api = '/api/supervisor-registry'
const committee = '示例区政府教育督导委员会'
type Row = Readonly<Record<string, unknown>>

/** Every list of this file, and the differences of each. */
const lists = [
  ['terms', 'terms/differences'],
  ['certificates', 'certificates/differences'],
  ['relations', 'relations/differences'],
  ['talents', 'talents/differences'],
  ['activities', 'activities/differences'],
  ['committee/tenures', 'committee/differences'],
  ['committee/bodies', 'committee/bodies/differences'],
] as const

/** On 1 June 2026: a school, 甲 whose term runs until August, and the government supervisor 丙. */
async function office(t: TestContext) {
  const host = await startTestHost({
    services: [registryService],
    access: { permissions, roles },
    now: '2026-06-01T01:00:00Z',
  })
  t.after(() => host.dispose())
  const head = host.as({ subject: 'head', roles: ['office-head'] })
  const done = async (path: string, body: object, ifMatch?: number): Promise<Row> =>
    (await head.post(`${api}/${path}`, body, ifMatch === undefined ? {} : { ifMatch })).body as Row
  const registered = async (name: string, category: string): Promise<string> => {
    const unit = { homeUnit: '示例教师进修学院', field: '小学教育', phone: '13800000001' }
    return String((await done('supervisors', { name, category, employment: 'part-time', ...unit })).id)
  }
  const appoint = async (id: string, termFrom: string) => {
    const version = Number((await one(`supervisors/${id}`)).version)
    ok(
      await head.post(
        `${api}/supervisors/${id}/appoint`,
        { termFrom, decidedBy: committee, decidedOn: termFrom },
        { ifMatch: version },
      ),
    )
    await host.settle()
  }
  const one = async (path: string, person = head): Promise<Row> => {
    await host.settle()
    return ok(await person.get(`${api}/${path}`)).body as Row
  }
  const rows = async (path: string, ...fields: string[]) =>
    ((await one(path)).items as Row[]).map((row) => fields.map((field) => row[field]))
  /** Who or what differs on a day, how, and by what. */
  const differences = async (path: string, day: string, person = head) => {
    const { items } = await one(`${path}?day=${day}`, person)
    return (items as { name: string; kind: string; fields: Row[]; corrections: Row[] }[]).map((item) => ({
      name: item.name,
      kind: item.kind,
      fields: item.fields.map(({ title, known, valid }) => [title, known, valid]),
      by: item.corrections.map(({ title, recordedOn, validFrom }) => [title, recordedOn, validFrom]),
    }))
  }
  const kinds = { kind: 'school', stage: 'primary', ownership: 'public' }
  const school = String((await done('schools', { ...kinds, code: '3150000001', name: '示例第一小学' })).id)
  const jia = await registered('示例督学甲', 'school')
  await appoint(jia, '2023-09-01')
  const bing = await registered('示例督学丙', 'government')
  await appoint(bing, '2025-09-01')
  const july = (day: number) => host.moveTo(`2026-07-0${day}T01:00:00Z`)
  return { host, head, school, jia, bing, done, registered, appoint, one, rows, differences, july }
}

test('[N10] 到期选聘: who was renewed late is on the list as known and off it by today’s knowledge; days left count from the day shown', async (t) => {
  const { host, jia, registered, appoint, rows, differences } = await office(t)
  await host.moveTo('2026-08-20T01:00:00Z')
  const yi = await registered('示例督学乙', 'school')
  await appoint(yi, '2023-10-01')
  await host.moveTo('2026-09-01T01:00:00Z')
  await host.settle()
  await host.moveTo('2026-09-05T01:00:00Z')
  await appoint(jia, '2026-09-01')
  await host.moveTo('2026-09-07T01:00:00Z')
  const terms = (days: string) => rows(`terms?${days}`, 'name', 'termState', 'daysLeft', 'nextFrom')
  const yiOn = (daysLeft: number) => ['示例督学乙', 'near-end', daysLeft, '2026-10-01']

  assert.deepEqual(await terms(''), [yiOn(23)])
  assert.deepEqual(await terms('asOf=2026-08-25'), [yiOn(36), ['示例督学甲', 'near-end', 6, '2026-09-01']])
  assert.deepEqual(await terms('termState=ended&asOf=2026-09-03'), [['示例督学甲', 'ended', -3, '2026-09-03']])
  assert.deepEqual(await terms('validOn=2026-09-03'), [yiOn(27)])
  assert.deepEqual(await differences('terms/differences', '2026-09-03'), [
    {
      name: '示例督学甲',
      kind: 'removed',
      fields: [
        ['任期', 'ended', null],
        ['任期至', '2026-08-31', null],
        ['连续任职', '1', null],
        ['负责学校', '0', null],
      ],
      by: [
        ['续聘', '2026-09-05', '2026-09-01'],
        ['颁发督学证', '2026-09-05', '2026-09-01'],
      ],
    },
  ])
})

test('[N10] 到期选聘: a term entered when it was near its end was so from its day of notice, once the person is on the books', async (t) => {
  const { host, registered, appoint, rows } = await office(t)
  const yi = await registered('示例督学乙', 'school')
  await host.moveTo('2026-08-20T01:00:00Z')
  await appoint(yi, '2023-10-01')
  await host.moveTo('2026-08-21T01:00:00Z')
  const named = async (days: string) =>
    (await rows(`terms?${days}`, 'name')).flat().filter((name) => /乙/.test(`${name}`))
  assert.deepEqual(await named('asOf=2026-07-10'), [])
  assert.deepEqual(await named('validOn=2026-07-02'), [])
  assert.deepEqual(await named('validOn=2026-07-03'), ['示例督学乙'])
})

test('[N10] 聘书与督学证: a dismissal told late voids the papers from its day by today’s knowledge, not as known', async (t) => {
  const { jia, done, one, rows, differences, july } = await office(t)
  await july(7)
  const { version } = await one(`supervisors/${jia}`)
  await done(
    `supervisors/${jia}/dismiss`,
    { ground: 'own-request', on: '2026-06-20', reason: '本人申请' },
    Number(version),
  )
  await july(8)
  const state = (days: string) => rows(`certificates?supervisorId=${jia}&${days}`, 'state', 'voidedOn')
  assert.deepEqual(await state(''), [['void', '2026-06-20']])
  assert.deepEqual(await state('asOf=2026-06-30'), [['valid', null]])
  assert.deepEqual(await state('validOn=2026-06-30'), [['void', '2026-06-20']])
  assert.deepEqual(await state('validOn=2026-06-19'), [['valid', null]])
  // Decided three years ago, entered on 1 June: by what was known on the day of the appointment there was nothing.
  assert.deepEqual(await state('validOn=2023-10-01'), [['valid', null]])
  assert.deepEqual(await state('asOf=2023-10-01'), [])
  assert.equal((await rows('certificates?validOn=2026-06-30', 'name')).length, 2)
  const [difference, ...others] = await differences('certificates/differences', '2026-06-30')
  assert.deepEqual(others, [])
  assert.match(difference?.name ?? '', /^督学证〔2023〕1号 示例督学甲$/)
  assert.deepEqual(difference?.fields, [
    ['失效日期', null, '2026-06-20'],
    ['失效原因', null, '解聘'],
  ])
  assert.deepEqual(difference?.by, [['解聘（解任）', '2026-07-07', '2026-06-20']])
})

test('[N10] 回避关系: a tie registered late is valid from its day; one told in error never was; each sees the own', async (t) => {
  const { host, school, jia, bing, done, one, rows, differences, july } = await office(t)
  await july(7)
  const tie = { schoolId: school, relativeName: '示例亲属', from: '2026-06-20' }
  const path = `supervisors/${jia}/relations`
  await done(path, { ...tie, kind: 'kinship', description: '配偶任该校校长' })
  const { factId } = await done(path, { ...tie, kind: 'other', description: '借调' })
  await july(8)
  await done(`${path}/${String(factId)}/withdraw`, { reason: '误登' })
  await july(9)
  const ties = (days: string) => rows(`relations?kind=kinship&${days}`, 'supervisorName', 'standing')
  assert.deepEqual(await ties('asOf=2026-06-30'), [])
  assert.deepEqual(await ties('validOn=2026-06-30'), [['示例督学甲', 'declared']])
  assert.deepEqual(await ties('validOn=2026-06-19'), [])
  const other = (days: string) => rows(`relations?kind=other&${days}`, 'standing')
  assert.deepEqual(await other('asOf=2026-07-07'), [['declared']])
  assert.deepEqual(await other('validOn=2026-06-30'), [['withdrawn']])
  const listed = await differences('relations/differences', '2026-06-30')
  assert.deepEqual(
    listed.map(({ name, kind }) => [name, kind]),
    [
      ['示例督学甲 · 示例第一小学', 'added'],
      ['示例督学甲 · 示例第一小学', 'added'],
    ],
  )
  assert.deepEqual(listed.map(({ by }) => by.map(([title]) => title)).sort(), [
    ['申报（登记）回避关系'],
    ['申报（登记）回避关系', '撤销误登的回避关系'],
  ])

  const self = host.as({ subject: 's', roles: ['school-supervisor'], supervisor: jia })
  const stranger = host.as({ subject: 'b', roles: ['school-supervisor'], supervisor: bing })
  const own = async (days: string, person: typeof self) =>
    ((await one(`relations/mine?${days}`, person)).items as Row[]).length
  assert.deepEqual([await own('asOf=2026-06-30', self), await own('validOn=2026-06-30', self)], [0, 2])
  assert.equal(await own('validOn=2026-06-30', stranger), 0)
  assert.equal((await differences('relations/mine/differences', '2026-06-30', self)).length, 2)
  assert.deepEqual(await differences('relations/mine/differences', '2026-06-30', stranger), [])
  for (const refused of ['relations?asOf=2026-06-30', 'relations/differences?day=2026-06-30']) {
    assert.equal((await self.get(`${api}/${refused}`)).status, 403, refused)
  }
})

test('[N10] 后备人才: a step and a leaving told late count from their days; for the office alone, also in the past', async (t) => {
  const { host, bing, done, rows, differences, july } = await office(t)
  const { id } = await done('talents', {
    ...{ name: '示例后备甲', homeUnit: '示例第一小学', field: '小学教育', aim: 'school-supervisor' },
    ...{ recommendedBy: '示例责任区', plan: '跟岗一学期。', on: '2026-06-01' },
  })
  await july(7)
  await done(`talents/${String(id)}/steps`, { on: '2026-06-20', text: '跟岗督查。' })
  await july(8)
  await done(`talents/${String(id)}/delist`, { outcome: 'withdrawn', on: '2026-07-02', reason: '本人意愿' }, 2)
  await july(9)
  const talents = (days: string) => rows(`talents?${days}`, 'state', 'steps', 'lastStepOn')
  assert.deepEqual(await talents('asOf=2026-06-30'), [['listed', 0, null]])
  assert.deepEqual(await talents('validOn=2026-06-30'), [['listed', 1, '2026-06-20']])
  assert.deepEqual(await talents('state=delisted&validOn=2026-07-02'), [['delisted', 1, '2026-06-20']])
  assert.deepEqual(await talents('state=delisted&asOf=2026-07-07'), [])
  assert.deepEqual(await differences('talents/differences', '2026-06-30'), [
    {
      name: '示例后备甲',
      kind: 'changed',
      fields: [
        ['培养记录', '0', '1'],
        ['最近一次', null, '2026-06-20'],
      ],
      by: [['记录培养', '2026-07-07', '2026-06-20']],
    },
  ])
  const supervisor = host.as({ subject: 'b', roles: ['school-supervisor'], supervisor: bing })
  for (const path of ['talents?asOf=2026-06-30', 'talents?validOn=2026-06-30', 'talents/differences?day=2026-06-30']) {
    assert.equal((await supervisor.get(`${api}/${path}`)).status, 403, path)
  }
})

test('[N10] 政府督学履职: list and yearly sheet agree on a past day; who was registered late is on the sheet as well', async (t) => {
  const { host, jia, bing, done, registered, appoint, one, rows, differences, july } = await office(t)
  await july(7)
  const activity = { kind: 'major-supervision', title: '示例活动', text: '带队督查。' }
  await done(`supervisors/${bing}/activities`, { ...activity, on: '2026-06-20' })
  const ding = await registered('示例督学丁', 'government')
  await appoint(ding, '2025-09-01')
  const { activityId } = await done(`supervisors/${ding}/activities`, { ...activity, on: '2026-05-20' })
  const names = async (days: string) => {
    const listed = (await rows(`activities?year=2026&${days}`, 'supervisorName')).flat()
    const sheet = ((await one(`activities/sheet?year=2026&${days}`)).items as Row[]).filter(({ total }) => total !== 0)
    assert.deepEqual(sheet.map(({ name }) => name).sort(), [...listed].sort())
    return [...listed].sort()
  }
  assert.deepEqual(await names('asOf=2026-06-30'), [])
  assert.deepEqual(await names('validOn=2026-06-30'), ['示例督学丁', '示例督学丙'].sort())
  assert.deepEqual(await names('validOn=2026-06-19'), ['示例督学丁'])
  await july(8)
  await done(`supervisors/${ding}/activities/${String(activityId)}/strike`, { on: '2026-05-20', reason: '误登' })
  await july(9)
  assert.equal((await names('asOf=2026-07-07')).length, 2)
  assert.deepEqual(await names('validOn=2026-06-30'), ['示例督学丙'])
  const listed = await differences('activities/differences', '2026-06-30')
  assert.deepEqual(
    listed.map(({ name, kind, by }) => [name, kind, by]),
    [['示例督学丙 · 示例活动', 'added', [['登记活动', '2026-07-07', '2026-06-20']]]],
  )
  const other = host.as({ subject: 's', roles: ['school-supervisor'], supervisor: jia })
  assert.deepEqual((await one('activities?year=2026&validOn=2026-06-30', other)).items, [])
  assert.deepEqual((await one('activities/sheet?year=2026&validOn=2026-06-30', other)).items, [])
  assert.deepEqual(await differences('activities/differences', '2026-06-30', other), [])
})

test('[N10] 教育督导委员会: a change told late: the committee as known and as it was, its bodies under the names of the day', async (t) => {
  const { done, one, rows, differences, july } = await office(t)
  const seated = await done('committee/bodies', { names: ['示例区财政局'], from: '2025-09-01' })
  const [bodyId] = seated.bodyIds as string[]
  const change = async (path: string, body: object) => {
    await done(`committee/${path}`, body, Number((await one('committee')).version))
  }
  const director = { role: 'director', personTitle: '副区长' }
  await change('seats', { ...director, personName: '示例主任甲', from: '2025-09-01' })
  await july(7)
  await change('seats', { ...director, personName: '示例主任乙', from: '2026-06-20' })
  await change(`bodies/${bodyId}/rename`, { name: '示例区财政和国资局', from: '2026-06-20' })
  const liaison = { personName: '示例联络员', section: '教科文科', phone: '13800000002', from: '2026-06-20' }
  await change(`bodies/${bodyId}/liaison`, liaison)
  await july(8)
  const on = async (days: string) => {
    const answer = await one(`committee?${days}`)
    const [seat] = answer.seats as Row[]
    const [body] = answer.bodies as Row[]
    const told = (answer.history as Row[]).map(({ title }) => title)
    return [answer.day, seat?.personName, body?.name, answer.withoutLiaison, told.length]
  }
  assert.deepEqual(await on(''), ['2026-07-08', '示例主任乙', '示例区财政和国资局', 0, 5])
  assert.deepEqual(await on('asOf=2026-06-30'), ['2026-06-30', '示例主任甲', '示例区财政局', 1, 2])
  assert.deepEqual(await on('validOn=2026-06-30'), ['2026-06-30', '示例主任乙', '示例区财政和国资局', 0, 5])
  assert.deepEqual(await on('validOn=2026-06-19'), ['2026-06-19', '示例主任甲', '示例区财政局', 1, 2])
  assert.deepEqual(await on('asOf=2026-05-31'), ['2026-05-31', undefined, undefined, 0, 0])
  const missing = (days: string) => rows(`committee/bodies?hasLiaison=false&${days}`, 'name')
  assert.deepEqual([await missing('asOf=2026-06-30'), await missing('validOn=2026-06-30')], [[['示例区财政局']], []])
  assert.deepEqual(await rows('committee/tenures?role=director&asOf=2026-06-30', 'personName', 'to'), [
    ['示例主任甲', null],
  ])
  const tenures = await differences('committee/differences', '2026-06-30')
  assert.deepEqual(
    tenures.map(({ name, kind, by }) => [name, kind, by]),
    [
      ['主任 · 示例主任乙', 'added', [['任职', '2026-07-07', '2026-06-20']]],
      ['主任 · 示例主任甲', 'changed', [['任职', '2026-07-07', '2026-06-20']]],
      ['联络员 · 示例联络员', 'added', [['确定联络员', '2026-07-07', '2026-06-20']]],
    ],
  )
  const [body] = await differences('committee/bodies/differences', '2026-06-30')
  assert.deepEqual(body?.fields.slice(0, 2), [
    ['成员单位', '示例区财政局', '示例区财政和国资局'],
    ['联络员', null, '示例联络员'],
  ])
})

test('[N10] 挂牌覆盖: a replacement told late divides the month by today’s knowledge, not as known', async (t) => {
  const { school, jia, done, registered, appoint, one, july } = await office(t)
  const yi = await registered('示例督学乙', 'school')
  await appoint(yi, '2025-09-01')
  await done(`schools/${school}/posting`, { supervisorId: jia, from: '2026-06-01' })
  await july(7)
  await done(`schools/${school}/posting`, { supervisorId: yi, from: '2026-06-20' })
  await july(8)
  const month = async (days: string) => {
    const answer = await one(`postings/coverage?from=2026-06-01&to=2026-06-30&${days}`)
    const [row] = answer.items as { periods: Row[] }[]
    return [answer.replaced, row?.periods.map(({ supervisorName, from, to }) => [supervisorName, from, to])]
  }
  assert.deepEqual(await month('asOf=2026-06-30'), [0, [['示例督学甲', '2026-06-01', '2026-06-30']]])
  assert.deepEqual(await month('validOn=2026-06-30'), [
    1,
    [
      ['示例督学甲', '2026-06-01', '2026-06-19'],
      ['示例督学乙', '2026-06-20', '2026-06-30'],
    ],
  ])
  assert.deepEqual((await one('postings/coverage?from=2026-06-01&to=2026-06-30&asOf=2026-06-30')).lookedBack, {
    knownOn: '2026-06-30',
    validOn: null,
  })
})

test('[N10] a day to come is refused everywhere; another office sees no past of ours; a supervisor the own papers only', async (t) => {
  const { host, head, school, jia, bing, done, one } = await office(t)
  await done(`supervisors/${jia}/relations`, {
    kind: 'other',
    schoolId: school,
    description: '借调',
    from: '2026-05-01',
  })
  await done(`supervisors/${bing}/activities`, {
    ...{ kind: 'policy-advice', title: '示例建议', text: '建议走教。', on: '2026-05-20' },
  })
  await done('committee/bodies', { names: ['示例区财政局'], from: '2025-09-01' })
  await host.moveTo('2026-06-05T01:00:00Z')
  const ahead = 'from=2026-06-01&to=2026-06-30&asOf=2026-06-06'
  const refused = [
    ...lists.flatMap(([list, differences]) => [
      `${list}?asOf=2026-06-06`,
      `${list}?validOn=2026-06-06`,
      `${differences}?day=2026-06-06`,
    ]),
    ...['committee?asOf=2026-06-06', 'activities/sheet?year=2026&validOn=2026-06-06', `postings/coverage?${ahead}`],
  ]
  for (const path of refused) refusedWith(await head.get(`${api}/${path}`), 422, 'HISTORY_DAY_TO_COME')

  const elsewhere = host.as({ subject: 'other', office: 'qijiang', roles: ['office-head'] })
  const others = { asOf: '2026-06-04', validOn: '2026-06-04' }
  for (const [list, differences] of lists) {
    for (const [basis, day] of Object.entries(others)) {
      assert.deepEqual((await one(`${list}?${basis}=${day}`, elsewhere)).items, [], list)
    }
    assert.equal((await one(`${differences}?day=2026-05-31`, elsewhere)).total, 0, differences)
  }
  const empty = await one('committee?asOf=2026-06-04', elsewhere)
  assert.deepEqual([empty.bodies, empty.seats, empty.history], [[], [], []])

  const self = host.as({ subject: 's', roles: ['school-supervisor'], supervisor: jia })
  const papers = async (days: string) =>
    ((await one(`certificates?${days}`, self)).items as Row[]).map(({ name }) => name)
  assert.deepEqual(await papers('asOf=2026-06-04'), ['示例督学甲'])
  assert.deepEqual(await papers('validOn=2025-12-31'), ['示例督学甲'])
  assert.equal((await one('certificates/differences?day=2025-12-31', self)).total, 1)
  assert.equal((await one('certificates/differences?day=2025-12-31')).total, 2)
  assert.deepEqual(
    (await one('terms?asOf=2026-06-04', host.as({ subject: 'b', roles: ['school-supervisor'], supervisor: bing })))
      .items,
    [],
  )
})
