import assert from 'node:assert/strict'
import type { Identity } from '@dulian/http-kit'
import { badInputCases, testAuthorization, testIdentity, walkRoutes } from '@dulian/http-kit/testing'
import type { TestHost, TestPerson } from './test-host.ts'

interface ServiceRoutes {
  readonly host: TestHost
  /** The service's name; its routes are those under `/api/<name>`. */
  readonly service: string
}

/**
 * Asks every route of a service with odd input, as somebody who may do everything: each must be a problem or an answer, never
 * an accident, and nothing may be parked because of it. Answers how many cases were tried.
 */
export async function tryOddInput(
  options: ServiceRoutes & {
    readonly identity: Partial<Identity> & { readonly roles: readonly string[] }
    /** Real path parameters for a route, so that it gets far. */
    readonly parametersOf: (path: string) => Readonly<Record<string, string>>
    /** Routes left out, for an answer that never ends. */
    readonly except?: readonly string[]
  },
): Promise<number> {
  const { host, service, except = [] } = options
  const api = `/api/${service}`
  const headers = { authorization: testAuthorization(testIdentity(options.identity)) }
  const document = JSON.parse((await host.app.inject({ url: '/openapi.json' })).body) as Parameters<
    typeof badInputCases
  >[0]
  let tried = 0
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    if (!path.startsWith(api) || except.includes(path.slice(api.length))) continue
    const one = { ...document, paths: { [path]: item } }
    for (const bad of badInputCases(one, { headers, parameters: options.parametersOf(path.slice(api.length)) })) {
      const method = bad.method.toUpperCase() as 'GET'
      const payload = bad.payload === undefined ? {} : { payload: bad.payload }
      const answer = await host.app.inject({ method, url: bad.url, headers: bad.headers, ...payload })
      tried += 1
      const told = `${method} ${bad.url} with ${bad.name}: ${answer.statusCode} ${answer.body.slice(0, 300)}`
      assert.ok(answer.statusCode < 500, told)
      if (bad.mustRefuse) assert.ok(answer.statusCode >= 400, told)
    }
  }
  await host.settle()
  const { body: status } = await host.as({ roles: ['operator'] }).get(`${api}/system/status`)
  const parked = status.subscriptions.flatMap((one: { parked: readonly unknown[] }) => one.parked)
  assert.deepEqual(parked, [])
  return tried
}

/**
 * Asks every reading route that names a thing as a stranger: the answer must be 404, and not to be told from the one for a
 * thing that does not exist. Answers how many routes were asked.
 */
export async function askAsStranger(
  options: ServiceRoutes & { readonly stranger: TestPerson; readonly ids: readonly string[] },
): Promise<number> {
  const { host, service, stranger } = options
  const plain = (body: unknown): string => JSON.stringify(body).replaceAll(/"traceId":"[^"]*"/g, '')
  let asked = 0
  for (const real of options.ids) {
    for (const route of await walkRoutes(host.app, { id: real })) {
      if (!route.path.startsWith(`/api/${service}/`) || !route.path.includes(real) || route.method !== 'GET') continue
      const theirs = await stranger.get(route.path)
      const nobodys = await stranger.get(route.path.replace(real, '0197a000-0000-7000-8000-0000000000ff'))
      assert.deepEqual([theirs.status, plain(theirs.body)], [nobodys.status, plain(nobodys.body)], route.path)
      assert.equal(theirs.status, 404, route.path)
      asked += 1
    }
  }
  return asked
}

/** Asks every route of a service as somebody without a role: each must refuse for want of a permission. */
export async function askWithoutRole({ host, service }: ServiceRoutes): Promise<void> {
  const headers = { authorization: testAuthorization(testIdentity({ subject: 'nobody', roles: [] })) }
  const routes = (await walkRoutes(host.app)).filter(({ path }) => path.startsWith(`/api/${service}/`))
  assert.ok(routes.length > 0, `the host has no route of ${service}`)
  for (const { method, path } of routes) {
    const answer = await host.app.inject({ method: method as 'GET', url: path, headers })
    assert.equal(answer.statusCode, 403, `${method} ${path}`)
  }
}
