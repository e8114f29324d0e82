import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recusalFactChanged } from '@dulian/contracts'
import { ok, refusedWith } from '@dulian/service-host/testing'
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
