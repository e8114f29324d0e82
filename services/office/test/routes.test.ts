import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { askAsStranger, askWithoutRole, startTestHost, tryOddInput } from '@dulian/service-host/testing'
import { officeService } from '../src/service.ts'
import { planText } from './written-plan.ts'

const service = 'office'

async function withAdoptedPlan(t: TestContext) {
  const host = await startTestHost({
    services: [officeService],
    access: { permissions, roles },
    now: '2026-03-02T01:00:00Z',
  })
  t.after(() => host.dispose())
  const head = host.as({ subject: 'head', roles: ['office-head'] })
  const { body: plan } = await head.post('/api/office/plans', { fileName: '要点.txt', text: planText })
  const { body: adopted } = await head.post(`/api/office/plans/${plan.id}/adopt`, {}, { ifMatch: plan.version })
  const { body } = await head.get(`/api/office/plans/${plan.id}`, { 'min-position': adopted.position })
  const item = body.items.find(({ taskId }: { taskId: string | null }) => taskId !== null)
  return { host, planId: plan.id as string, itemId: item.itemId as string, taskId: item.taskId as string }
}

test('odd input on any route is refused as a problem, never an accident', async (t) => {
  const { host, planId, taskId, itemId } = await withAdoptedPlan(t)
  const tried = await tryOddInput({
    host,
    service,
    identity: { subject: 'all', roles: ['office-head'] },
    parametersOf: (path) => ({ id: path.startsWith('/tasks') ? taskId : planId, itemId }),
  })
  assert.ok(tried > 1_000, String(tried))
})

test('no answer to another office tells a plan or task that exists from one that does not', async (t) => {
  const { host, planId, taskId } = await withAdoptedPlan(t)
  const stranger = host.as({ subject: 'stranger', office: 'qijiang', roles: ['office-head'] })
  assert.equal(await askAsStranger({ host, service, stranger, ids: [planId, taskId] }), 4)
})

test('every route asks for a permission', async (t) => {
  const { host } = await withAdoptedPlan(t)
  await askWithoutRole({ host, service })
})
