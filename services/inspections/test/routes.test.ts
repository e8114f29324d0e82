import assert from 'node:assert/strict'
import { test } from 'node:test'
import { badInputCases, testAuthorization, testIdentity, walkRoutes } from '@dulian/http-kit/testing'
import { answersFor, bothSigned, ok, schoolA, startInspections, supervisorA } from './inspections-host.ts'

const api = '/api/inspections'

async function withVisit(t: Parameters<typeof startInspections>[0]) {
  const host = await startInspections(t)
  const answers = await answersFor(host.supervisor, { A05: { note: '通道被堵' } })
  const quick = { schoolId: schoolA, visitedOn: '2026-11-03', answers, signatures: bothSigned }
  const made = ok(await host.supervisor.post(`${api}/visits/quick`, quick), 201)
  await host.settle()
  return { host, id: made.body.id as string }
}

test('odd input on any route is refused as a problem, never an accident', async (t) => {
  const { host, id } = await withVisit(t)
  const everything = testIdentity({
    subject: 'all',
    roles: ['office-head', 'school-supervisor'],
    supervisor: supervisorA,
  })
  const document = JSON.parse((await host.app.inject({ url: '/openapi.json' })).body)
  document.paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith(api)))
  let cases = 0
  for (const bad of badInputCases(document, {
    headers: { authorization: testAuthorization(everything) },
    parameters: { id },
  })) {
    const { method, url, headers, payload } = bad
    const answer = await host.app.inject({
      method: method.toUpperCase() as 'GET',
      url,
      headers,
      ...(payload === undefined ? {} : { payload }),
    })
    cases += 1
    assert.ok(
      answer.statusCode < 500,
      `${method} ${url} with ${bad.name}: ${answer.statusCode} ${answer.body.slice(0, 300)}`,
    )
    if (bad.mustRefuse) assert.ok(answer.statusCode >= 400, `${method} ${url} with ${bad.name}: ${answer.statusCode}`)
  }
  assert.ok(cases > 500)
})

test('no route of another office tells that a visit exists', async (t) => {
  const { host, id } = await withVisit(t)
  const unknown = '0197a000-0000-7000-8000-0000000000ff'
  for (const route of await walkRoutes(host.app, { id, findingId: id })) {
    if (!route.path.startsWith(api) || !route.url.includes(':id') || route.method !== 'GET') continue
    const strip = (text: string) => text.replaceAll(/"traceId":"[^"]*"/g, '')
    const real = await host.foreignHead.get(route.path)
    const made = await host.foreignHead.get(route.path.replace(id, unknown))
    assert.deepEqual([real.status, strip(JSON.stringify(real.body))], [made.status, strip(JSON.stringify(made.body))])
    assert.equal(real.status, 404)
  }
})

test('every route asks for a permission', async (t) => {
  const host = await startInspections(t)
  const nobody = testAuthorization(testIdentity({ subject: 'nobody', roles: [] }))
  for (const { method, path } of await walkRoutes(host.app)) {
    if (!path.startsWith(api) || path.includes('/system/')) continue
    const answer = await host.app.inject({ method: method as 'GET', url: path, headers: { authorization: nobody } })
    assert.equal(answer.statusCode, 403, `${method} ${path}`)
  }
})
