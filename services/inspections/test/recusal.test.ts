import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postingChanged, recusalFactChanged } from '@dulian/contracts'
import { ok, refusedWith } from '@dulian/service-host/testing'
import { campaignOf, openedCampaign, startWithTeam, team } from './campaign-story.ts'
import {
  answersFor,
  bothSigned,
  kindergarten,
  schoolA,
  schoolB,
  startInspections,
  supervisorA,
  supervisorB,
} from './inspections-host.ts'

const api = '/api/inspections'
const fact = {
  ...recusalFactChanged.example,
  supervisorId: supervisorA,
  schoolId: schoolA,
  description: '配偶任该校校长',
}

test('[R14] [N1] a supervisor whose spouse is the principal is given no visit at that school, and the reason is shown; at another school he is', async (t) => {
  const host = await startInspections(t)
  await host.announce(recusalFactChanged, fact)
  await host.settle()
  const order = { schoolId: schoolA, supervisorId: supervisorA, scheduledFor: '2026-11-10' }
  const refused = await host.staff.post(`${api}/visits`, order)
  refusedWith(refused, 409, 'VISIT_SUPERVISOR_RECUSED')
  assert.ok(refused.body.detail.includes('配偶任该校校长') && refused.body.detail.includes('《教育督导条例》第十条'))
  assert.equal(refused.body.errors[0].pointer, '/supervisorId')
  ok(await host.staff.post(`${api}/visits`, { ...order, schoolId: schoolB }), 201)
  ok(await host.staff.post(`${api}/visits`, { ...order, supervisorId: supervisorB }), 201)
})

test('[R14] nor does he record one there from the phone, also when it was scheduled before; the other schools stay his', async (t) => {
  const host = await startInspections(t)
  const order = { schoolId: schoolA, supervisorId: supervisorA, scheduledFor: '2026-11-03' }
  const { body } = ok(await host.staff.post(`${api}/visits`, order), 201)
  await host.announce(recusalFactChanged, fact)
  await host.settle()
  const record = { visitedOn: '2026-11-03', answers: await answersFor(host.supervisor), signatures: bothSigned }
  const quick = await host.supervisor.post(`${api}/visits/quick`, { ...record, schoolId: schoolA })
  refusedWith(quick, 409, 'VISIT_SUPERVISOR_RECUSED')
  const planned = await host.supervisor.post(`${api}/visits/${body.id}/record`, record)
  refusedWith(planned, 409, 'VISIT_SUPERVISOR_RECUSED')
  assert.ok(planned.body.detail.includes('配偶任该校校长'))
  const answers = await answersFor(host.supervisor, {}, 'kindergarten')
  ok(await host.supervisor.post(`${api}/visits/quick`, { ...record, answers, schoolId: kindergarten }), 201)
})

test('[R14] [N1] what was declared in error, is over, or belongs to another office forbids nothing', async (t) => {
  const host = await startInspections(t)
  const order = { schoolId: schoolA, supervisorId: supervisorA, scheduledFor: '2026-11-10' }
  await host.announce(recusalFactChanged, { ...fact, to: '2026-10-31' })
  await host.announce(
    recusalFactChanged,
    { ...fact, factId: '0197a000-0000-7000-8000-000000000602', office: 'qijiang' },
    'qijiang',
  )
  await host.settle()
  ok(await host.staff.post(`${api}/visits`, order), 201)
  await host.announce(recusalFactChanged, fact)
  await host.settle()
  refusedWith(await host.staff.post(`${api}/visits`, order), 409, 'VISIT_SUPERVISOR_RECUSED')
  await host.announce(recusalFactChanged, { ...fact, withdrawn: true })
  await host.settle()
  ok(await host.staff.post(`${api}/visits`, order), 201)
  const former = { ...fact, kind: 'former-employer', description: '曾任该校教师', from: '2019-09-01', to: '2024-08-31' }
  await host.announce(recusalFactChanged, former)
  await host.settle()
  const late = await host.staff.post(`${api}/visits`, order)
  refusedWith(late, 409, 'VISIT_SUPERVISOR_RECUSED')
  assert.ok(late.body.detail.includes('2027年9月1日起不再回避'), late.body.detail)
})

interface CampaignSchool {
  readonly schoolId: string
  readonly state: string
  readonly supervisorName: string | null
  readonly refusal: string | null
}
const third = team[2] as string
const explained = { teamOverride: '示例：另由总督学带队' }

test('[R14] [N1] a 督学 whose spouse is the principal of a school in reach cannot be in the team, the reason is shown; without that school he can', async (t) => {
  const host = await startWithTeam(t)
  await host.announce(recusalFactChanged, { ...fact, supervisorId: third })
  await host.settle()
  const refused = await host.staff.post(`${api}/campaigns`, await campaignOf(host.staff))
  refusedWith(refused, 409, 'CAMPAIGN_TEAM_RECUSED')
  assert.equal(refused.body.errors[0].pointer, '/team/2')
  assert.match(refused.body.detail, /示例督学丁应当回避示例第一小学：配偶任该校校长.*《教育督导条例》第十条/)
  const elsewhere = await campaignOf(host.staff, { scope: { schoolIds: [schoolB] } })
  const { body } = ok(await host.staff.post(`${api}/campaigns`, elsewhere), 201)
  const wider = await host.staff.post(`${api}/campaigns/${body.id}/replan`, await campaignOf(host.staff), {
    ifMatch: 1,
  })
  refusedWith(wider, 409, 'CAMPAIGN_TEAM_RECUSED')
  await host.announce(recusalFactChanged, {
    ...fact,
    factId: '0197a000-0000-7000-8000-000000000603',
    supervisorId: third,
    schoolId: schoolB,
  })
  await host.settle()
  const late = await host.staff.post(`${api}/campaigns/${body.id}/open`, {}, { ifMatch: 1 })
  refusedWith(late, 409, 'CAMPAIGN_TEAM_RECUSED')
})

test('[R14] [N1] who answers for a school keeps out of the team of its 综合督导, and goes on visiting it as before', async (t) => {
  const host = await startWithTeam(t)
  const one = { scope: { schoolIds: [schoolA] } }
  const comprehensive = await campaignOf(host.staff, { ...one, type: 'comprehensive', title: '综合督导' })
  const refused = await host.staff.post(`${api}/campaigns`, comprehensive)
  refusedWith(refused, 409, 'CAMPAIGN_TEAM_RECUSED')
  assert.equal(refused.body.errors[0].pointer, '/team/0')
  assert.match(refused.body.detail, /担任该校挂牌督学.*同一岗位回避/)
  ok(await host.staff.post(`${api}/campaigns`, { ...comprehensive, team: [supervisorB, third], ...explained }), 201)
  ok(await host.staff.post(`${api}/campaigns`, await campaignOf(host.staff, one)), 201)
  const routine = { schoolId: schoolA, supervisorId: supervisorA, scheduledFor: '2026-11-10' }
  ok(await host.staff.post(`${api}/visits`, routine), 201)
})

test('[R14] [I3] who must keep away is not sent: refused when somebody sends him, and told at the school when the posted one may not go', async (t) => {
  const host = await startWithTeam(t)
  await host.announce(recusalFactChanged, fact)
  await host.settle()
  const { id } = await openedCampaign(host, { team: [supervisorB, third], ...explained })
  const atSchool = async (schoolId: string) =>
    (ok(await host.staff.get(`${api}/campaign-schools?campaignId=${id}`)).body.items as CampaignSchool[]).find(
      (school) => school.schoolId === schoolId,
    )
  const waiting = await atSchool(schoolA)
  assert.equal(waiting?.state, 'waiting')
  assert.match(waiting?.refusal ?? '', /示例督学甲应当回避示例第一小学：配偶任该校校长/)
  const { state: posted } = (await atSchool(schoolB)) ?? {}
  assert.equal(posted, 'scheduled', 'who is posted goes to the own school')
  // Who answered for the second school until now is no judge of it for three years.
  await host.announce(postingChanged, {
    office: 'yongchuan',
    schoolId: schoolB,
    supervisorId: third,
    supervisorName: '示例督学丁',
    from: '2026-11-03',
  })
  await host.settle()
  const { version } = ok(await host.staff.get(`${api}/campaigns/${id}`)).body
  const send = (given: object) => host.staff.post(`${api}/campaigns/${id}/assign`, given, { ifMatch: version })
  const former = await send({ schoolId: schoolB, supervisorId: supervisorB })
  refusedWith(former, 409, 'VISIT_SUPERVISOR_RECUSED')
  assert.match(former.body.detail, /同一岗位回避/)
  const spouse = await send({ schoolId: schoolA, supervisorId: supervisorA })
  refusedWith(spouse, 409, 'VISIT_SUPERVISOR_RECUSED')
  assert.equal(spouse.body.errors[0].pointer, '/supervisorId')
  ok(await send({ schoolId: schoolA, supervisorId: supervisorB }))
  await host.settle()
  assert.deepEqual((await atSchool(schoolA))?.state, 'scheduled')
})
