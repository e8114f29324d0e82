import assert from 'node:assert/strict'
import { json } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { permissions, type Role, roles } from '@dulian/contracts'
import { routeTable } from '@dulian/http-kit'
import { type WalkedRoute, walkRoutes } from '@dulian/http-kit/testing'
import { NO_ID } from './route-ids.ts'
import { type Answer, answerOf, type Person, TestInstance } from './test-instance.ts'

const claims = { zone: NO_ID, school: NO_ID, supervisor: NO_ID, body: '区住建委' }
const everyRole = Object.keys(roles) as Role[]

let house: TestInstance
let guarded: readonly WalkedRoute[]

before(async () => {
  house = await TestInstance.open({ now: '2026-11-02T01:00:00Z' })
  guarded = (await walkRoutes(house.instance.app)).filter((route) => route.permissions.length > 0)
})
after(() => house.dispose())

test('every route names a permission or why it needs none, and the open ones are exactly these', () => {
  const routes = routeTable(house.instance.app).filter(({ method }) => method !== 'HEAD')
  const unguarded = routes.filter(
    ({ permissions: named, signedInBecause, openBecause }) =>
      [named.length > 0, signedInBecause !== undefined, openBecause !== undefined].filter(Boolean).length !== 1,
  )
  assert.deepEqual(unguarded, [])
  const open = routes.filter(({ openBecause }) => openBecause !== undefined)
  assert.deepEqual(open.map(nameOf).sort(), [
    'GET /',
    'GET /*',
    'GET /auth/demo',
    'GET /auth/jwks.json',
    'GET /auth/oidc/callback',
    'GET /auth/oidc/start',
    'GET /auth/revocations.json',
    'GET /auth/session-keys.json',
    'GET /auth/ways',
    'GET /docs',
    'GET /docs/',
    'GET /docs/js/scalar.js',
    'GET /health/live',
    'GET /health/ready',
    'GET /m',
    'GET /openapi.json',
    'GET /system/instance',
    'POST /auth/demo',
    'POST /auth/session',
    'POST /auth/sign-out',
  ])
  const signedIn = routes.filter(({ signedInBecause }) => signedInBecause !== undefined)
  assert.deepEqual(signedIn.map(nameOf).sort(), [
    'GET /auth/me',
    'GET /auth/sessions',
    'POST /api/audit/sign-ins',
    'POST /auth/sessions/:id/revoke',
  ])
})

test('every permission is asked for somewhere', () => {
  const asked = new Set(guarded.flatMap((route) => route.permissions))
  assert.deepEqual(
    Object.keys(permissions).filter((permission) => !asked.has(permission)),
    [],
  )
})

test('without a token every route that is not open asks to sign in first', async () => {
  for (const route of guarded) {
    const answer = answerOf(await house.instance.app.inject({ method: route.method as 'GET', url: route.path }))
    assert.deepEqual([answer.status, answer.body.code], [401, 'SIGN_IN_REQUIRED'], nameOf(route))
  }
})

test('each role gets into exactly the routes that its permissions open', async () => {
  for (const role of everyRole) {
    const person = house.as(role, claims)
    const grants: Readonly<Record<string, string>> = roles[role].grants
    for (const route of guarded) {
      const allowed = route.permissions.some((permission) => grants[permission] !== undefined)
      const answer = await knock(person, route)
      const message = `${role}: ${nameOf(route)} → ${answer.status} ${answer.body?.code ?? ''}`
      assert.ok(answer.status < 500, message)
      assert.equal(answer.status === 403, !allowed, message)
      if (!allowed) assert.equal(answer.body.code, 'PERMISSION_MISSING', message)
    }
  }
})

test('a role that reaches only its zone, school, body or postings gets nowhere while the token names none', async () => {
  for (const role of everyRole) {
    const person = house.as(role)
    const grants: Readonly<Record<string, string>> = roles[role].grants
    for (const route of guarded) {
      const kinds = route.permissions.flatMap((permission) => grants[permission] ?? [])
      if (kinds.length === 0 || kinds.includes('office')) continue
      const answer = await knock(person, route)
      assert.deepEqual([answer.status, answer.body?.code], [403, 'CLAIM_MISSING'], `${role}: ${nameOf(route)}`)
    }
  }
})

test('a role that nobody knows opens nothing', async () => {
  const stranger = house.as('visitor' as Role, claims)
  for (const route of guarded) {
    const answer = await knock(stranger, route)
    assert.deepEqual([answer.status, answer.body?.code], [403, 'PERMISSION_MISSING'], nameOf(route))
  }
})

/** Asks without a body or a key: whether somebody may come in is decided before anything is read. */
async function knock(
  person: Person,
  { method, path }: WalkedRoute,
): Promise<Pick<Answer, 'status' | 'headers' | 'body'>> {
  const headers = { authorization: await person.authorization() }
  const request = { method: method as 'GET', url: path, headers }
  if (!path.endsWith('/stream')) return answerOf(await house.instance.app.inject(request))
  const response = await house.instance.app.inject({ ...request, payloadAsStream: true })
  // A stream of events has no end to wait for; it ends with the instance.
  const body = response.statusCode === 200 ? undefined : await json(response.stream())
  return { status: response.statusCode, headers: response.headers, body }
}

function nameOf({ method, url }: { readonly method: string; readonly url: string }): string {
  return `${method} ${url}`
}
