import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Role, roles, type ScopeKind } from '@dulian/contracts'
import { type WalkedRoute, walkRoutes } from '@dulian/http-kit/testing'
import { readTableFile } from '@dulian/spreadsheets'
import { BODY, END, makeOneOfEverything, type OneOfEverything } from './one-of-everything.ts'
import { references } from './references.ts'
import { fill, NO_ID, nobodys, parametersOf } from './route-ids.ts'
import { type RouteInputs, routeInputs } from './route-inputs.ts'
import { type Answer, answerOf, type Person, type PersonClaims, TestInstance } from './test-instance.ts'

const everyRole = Object.keys(roles) as Role[]

let house: TestInstance
let inputs: RouteInputs
/** The office whose things are asked for, and the one that asks. */
let theirs: OneOfEverything
let mine: OneOfEverything
/** About things of an office. What operators see is the machine itself, of whichever office they are. */
let routes: readonly WalkedRoute[]

before(async () => {
  house = await TestInstance.open({ now: END })
  theirs = await makeOneOfEverything(house)
  mine = await makeOneOfEverything(house, 'qijiang')
  inputs = await routeInputs(house.instance.app)
  routes = (await walkRoutes(house.instance.app)).filter(
    // The stream of changes is a stream for ever; it tells that something of the own office changed, not what.
    ({ url, permissions }) => permissions.length > 0 && !url.includes('/system/') && !url.endsWith('/stream'),
  )
})
after(() => house.dispose())

/** What an answer says: of a workbook the cells, but for the line that tells one export from every other. */
async function contentOf({ headers, body, bytes }: Answer): Promise<unknown> {
  if (!String(headers['content-type']).includes('spreadsheetml')) return body
  const sheets = await readTableFile(bytes, '导出.xlsx')
  return sheets.map(({ name, rows }) => [
    name,
    rows.map((cells) => cells.map(({ text }) => text).filter((text) => !text.includes('审计编号：'))),
  ])
}

test('every route with another office’s ids answers as if they did not exist, and stores nothing', async () => {
  const heads = await house.heads()
  let asked = 0
  for (const route of routes.filter(({ url }) => url.includes(':'))) {
    for (const role of everyRole.filter((each) => reachOf(each, route) !== undefined)) {
      // The worst token there can be: another office's, bearing the very ids of this one.
      await assertNothingThere(house.as(role, { office: mine.office, ...claimsOf(theirs) }), route)
      asked += 1
    }
  }
  assert.ok(asked > 80, `only ${asked} questions`)
  assert.deepEqual(await house.heads(), heads)
})

test('every list shows nothing of another office, whatever it is filtered by', async () => {
  // The audit trail shows an office what its own people asked for in vain, by the addresses that they gave.
  const lists = routes.filter(
    ({ method, url }) => method === 'GET' && !url.includes(':') && url !== '/api/audit/entries',
  )
  for (const route of lists) {
    for (const role of everyRole.filter((each) => reachOf(each, route) !== undefined)) {
      const message = `${role}: ${route.url}`
      const stranger = house.as(role, { office: mine.office, ...claimsOf(theirs) })
      const all = await stranger.get(withNeeded(route.url))
      assert.equal(all.status, 200, `${message} → ${JSON.stringify(all.body)}`)
      const shown = JSON.stringify(await contentOf(all))
      for (const id of idsOf(theirs)) assert.ok(!shown.includes(id), `${message} shows ${id}`)
      for (const name of inputs.idFiltersOf(route.url)) {
        const known = await stranger.get(`${withNeeded(route.url)}&${name}=${filterId(name, theirs)}`)
        const unknown = await stranger.get(`${withNeeded(route.url)}&${name}=${NO_ID}`)
        assert.equal(known.status, 200, `${message} by ${name}`)
        assert.deepEqual(await contentOf(known), await contentOf(unknown), `${message} by ${name}`)
      }
    }
  }
})

test('an id of another office inside a command is refused as one that does not exist, and stores nothing', async () => {
  for (const { role, path, ifMatch, bodies } of references(mine, theirs)) {
    const person = house.as(role, { office: mine.office, ...claimsOf(mine) })
    const options = ifMatch === undefined ? {} : { ifMatch }
    const heads = await house.heads()
    const known = await person.post(path, bodies.theirs, options)
    const unknown = await person.post(path, bodies.nobodys, options)
    const message = `${path} ${JSON.stringify(bodies.theirs)} → ${JSON.stringify(known.body)}`
    assert.ok(known.status === 404 || known.status === 422, message)
    // The refusal may repeat what was asked for, and tell no more than that.
    const repeated = JSON.stringify(said(known)).replaceAll(bodies.theirId, bodies.noId)
    assert.deepEqual(JSON.parse(repeated), said(unknown), message)
    assert.deepEqual(await house.heads(), heads, message)
  }
})

/** Within the office: role → what it reaches elsewhere, and the routes on which a thing is the whole office's. */
const wholeOffice: Readonly<Record<string, string>> = {
  'GET /api/inspections/checklists/:id': 'checklists are for everybody who visits or is visited',
  'GET /api/inspections/files/:hash': 'a file is known by its content: whoever can name its hash has been shown it',
  'GET /api/rectification/files/:hash': 'a file is known by its content: whoever can name its hash has been shown it',
  'GET /api/office/files/:hash': 'a file is known by its content: whoever can name its hash has been shown it',
}

test('within the office a zone’s head, a school, a supervisor and a body find nothing outside their own', async () => {
  const heads = await house.heads()
  const elsewhere: PersonClaims = {
    zone: theirs.otherZoneId,
    school: theirs.otherSchoolId,
    supervisor: theirs.otherSupervisorId,
    body: '区卫生健康委',
  }
  const exceptions = new Set<string>()
  let asked = 0
  for (const route of routes.filter(({ url }) => url.includes(':'))) {
    for (const role of everyRole) {
      const reach = reachOf(role, route)
      if (reach === undefined || reach === 'office') continue
      const name = `${route.method} ${route.url}`
      if (wholeOffice[name] !== undefined) {
        exceptions.add(name)
        continue
      }
      await assertNothingThere(house.as(role, { office: theirs.office, ...elsewhere }), route)
      asked += 1
    }
  }
  assert.ok(asked > 15, `only ${asked} questions`)
  assert.deepEqual([...exceptions].sort(), Object.keys(wholeOffice).sort(), 'an exception that is none any more')
  assert.deepEqual(await house.heads(), heads)
})

/** Lists that are the whole office's for everybody who may read them. */
const wholeOfficeLists: Readonly<Record<string, string>> = {
  '/api/supervisor-registry/relations/schools': 'a tie may lead to any school of the office; it tells names alone',
}

test('within the office no list shows a zone’s head, a school, a supervisor or a body what is outside their own', async () => {
  const elsewhere: PersonClaims = {
    zone: theirs.otherZoneId,
    school: theirs.otherSchoolId,
    supervisor: theirs.otherSupervisorId,
    body: '区卫生健康委',
  }
  const hidden = [
    theirs.schoolId,
    theirs.supervisorId,
    theirs.zoneId,
    theirs.recordedVisitId,
    theirs.scheduledVisitId,
    theirs.proposedFindingId,
    theirs.selfCheckId,
    theirs.summaryId,
    theirs.bulletinId,
    theirs.problemId,
    theirs.decisionId,
    theirs.noticeId,
    theirs.planId,
    theirs.taskId,
  ]
  const lists = routes.filter(({ method, url }) => method === 'GET' && !url.includes(':'))
  for (const route of lists.filter(({ url }) => wholeOfficeLists[url] === undefined)) {
    for (const role of everyRole) {
      const reach = reachOf(role, route)
      if (reach === undefined || reach === 'office') continue
      const person = house.as(role, { office: theirs.office, ...elsewhere })
      const filters = ['', ...inputs.idFiltersOf(route.url).map((name) => `${name}=${filterId(name, theirs)}`)]
      for (const filter of filters) {
        const answer = await person.get(`${withNeeded(route.url)}&${filter}`)
        const message = `${role}: ${route.url} by ${filter || 'nothing'}`
        assert.equal(answer.status, 200, `${message} → ${JSON.stringify(answer.body)}`)
        for (const id of hidden) assert.ok(!JSON.stringify(answer.body).includes(id), `${message} shows ${id}`)
      }
    }
  }
})

/** Asks for the thing, then for one that does not exist: nothing may tell the answers apart. */
async function assertNothingThere(person: Person, route: WalkedRoute): Promise<void> {
  const parameters = parametersOf(route.url, theirs)
  const known = await ask(person, route, parameters)
  const unknown = await ask(person, route, nobodys(parameters))
  const message = `${person.claims.roles.join()}: ${route.method} ${route.url} → ${JSON.stringify(known.body)}`
  assert.equal(known.status, 404, message)
  assert.deepEqual(said(known), said(unknown), message)
  assert.deepEqual(known.headers, { ...unknown.headers, date: known.headers.date }, message)
}

async function ask(person: Person, route: WalkedRoute, parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const body = route.method === 'GET' ? undefined : inputs.bodyOf(route.method, route.url)
  return answerOf(
    await house.instance.app.inject({
      method: route.method as 'POST',
      url: fill(route.url, parameters),
      headers: {
        authorization: await person.authorization(),
        ...(route.method === 'GET' ? {} : { 'idempotency-key': 'the-same', 'if-match': '"v1"' }),
      },
      ...(body === undefined || body === null ? {} : { payload: body }),
    }),
  )
}

/** A problem without what differs from request to request. */
function said({ status, body }: Answer): unknown {
  const { traceId, ...rest } = body
  assert.ok(traceId, JSON.stringify(body))
  return { status, ...rest }
}

/** How far a role reaches on a route: the widest of what its permissions grant. */
function reachOf(role: Role, route: WalkedRoute): ScopeKind | undefined {
  const grants: Readonly<Record<string, ScopeKind>> = roles[role].grants
  const kinds = route.permissions.flatMap((permission) => grants[permission] ?? [])
  return kinds.includes('office') ? 'office' : kinds[0]
}

function claimsOf({ zoneId, schoolId, supervisorId }: OneOfEverything): PersonClaims {
  return { zone: zoneId, school: schoolId, supervisor: supervisorId, body: BODY }
}

function idsOf({ office: _, problemVersion: __, files, ...ids }: OneOfEverything): readonly string[] {
  return [...Object.values(ids), ...Object.values(files)]
}

/** Parameters a list cannot do without; ends so that more can be added. */
function withNeeded(url: string): string {
  if (/\/postings\/(gaps|coverage)$/.test(url)) return `${url}?from=2026-11-01&to=2026-11-30`
  if (url.endsWith('/differences')) return `${url}?day=2026-11-02`
  return url.endsWith('/activities/sheet') ? `${url}?year=2026` : `${url}?`
}

function filterId(name: string, things: OneOfEverything): string {
  const id = Object.entries(things).find(([key]) => key === name)?.[1]
  assert.ok(typeof id === 'string', `no thing for the filter ${name}`)
  return id
}
