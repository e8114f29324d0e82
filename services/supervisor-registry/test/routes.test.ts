import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { askAsStranger, askWithoutRole, ok, startTestHost, tryOddInput } from '@dulian/service-host/testing'
import { registryService } from '../src/service.ts'
import { person } from './registry-story.ts'

const service = 'supervisor-registry'
const api = `/api/${service}`

async function withRegistered(t: TestContext) {
  const host = await startTestHost({ services: [registryService], access: { permissions, roles } })
  t.after(() => host.dispose())
  const head = host.as({ subject: 'head', roles: ['office-head'] })
  const register = async (path: string, body: object): Promise<string> =>
    ok(await head.post(`${api}/${path}`, body), 201).body.id
  const school = { code: '3150000001', name: '示例第一小学', kind: 'school', stage: 'primary', ownership: 'public' }
  const ids = {
    zones: await register('zones', { name: '城区责任区' }),
    schools: await register('schools', school),
    supervisors: await register('supervisors', person),
    talents: await register('talents', {
      ...{ name: '示例后备', homeUnit: '示例第一小学', field: '小学教育', aim: 'school-supervisor' },
      ...{ recommendedBy: '示例责任区', plan: '跟岗一学期', on: '2026-01-01' },
    }),
    accounts: await register('accounts', { issuer: 'https://login.example', subject: 'u-1', name: '示例某人' }),
  }
  const told = { kind: 'other', schoolId: ids.schools, description: '与该校有经济往来' }
  const { factId } = ok(await head.post(`${api}/supervisors/${ids.supervisors}/relations`, told)).body
  const seated = ok(await head.post(`${api}/committee/bodies`, { names: ['示例区财政局'], from: '2021-09-01' }))
  const term = { termFrom: '2025-09-01', decidedBy: '示例委员会', decidedOn: '2025-08-20' }
  ok(await head.post(`${api}/supervisors/${ids.supervisors}/appoint`, term, { ifMatch: 1 }))
  const further = { factId, bodyId: seated.body.bodyIds[0], activityId: factId, termFrom: term.termFrom }
  await host.settle()
  return { host, ids, further }
}

test('odd input on any route is refused as a problem, never an accident', async (t) => {
  const { host, ids, further } = await withRegistered(t)
  const tried = await tryOddInput({
    host,
    service,
    identity: { subject: 'all', roles: ['office-head', 'door'] },
    parametersOf: (path) => ({
      ...further,
      id: Object.entries(ids).find(([kind]) => path.startsWith(`/${kind}`))?.[1] ?? '',
    }),
  })
  assert.ok(tried > 1_000, String(tried))
})

test('no answer to another office tells a school or supervisor that exists from one that does not', async (t) => {
  const { host, ids } = await withRegistered(t)
  const stranger = host.as({ subject: 'stranger', office: 'qijiang', roles: ['office-head', 'door'] })
  assert.ok((await askAsStranger({ host, service, stranger, ids: Object.values(ids) })) >= 2)
})

test('every route asks for a permission', async (t) => {
  await askWithoutRole({ ...(await withRegistered(t)), service })
})
