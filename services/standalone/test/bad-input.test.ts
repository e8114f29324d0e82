import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Role, roles } from '@dulian/contracts'
import { newId } from '@dulian/event-sourcing'
import { type BadInput, badInputCases } from '@dulian/http-kit/testing'
import { BODY, END, makeOneOfEverything, type OneOfEverything } from './one-of-everything.ts'
import { fill, parametersOf } from './route-ids.ts'
import { routeInputs } from './route-inputs.ts'
import { type Answer, answerOf, type Person, TestInstance } from './test-instance.ts'

let house: TestInstance
let things: OneOfEverything
/** Holds every role, so that nothing but the input itself can be refused. */
let everybody: Person

before(async () => {
  house = await TestInstance.open({ now: END })
  things = await makeOneOfEverything(house)
  everybody = house.as(Object.keys(roles) as Role[], {
    zone: things.zoneId,
    school: things.schoolId,
    supervisor: things.supervisorId,
    body: BODY,
  })
})
after(() => house.dispose())

test('bad input on every route is refused in Chinese with a code, or taken for what it may be; it is never an accident', async (t) => {
  const { document } = await routeInputs(house.instance.app)
  const headers = { authorization: await everybody.authorization() }
  const wrong: string[] = []
  let cases = 0
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    // A stream of events answers for ever; what it refuses is what every route refuses.
    if (item === undefined || path.endsWith('/stream')) continue
    const parameters = parametersOf(path, things)
    const seen = new SeenVersion(path, parameters)
    for (const bad of badInputCases({ ...document, paths: { [path]: item } }, { headers, parameters })) {
      cases += 1
      const fault = faultOf(await seen.send(bad), bad.mustRefuse)
      if (fault !== undefined) wrong.push(`${bad.name} → ${fault}`)
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(cases > 3_000, `only ${cases} cases`)
  t.diagnostic(`${cases} cases`)
})

test('what was taken in on the way can be followed up by every view, policy and publisher', async () => {
  await house.settle()
  for (const { definition } of house.instance.host.services) {
    const { body } = await everybody.get(`/api/${definition.name}/system/status`)
    assert.deepEqual(body.deadLetters, [])
    for (const { name, parked } of body.subscriptions) assert.deepEqual(parked, [], `${definition.name}/${name}`)
  }
})

/** The version of the thing that a path is about, kept up to date, so that commands get past If-Match to the domain. */
class SeenVersion {
  readonly #thing: string | undefined
  #version: number | undefined

  constructor(path: string, parameters: Readonly<Record<string, string>>) {
    const thing = /^.*?\/\{id\}/.exec(path)?.[0]
    this.#thing = thing === undefined || path.includes('/system/') ? undefined : fill(thing, parameters)
  }

  async send({ method, url, headers, payload }: BadInput): Promise<Answer> {
    const version = headers['if-match'] === '"v1"' ? await this.#current() : undefined
    const isFirst = headers['idempotency-key'] === 'bad-input-test'
    const answer = answerOf(
      await house.instance.app.inject({
        method: method as 'POST',
        url,
        headers: {
          ...headers,
          ...(version === undefined ? {} : { 'if-match': `"v${version}"` }),
          ...(isFirst ? { 'idempotency-key': newId(Date.now()) } : {}),
        },
        ...(payload === undefined ? {} : { payload: withRealIds(payload) }),
      }),
    )
    if (answer.status < 300 || answer.status === 412) this.#version = undefined
    return answer
  }

  async #current(): Promise<number | undefined> {
    if (this.#thing === undefined) return undefined
    this.#version ??= await versionOf(this.#thing)
    return this.#version
  }
}

/** The examples' made-up ids become those of things that are there, by the name of their member. */
function withRealIds(payload: string | Buffer): string | Buffer {
  if (typeof payload !== 'string') return payload
  return payload.replace(/"(\w+Id)":"[0-]+5000-8000-0+"/g, (found, name: string) => {
    const id = Object.entries(things).find(([key]) => key === name)?.[1]
    return typeof id === 'string' ? `"${name}":"${id}"` : found
  })
}

async function versionOf(thing: string): Promise<number> {
  await house.settle()
  // A zone is read in the list only.
  const list = /^(.*\/zones)\/(.+)$/.exec(thing)
  if (list === null) return (await everybody.get(thing)).body.version
  const zones = (await everybody.get(list[1] ?? '')).body.items as { zoneId: string; version: number }[]
  return zones.find(({ zoneId }) => zoneId === list[2])?.version ?? 1
}

/** What is wrong with an answer to bad input; `undefined` when nothing is. */
function faultOf({ status, headers, body }: Answer, mustRefuse: boolean): string | undefined {
  if (status < 400) return mustRefuse ? `accepted with ${status}` : undefined
  const said = `${status} ${JSON.stringify(body).slice(0, 300)}`
  if (status >= 500) return said
  if (!String(headers['content-type']).startsWith('application/problem+json')) return `no problem: ${said}`
  if (body.status !== status || !/^[A-Z][A-Z_]+$/.test(body.code)) return `no code: ${said}`
  if (!/[\u4e00-\u9fff]/.test(body.detail) || !/[\u4e00-\u9fff]/.test(body.title)) return `not Chinese: ${said}`
  return typeof body.traceId === 'string' && body.traceId !== '' ? undefined : `no traceId: ${said}`
}
