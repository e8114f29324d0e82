import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { badInputCases, testAuthorization, testIdentity, walkRoutes } from '@dulian/http-kit/testing'
import { startTestHost } from '@dulian/service-host/testing'
import { officeService } from '../src/service.ts'
import { planText } from './written-plan.ts'

const api = '/api/office'

async function withAdoptedPlan(t: TestContext) {
  const host = await startTestHost({
    services: [officeService],
    access: { permissions, roles },
    now: '2026-03-02T01:00:00Z',
  })
  t.after(() => host.dispose())
  const head = host.as({ subject: 'head', roles: ['office-head'] })
  const { body: plan } = await head.post(`${api}/plans`, { fileName: '要点.txt', text: planText })
  const { body: adopted } = await head.post(`${api}/plans/${plan.id}/adopt`, {}, { ifMatch: plan.version })
  const { body } = await head.get(`${api}/plans/${plan.id}`, { 'min-position': adopted.position })
  const item = body.items.find(({ taskId }: { taskId: string | null }) => taskId !== null)
  return { host, planId: plan.id as string, itemId: item.itemId as string, taskId: item.taskId as string }
}

test('odd input on any route is refused as a problem, never an accident', async (t) => {
  const { host, planId, taskId, itemId } = await withAdoptedPlan(t)
  const authorization = testAuthorization(testIdentity({ subject: 'all', roles: ['office-head'] }))
  const document = JSON.parse((await host.app.inject({ url: '/openapi.json' })).body)
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith(api))
  let cases = 0
  for (const [path, item] of paths) {
    const id = path.startsWith(`${api}/tasks`) ? taskId : planId
    const one = { ...document, paths: { [path]: item } }
    for (const bad of badInputCases(one, { headers: { authorization }, parameters: { id, itemId } })) {
      const { method, url, headers, payload } = bad
      const answer = await host.app.inject({
        method: method as 'GET',
        url,
        headers,
        ...(payload === undefined ? {} : { payload }),
      })
      cases += 1
      assert.ok(answer.statusCode < 500, `${bad.name}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
      if (bad.mustRefuse) assert.ok(answer.statusCode >= 400, `${bad.name}: ${answer.statusCode}`)
    }
  }
  assert.ok(cases > 1_000, String(cases))
  await host.settle()
  const { body: status } = await host.as({ roles: ['operator'] }).get(`${api}/system/status`)
  const parked = status.subscriptions.flatMap((one: { parked: unknown[] }) => one.parked)
  assert.deepEqual(parked, [])
})

test('no answer to another office tells a plan or task that exists from one that does not', async (t) => {
  const { host, planId, taskId } = await withAdoptedPlan(t)
  const stranger = host.as({ subject: 'stranger', office: 'qijiang', roles: ['office-head'] })
  const made = '0197a000-0000-7000-8000-0000000000ff'
  const plain = (body: unknown) => JSON.stringify(body).replaceAll(/"traceId":"[^"]*"/g, '')
  let asked = 0
  for (const real of [planId, taskId]) {
    for (const route of await walkRoutes(host.app, { id: real })) {
      if (!route.path.startsWith(api) || !route.url.includes(':id') || route.method !== 'GET') continue
      const [theirs, none] = [await stranger.get(route.path), await stranger.get(route.path.replace(real, made))]
      assert.deepEqual([theirs.status, plain(theirs.body)], [none.status, plain(none.body)], route.path)
      assert.equal(theirs.status, 404, route.path)
      asked += 1
    }
  }
  assert.equal(asked, 4)
})

test('every route asks for a permission', async (t) => {
  const { host } = await withAdoptedPlan(t)
  const authorization = testAuthorization(testIdentity({ subject: 'nobody', roles: [] }))
  for (const { method, path } of await walkRoutes(host.app)) {
    if (!path.startsWith(api)) continue
    const answer = await host.app.inject({ method: method as 'GET', url: path, headers: { authorization } })
    assert.equal(answer.statusCode, 403, `${method} ${path}`)
  }
})
