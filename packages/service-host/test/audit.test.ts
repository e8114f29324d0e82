import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { verifyAudit } from '@dulian/audit'
import { testAuthorization, testIdentity } from '@dulian/http-kit/testing'
import { openEvents } from '../src/index.ts'
import { startTestHost, type TestHost } from '../src/testing/index.ts'
import { access as bells, tower } from './bell-services.ts'

const access = {
  permissions: { ...bells.permissions, 'audit.read': '查看审计记录', 'data.export': '导出数据' },
  roles: {
    ...bells.roles,
    clerk: { title: '文员', grants: { 'data.export': 'office', 'bell.ring': 'office' } },
    auditor: { title: '审计员', grants: { 'audit.read': 'office' } },
  },
} as const
const systemPermissions = {
  read: 'system.read',
  operate: 'system.operate',
  audit: { read: 'audit.read', export: 'data.export' },
}
const auditor = { roles: ['auditor'], subject: 'auditor' }
const clerk = { roles: ['clerk'], subject: 'clerk', name: '示例文员' }
const taken = { list: 'bells', title: '敲钟台账', rows: 12, columns: ['次数'], filters: '已敲' }

describe('the audit trail of a host', () => {
  let host: TestHost
  before(async () => {
    host = await startTestHost({ services: [tower], access, systemPermissions })
  })
  after(() => host.dispose())

  const entries = async (search = '', office = 'yongchuan') => {
    await host.settle()
    const { status, body } = await host.as({ ...auditor, office }).get(`/api/audit/entries${search}`)
    assert.equal(status, 200)
    return body
  }

  test('an export is on record before it is answered, and the answer is the watermark of its file', async () => {
    const answer = await host.as(clerk).post('/api/audit/exports', taken, { key: 'one-export' })
    assert.equal(answer.status, 200)
    assert.match(answer.body.watermark, /^导出人：示例文员　导出时间：2026年3月2日 09:00　审计编号：1-[0-9a-f]{8}$/)
    const again = await host.as(clerk).post('/api/audit/exports', taken, { key: 'one-export' })
    assert.deepEqual(again.body, answer.body)
    const { items, retention } = await entries('?action=data-exported')
    assert.equal(items.length, 1)
    const [entry] = items
    assert.deepEqual(
      [entry.name, entry.object, entry.objectName, entry.details.rows, entry.outcome, entry.title],
      ['示例文员', 'bells', '敲钟台账', 12, 'done', '导出数据'],
    )
    assert.ok(answer.body.watermark.endsWith(`${entry.sequence}-${entry.hash.slice(0, 8)}`))
    assert.equal(retention.months, 6)
    assert.match(retention.source, /网络安全法/)
  })

  test('who may not export gets no watermark, and the attempt is on record; who may not read the trail does not', async () => {
    const refused = await host.as({ roles: ['ringer'], subject: 'ringer' }).post('/api/audit/exports', taken)
    assert.equal(refused.status, 403)
    assert.equal((await host.as(clerk).get('/api/audit/entries')).status, 403)
    const { items } = await entries('?action=access-refused&actor=ringer')
    assert.deepEqual(
      items.map((entry: { object: string; details: object }) => [entry.object, entry.details]),
      [
        [
          '/api/audit/exports',
          { method: 'POST', route: '/api/audit/exports', status: 403, code: 'PERMISSION_MISSING' },
        ],
      ],
    )
  })

  test('asking for another office’s thing is on record with the office that asked, and nowhere else', async () => {
    const made = await host.as({ roles: ['ringer'] }).post('/api/tower/bells', { times: 1, note: '上课' })
    const stranger = host.as({ roles: ['ringer'], office: 'qijiang', subject: 'stranger' })
    const path = `/api/tower/bells/${made.body.id}/ring`
    assert.equal((await stranger.post(path, { times: 1, note: 'x' }, { ifMatch: 1 })).status, 404)
    const theirs = (await entries('', 'qijiang')).items
    assert.deepEqual(
      theirs.map((entry: { subject: string; object: string }) => [entry.subject, entry.object]),
      [['stranger', path]],
    )
    assert.equal((await entries('?actor=stranger')).items.length, 0)
  })

  test('a query string, which may hold a name, is not kept with a refusal', async () => {
    await host.as({ roles: [], subject: 'nobody' }).get('/api/tower/bells?name=示例')
    const { items } = await entries('?actor=nobody')
    assert.equal(items[0].object, '/api/tower/bells')
    assert.ok(!JSON.stringify(items).includes('示例'))
  })

  test('a sign-in is on record once for a token, whoever hands tokens out', async () => {
    const authorization = testAuthorization(testIdentity({ ...clerk, subject: 'signing-in' }))
    const tell = () => host.app.inject({ method: 'POST', url: '/api/audit/sign-ins', headers: { authorization } })
    assert.deepEqual([(await tell()).statusCode, (await tell()).statusCode], [204, 204])
    const { items } = await entries('?action=signed-in')
    assert.deepEqual(
      items.map(({ subject, name }: { subject: string; name: string }) => [subject, name]),
      [['signing-in', '示例文员']],
    )
    assert.equal((await host.app.inject({ method: 'POST', url: '/api/audit/sign-ins' })).statusCode, 401)
  })

  test('what an operator does to a view is on record', async () => {
    await host.as({ roles: ['operator'], subject: 'operator' }).post('/api/tower/system/views/rings/rebuild')
    const { items } = await entries('?action=operated')
    assert.deepEqual([items[0].object, items[0].objectName], ['tower/views/rings', '钟楼：重建视图 rings'])
  })

  test('odd filters and cursors are refused in words', async () => {
    const asked = host.as(auditor)
    for (const [search, status] of [
      ['?cursor=x', 400],
      ['?cursor=0', 400],
      ['?action=flying', 400],
      ['?from=2026-02-30', 400],
      ['?limit=0', 400],
    ] as const)
      assert.equal((await asked.get(`/api/audit/entries${search}`)).status, status, search)
    const odd = await host.as(clerk).post('/api/audit/exports', { ...taken, rows: -1 })
    assert.equal(odd.status, 400)
  })

  test('the chain that all of this left is whole', async () => {
    await host.settle()
    const engines = { dataFolder: host.folder, events: 'sqlite', bus: 'sqlite', views: 'sqlite' }
    const store = await openEvents(engines, 'audit', host.clock, true)
    const { intact, chains } = await verifyAudit(store)
    await store.close()
    assert.ok(intact)
    assert.deepEqual(chains.map(({ office }) => office).sort(), ['qijiang', 'yongchuan'])
  })
})
