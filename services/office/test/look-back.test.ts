import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { permissions, roles, visitRecorded } from '@dulian/contracts'
import { ok, refusedWith, startTestHost } from '@dulian/service-host/testing'
import { officeService } from '../src/service.ts'
import { planText } from './written-plan.ts'

const api = '/api/office'

/** A plan adopted on 2 March 2026. */
async function adoptedPlan(t: TestContext) {
  const host = await startTestHost({
    services: [officeService],
    access: { permissions, roles },
    now: '2026-03-02T01:00:00Z',
  })
  t.after(() => host.dispose())
  const head = host.as({ subject: 'head', roles: ['office-head'] })
  const { id } = ok(await head.post(`${api}/plans`, { fileName: '要点.txt', text: planText }), 201).body
  ok(await head.post(`${api}/plans/${id}/adopt`, {}, { ifMatch: 1 }))
  await host.settle()
  const ask = async (path: string) => ok(await head.get(`${api}/${path}`)).body
  const [task] = (await ask(`tasks?planId=${id}`)).items as { taskId: string }[]
  assert.ok(task !== undefined)
  return { host, head, ask, planId: String(id), taskId: task.taskId }
}

test('[N10] a visit of 5 March that is told on 9 March counts for its task on 5 March as valid, not as known', async (t) => {
  const { host, ask, taskId } = await adoptedPlan(t)
  await host.moveTo('2026-03-09T01:00:00Z')
  const visit = { ...visitRecorded.example, office: 'yongchuan', taskId, visitedOn: '2026-03-05' }
  await host.announce(visitRecorded, visit, 'yongchuan')
  await host.settle()
  await host.moveTo('2026-03-11T01:00:00Z')
  const visits = async (days: string) =>
    (await ask(`tasks?${days}`)).items.find((task: { taskId: string }) => task.taskId === taskId)?.linkedVisits
  assert.equal(await visits(''), 1)
  assert.equal(await visits('asOf=2026-03-06'), 0)
  assert.equal(await visits('validOn=2026-03-06'), 1)
  assert.equal(await visits('validOn=2026-03-04'), 0)
  assert.equal(await visits('asOf=2026-03-01'), undefined)
  const { items } = await ask('tasks/differences?day=2026-03-06')
  assert.equal(items.length, 1)
  assert.deepEqual(items[0].fields, [{ field: 'linkedVisits', title: '督查', known: '0', valid: '1' }])
  assert.deepEqual(
    items[0].corrections.map(({ title, recordedOn, validFrom }: Record<string, string>) => [
      title,
      recordedOn,
      validFrom,
    ]),
    [['关联督查', '2026-03-09', '2026-03-05']],
  )
})

test('[N10] a plan entered as issued on an earlier day; overdue counts from the day that is looked at', async (t) => {
  const { host, head, ask, planId } = await adoptedPlan(t)
  await host.moveTo('2026-03-09T01:00:00Z')
  const issued = { documentNumber: '示例教督〔2026〕1号', issuedOn: '2026-03-04', recipients: ['各学校'] }
  ok(await head.post(`${api}/plans/${planId}/issue`, issued, { ifMatch: 2 }))
  await host.settle()
  await host.moveTo('2027-02-01T01:00:00Z')
  const state = async (days: string) => (await ask(`plans?${days}`)).items[0]?.state
  assert.equal(await state('asOf=2026-03-06'), 'adopted')
  assert.equal(await state('validOn=2026-03-06'), 'issued')
  assert.equal(await state('validOn=2026-03-03'), 'adopted')
  assert.equal((await ask('plans/differences?day=2026-03-06')).total, 1)
  const overdue = async (days: string) => (await ask(`tasks?overdue=true&${days}`)).items.length
  assert.ok((await overdue('')) > 0)
  assert.equal(await overdue('asOf=2026-03-06'), 0)
})

test('[N10] a look ahead is refused; another office and another body see no past that is not theirs', async (t) => {
  const { host, head, taskId } = await adoptedPlan(t)
  await host.moveTo('2026-03-09T01:00:00Z')
  const visit = { ...visitRecorded.example, office: 'yongchuan', taskId, visitedOn: '2026-03-05' }
  await host.announce(visitRecorded, visit, 'yongchuan')
  await host.settle()
  const elsewhere = host.as({ subject: 'other', office: 'qijiang', roles: ['office-head'] })
  const stranger = host.as({ subject: 'liaison', roles: ['department-liaison'], body: '示例无关单位' })
  for (const list of ['tasks', 'plans']) {
    for (const path of [`${list}?asOf`, `${list}?validOn`, `${list}/differences?day`]) {
      refusedWith(await head.get(`${api}/${path}=2026-03-10`), 422, 'HISTORY_DAY_TO_COME')
    }
    for (const person of [elsewhere, stranger]) {
      assert.deepEqual(ok(await person.get(`${api}/${list}?validOn=2026-03-06`)).body.items, [], list)
      assert.equal(ok(await person.get(`${api}/${list}/differences?day=2026-03-06`)).body.total, 0, list)
    }
  }
})
