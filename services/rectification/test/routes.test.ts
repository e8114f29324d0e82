import assert from 'node:assert/strict'
import { test } from 'node:test'
import { badInputCases, testAuthorization, testIdentity, walkRoutes } from '@dulian/http-kit/testing'
import { api, schoolA, startRectification } from './rectification-host.ts'

test('odd input on any route is refused as a problem, never an accident', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await host.demand(id, '2026-11-30')
  const everything = testIdentity({ subject: 'all', roles: ['office-head', 'school-principal'], school: schoolA })
  const document = JSON.parse((await host.app.inject({ url: '/openapi.json' })).body)
  const wanted = ([path]: [string, unknown]) => path.startsWith(api) && !path.endsWith('/stream')
  document.paths = Object.fromEntries(Object.entries(document.paths).filter(wanted))
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

test('no route of another office tells that a problem exists', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const unknown = '0197a000-0000-7000-8000-0000000000ff'
  for (const route of await walkRoutes(host.app, { id })) {
    if (!route.path.startsWith(api) || !route.url.includes(':id') || route.method !== 'GET') continue
    const strip = (text: string) => text.replaceAll(/"traceId":"[^"]*"/g, '')
    const real = await host.foreignHead.get(route.path)
    const made = await host.foreignHead.get(route.path.replace(id, unknown))
    assert.deepEqual([real.status, strip(JSON.stringify(real.body))], [made.status, strip(JSON.stringify(made.body))])
    assert.equal(real.status, 404)
  }
})

test('every route asks for a permission', async (t) => {
  const host = await startRectification(t)
  const nobody = testAuthorization(testIdentity({ subject: 'nobody', roles: [] }))
  for (const { method, path } of await walkRoutes(host.app)) {
    if (!path.startsWith(api) || path.includes('/system/')) continue
    const answer = await host.app.inject({ method: method as 'GET', url: path, headers: { authorization: nobody } })
    assert.equal(answer.statusCode, 403, `${method} ${path}`)
  }
})

test('a day that no calendar reaches is refused, not answered with an accident', async (t) => {
  const host = await startRectification(t)
  for (const path of ['terms?from', 'board?asOf', 'problems?asOf', 'problems?openedTo']) {
    assert.equal((await host.head.get(`${api}/${path}=9999-12-31`)).status, 400, path)
    assert.equal((await host.head.get(`${api}/${path}=2149-12-31`)).status, 200, path)
  }
})
