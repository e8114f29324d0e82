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
    accounts: await register('accounts', { issuer: 'https://login.example', subject: 'u-1', name: '示例某人' }),
  }
  await host.settle()
  return { host, ids }
}

test('odd input on any route is refused as a problem, never an accident', async (t) => {
  const { host, ids } = await withRegistered(t)
  const tried = await tryOddInput({
    host,
    service,
    identity: { subject: 'all', roles: ['office-head', 'door'] },
    parametersOf: (path) => ({ id: Object.entries(ids).find(([kind]) => path.startsWith(`/${kind}`))?.[1] ?? '' }),
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
