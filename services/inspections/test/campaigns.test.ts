import assert from 'node:assert/strict'
import { test } from 'node:test'
import { supervisorDismissed, taskAssigned } from '@dulian/contracts'
import { ok, refusedWith } from '@dulian/service-host/testing'
import { campaignOf, openedCampaign, recordCampaignVisit, startWithTeam, team } from './campaign-story.ts'
import { kindergarten, schoolA, schoolB, supervisorA, supervisorB, training, zoneA } from './inspections-host.ts'

const api = '/api/inspections'
const taskId = '0197a000-0000-7000-8000-000000000901'

const schoolsOf = (id: string) => `${api}/campaign-schools?campaignId=${id}`

interface School {
  schoolId: string
  schoolName: string
  supervisorName: string | null
  visitId: string | null
  state: string
  refusal: string | null
  unvisitedReason: string | null
}

test('[I1][I3] a team of fewer than three 督学 is refused or explained; the rule it was planned under is kept', async (t) => {
  const host = await startWithTeam(t)
  const plan = await campaignOf(host.staff, { team: [supervisorA, supervisorB] })
  const refused = await host.staff.post(`${api}/campaigns`, plan)
  refusedWith(refused, 409, 'CAMPAIGN_TEAM_TOO_SMALL')
  assert.match(refused.body.detail, /现有 2 名督学，至少应有 3 名（《教育督导条例》第十六条/)
  assert.equal(refused.body.errors[0].pointer, '/team')
  const explained = { ...plan, teamOverride: '一名督学病假，由总督学带队。' }
  const { body } = ok(await host.staff.post(`${api}/campaigns`, explained), 201)
  const shown = ok(await host.staff.get(`${api}/campaigns/${body.id}`, { 'min-position': body.position })).body
  assert.deepEqual([shown.stage, shown.teamOverride], ['planned', '一名督学病假，由总督学带队。'])
  refusedWith(
    await host.staff.post(`${api}/campaigns`, { ...plan, team: [...team, supervisorA] }),
    422,
    'CAMPAIGN_TEAM_NAMED_TWICE',
  )
  refusedWith(await host.staff.post(`${api}/campaigns`, { ...plan, to: '2026-11-01' }), 422, 'CAMPAIGN_PERIOD_INVALID')
  refusedWith(await host.supervisor.post(`${api}/campaigns`, plan), 403, 'PERMISSION_MISSING')
  refusedWith(await host.foreignHead.post(`${api}/campaigns`, plan), 404, 'CHECKLIST_NOT_FOUND')
})

test('[I3] opening gives every school in scope a visit by its posted supervisor; a school without one waits and is named', async (t) => {
  const host = await startWithTeam(t)
  await host.announce(taskAssigned, {
    office: 'yongchuan',
    taskId,
    planId: taskId,
    planTitle: '工作要点',
    itemPath: '二、 › 6.',
    title: '开学专项督导',
    bodies: [],
  })
  await host.settle()
  const plan = await campaignOf(host.staff, { taskId, scope: { kinds: ['school', 'kindergarten'] } })
  const { body } = ok(await host.staff.post(`${api}/campaigns`, plan), 201)
  const path = `${api}/campaigns/${body.id}`
  await host.settle()
  const expected = ok(await host.staff.get(schoolsOf(body.id))).body.items as School[]
  assert.deepEqual(expected.map(({ schoolName }) => schoolName).sort(), [
    '示例幼儿园',
    '示例无挂牌小学',
    '示例第一小学',
    '示例第二小学',
  ])
  refusedWith(await host.supervisor.get(path), 404, 'CAMPAIGN_NOT_FOUND')
  assert.equal((await host.staff.post(`${path}/open`, {})).status, 428)
  ok(await host.staff.post(`${path}/open`, {}, { ifMatch: 1 }))
  await host.settle()

  const schools = ok(await host.staff.get(schoolsOf(body.id))).body.items as School[]
  const states = Object.fromEntries(schools.map(({ schoolName, state }) => [schoolName, state]))
  assert.deepEqual(states, {
    示例幼儿园: 'scheduled',
    示例无挂牌小学: 'waiting',
    示例第一小学: 'scheduled',
    示例第二小学: 'scheduled',
  })
  const mine = ok(await host.supervisor.get(`${api}/visits?state=scheduled`)).body.items as Record<string, unknown>[]
  assert.deepEqual(
    mine.map((visit) => [visit.schoolName, visit.scheduledFor, visit.checklistTitle, visit.taskId]).sort(),
    [
      ['示例幼儿园', '2026-11-20', '开学专项督导', taskId],
      ['示例第一小学', '2026-11-20', '开学专项督导', taskId],
    ],
  )
  const forTask = ok(await host.staff.get(`${api}/campaigns?taskId=${taskId}`)).body.items
  assert.deepEqual(
    forTask.map((one: Record<string, unknown>) => [one.campaignId, one.schools, one.visited, one.waiting]),
    [[body.id, 4, 0, 1]],
  )
  refusedWith(await host.staff.post(`${path}/replan`, plan, { ifMatch: 2 }), 409, 'CAMPAIGN_ALREADY_OPENED')
})

test('[I3][I4] training institutions are reached with a list that is for them; a list that is not for them leaves them out', async (t) => {
  const host = await startWithTeam(t)
  const scope = { kinds: ['training-institution'] }
  const opening = ok(await host.staff.post(`${api}/campaigns`, await campaignOf(host.staff, { scope })), 201)
  refusedWith(
    await host.staff.post(`${api}/campaigns/${opening.body.id}/open`, {}, { ifMatch: 1 }),
    409,
    'CAMPAIGN_WITHOUT_SCHOOLS',
  )
  const items = [{ code: 'Q1', group: '证照', title: '证照齐全并公示' }]
  const appliesTo = { kinds: ['training-institution'] }
  const list = ok(await host.staff.post(`${api}/checklists`, { title: '培训机构', appliesTo, items }), 201)
  ok(await host.staff.post(`${api}/checklists/${list.body.id}/publish`, {}, { ifMatch: 1 }))
  const { id } = await openedCampaign(host, { scope, checklistId: list.body.id })
  const schools = ok(await host.staff.get(schoolsOf(id))).body.items as School[]
  assert.deepEqual(
    schools.map(({ schoolId, state }) => [schoolId, state]),
    [[training, 'scheduled']],
  )
  const order = { schoolId: schoolA, supervisorId: supervisorA, scheduledFor: '2026-11-10', checklistId: list.body.id }
  refusedWith(await host.staff.post(`${api}/visits`, order), 409, 'CHECKLIST_NOT_FOR_SCHOOL')
})

test('[I3] the edition is pinned: a revision after planning changes nothing that is asked', async (t) => {
  const host = await startWithTeam(t)
  const items = [{ code: 'S1', group: '食品', title: '留样齐全' }]
  const list = ok(await host.staff.post(`${api}/checklists`, { title: '食品安全', items }), 201)
  const path = `${api}/checklists/${list.body.id}`
  ok(await host.staff.post(`${path}/publish`, {}, { ifMatch: 1 }))
  const plan = await campaignOf(host.staff, { checklistId: list.body.id })
  const planned = ok(await host.staff.post(`${api}/campaigns`, plan), 201)
  const longer = { title: '食品安全', items: [...items, { code: 'S2', group: '食品', title: '陪餐' }] }
  ok(await host.staff.post(`${path}/revise`, longer, { ifMatch: 2 }))
  ok(await host.staff.post(`${path}/publish`, {}, { ifMatch: 3 }))
  ok(await host.staff.post(`${api}/campaigns/${planned.body.id}/open`, {}, { ifMatch: 1 }))
  await host.settle()
  const [visit] = ok(await host.supervisor.get(`${api}/visits?state=scheduled`)).body.items
  const { checklist } = ok(await host.supervisor.get(`${api}/visits/${visit.visitId}`)).body
  assert.deepEqual([checklist.edition, checklist.items.length], [1, 1])
})

test('[I3] somebody is sent where nobody went; whoever is sent twice has one visit, and a refused sending is told', async (t) => {
  const host = await startWithTeam(t)
  const { id, version } = await openedCampaign(host)
  const path = `${api}/campaigns/${id}`
  const schools = async () => ok(await host.staff.get(schoolsOf(id))).body.items as School[]
  const alone = (await schools()).find(({ state }) => state === 'waiting')
  assert.ok(alone)
  const send = { schoolId: alone.schoolId, supervisorId: team[2] }
  const sent = ok(await host.staff.post(`${path}/assign`, send, { ifMatch: version }))
  await host.settle()
  const after = (await schools()).find(({ schoolId }) => schoolId === alone.schoolId)
  assert.deepEqual([after?.state, after?.supervisorName], ['scheduled', '示例督学丁'])
  ok(await host.staff.post(`${path}/assign`, send, { ifMatch: sent.body.version }))
  refusedWith(
    await host.staff.post(`${path}/assign`, { ...send, schoolId: training }, { ifMatch: sent.body.version }),
    404,
    'CAMPAIGN_SCHOOL_NOT_FOUND',
  )

  await host.announce(supervisorDismissed, {
    office: 'yongchuan',
    supervisorId: supervisorB,
    dismissedOn: '2026-11-02',
  })
  await host.settle()
  const other = { schoolId: schoolA, supervisorId: supervisorB }
  ok(await host.staff.post(`${path}/assign`, other, { ifMatch: sent.body.version }))
  await host.settle()
  const refused = (await schools()).find(({ schoolId }) => schoolId === schoolA)
  assert.equal(refused?.state, 'waiting')
  assert.match(refused?.refusal ?? '', /示例督学乙的任期为/)
  const [old] = ok(await host.staff.get(`${api}/visits?schoolId=${schoolA}`)).body.items
  assert.equal(old.state, 'cancelled', 'whoever should have gone first is called off')
})

test('[I3] progress is done of total; the close names every unvisited school and wants a reason for each', async (t) => {
  const host = await startWithTeam(t)
  const { id, version } = await openedCampaign(host)
  const path = `${api}/campaigns/${id}`
  const close = { conclusion: '开学秩序总体良好。' }
  refusedWith(await host.head.post(`${path}/close`, close, { ifMatch: version }), 409, 'CAMPAIGN_NOTHING_VISITED')
  await recordCampaignVisit(host, { campaignId: id, schoolId: schoolA })
  await recordCampaignVisit(host, { campaignId: id, schoolId: kindergarten })
  const shown = ok(await host.head.get(path)).body
  assert.deepEqual([shown.schools, shown.visited, shown.waiting], [4, 2, 1])
  const open = ok(await host.head.get(`${schoolsOf(id)}&unvisited=true`)).body.items as School[]
  assert.deepEqual(open.map(({ schoolName, supervisorName }) => [schoolName, supervisorName]).sort(), [
    ['示例无挂牌小学', null],
    ['示例第二小学', '示例督学乙'],
  ])

  const silent = await host.head.post(`${path}/close`, close, { ifMatch: version })
  refusedWith(silent, 409, 'CAMPAIGN_UNVISITED_WITHOUT_REASON')
  assert.match(silent.body.detail, /还有 2 所学校没有督查：.*示例无挂牌小学（未派督学）/)
  const [first, second] = open
  const reasons = [
    { schoolId: first?.schoolId, reason: '校舍改建，本学期未招生。' },
    { schoolId: second?.schoolId, reason: '督学病假，列入下一轮。' },
  ]
  refusedWith(
    await host.head.post(`${path}/close`, { ...close, reasons: reasons.slice(1) }, { ifMatch: version }),
    409,
    'CAMPAIGN_UNVISITED_WITHOUT_REASON',
  )
  const closed = ok(await host.head.post(`${path}/close`, { ...close, reasons }, { ifMatch: version }))
  await host.settle()
  const after = ok(await host.head.get(path)).body
  assert.deepEqual([after.stage, after.conclusion, after.visited], ['closed', close.conclusion, 2])
  const kept = ok(await host.head.get(`${schoolsOf(id)}&unvisited=true`)).body.items as School[]
  assert.ok(kept.every(({ unvisitedReason }) => unvisitedReason !== null))
  const left = ok(await host.head.get(`${api}/visits?state=scheduled`)).body.items
  assert.deepEqual(left, [], 'nobody is still sent to a school of a campaign that is over')
  refusedWith(
    await host.head.post(`${path}/cancel`, { reason: '误操作' }, { ifMatch: closed.body.version }),
    409,
    'CAMPAIGN_IS_CLOSED',
  )
})

test('[I3] a zone head and a supervisor see their own schools of it only, a school and another office nothing', async (t) => {
  const host = await startWithTeam(t)
  const { id } = await openedCampaign(host)
  const path = `${api}/campaigns/${id}`
  const seen = async (person: typeof host.head) =>
    (ok(await person.get(schoolsOf(id))).body.items as School[]).map(({ schoolId }) => schoolId).sort()
  assert.deepEqual(await seen(host.otherSupervisor), [schoolB])
  assert.deepEqual(await seen(host.supervisor), [schoolA, kindergarten].sort())
  assert.equal(ok(await host.supervisor.get(path)).body.schools, 2)
  assert.deepEqual(await seen(host.otherZoneHead), [schoolB])
  assert.deepEqual(
    ok(await host.otherZoneHead.get(`${schoolsOf(id)}&zoneId=${zoneA}`)).body.items,
    [],
    'a filter does not widen a scope',
  )
  refusedWith(await host.principal.get(path), 404, 'CAMPAIGN_NOT_FOUND')
  for (const list of [schoolsOf(id), `${api}/campaign-schools`, `${api}/campaigns`]) {
    assert.deepEqual(ok(await host.principal.get(list)).body.items, [], `${list}: whoever comes is not announced here`)
  }
  refusedWith(await host.foreignHead.get(path), 404, 'CAMPAIGN_NOT_FOUND')
  assert.deepEqual(ok(await host.foreignHead.get(`${api}/campaigns`)).body.items, [])
  refusedWith(await host.foreignHead.post(`${path}/cancel`, { reason: '试' }, { ifMatch: 2 }), 404, 'STREAM_NOT_FOUND')
})

test('[I3] spring and autumn of a year both exist and are compared by group: shares with n, schools better and worse named', async (t) => {
  const host = await startWithTeam(t)
  const schoolIds = [schoolA, schoolB]
  const spring = { season: 'spring', title: '2026年春季开学专项督导', scope: { schoolIds } }
  const first = await openedCampaign(host, spring)
  const seasons = async () => ok(await host.head.get(`${api}/campaigns/seasons?year=2026`)).body
  assert.deepEqual((await seasons()).missing, ['autumn'])
  const second = await openedCampaign(host, { ...spring, season: 'autumn', title: '2026年秋季开学专项督导' })
  const both = await seasons()
  assert.deepEqual([both.missing, both.spring.length, both.autumn.length], [[], 1, 1])

  const bad = { note: '不符合要求' }
  await recordCampaignVisit(host, { campaignId: first.id, schoolId: schoolA, negative: { O01: bad, O09: bad } })
  await recordCampaignVisit(host, { campaignId: first.id, schoolId: schoolB })
  await recordCampaignVisit(host, { campaignId: second.id, schoolId: schoolA, negative: { O01: bad } })
  await recordCampaignVisit(host, { campaignId: second.id, schoolId: schoolB, negative: { O04: bad, O05: bad } })
  const compare = `${api}/campaigns/${second.id}/comparison?with=${first.id}`
  const { groups } = ok(await host.head.get(compare)).body
  const row = (group: string) => groups.find((one: { group: string }) => one.group === group)
  assert.deepEqual(
    groups.map((one: { group: string }) => one.group),
    ['开学准备', '教学秩序', '心理健康', '校园设施安全'],
  )
  assert.deepEqual(row('校园设施安全').first, { schools: 2, answers: 8, negatives: 1, share: 0.125 })
  assert.deepEqual(row('校园设施安全').second, { schools: 2, answers: 8, negatives: 0, share: 0 })
  assert.deepEqual(
    row('校园设施安全').improved.map((school: Record<string, unknown>) => [
      school.schoolName,
      school.before,
      school.after,
    ]),
    [['示例第一小学', 1, 0]],
  )
  assert.deepEqual(
    row('教学秩序').worsened.map((school: Record<string, unknown>) => [school.schoolName, school.before, school.after]),
    [['示例第二小学', 0, 2]],
  )
  assert.deepEqual([row('开学准备').improved, row('开学准备').worsened], [[], []])

  const alone = ok(await host.head.get(`${api}/campaigns/${second.id}/comparison`)).body
  assert.equal(alone.first.campaignId, first.id, 'the run before it with the same topic')
  const zone = ok(await host.otherZoneHead.get(compare)).body.groups
  assert.equal(zone.find((one: { group: string }) => one.group === '教学秩序').second.schools, 1)
  refusedWith(
    await host.head.get(`${api}/campaigns/${first.id}/comparison?with=${first.id}`),
    422,
    'CAMPAIGNS_NOT_COMPARABLE',
  )
  refusedWith(await host.foreignHead.get(compare), 404, 'CAMPAIGN_NOT_FOUND')
})
