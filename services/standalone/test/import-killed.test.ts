import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { openLocalKey } from '@dulian/service-host'
import { ask, Workshop } from './instance-process.ts'

const registry = '/api/supervisor-registry'
const ROWS = 600
const workshop = new Workshop()
after(() => workshop.dispose())

test('[R1] killed in the middle of an import, the same file brings the rest: every school once, the first import not finished', async () => {
  const folder = workshop.folder()
  const settings = { DULIAN_DEMO: '0' }
  const first = workshop.start(folder, settings)
  let address = await first.ready()
  const key = await openLocalKey(folder)
  const token = await key.sign({ sub: 'tester', name: '示例经办人', office: 'yongchuan', roles: ['office-staff'] })
  const codes = Array.from({ length: ROWS }, (_, place) => String(3_150_000_000 + place))
  const lines = codes.map((code) => `${code},示例学校${code},学校,小学,公办`)
  const table = ['学校标识码,学校名称,办学类型,学段,办学性质', ...lines].join('\n')
  const file = { fileName: '学校.csv', content: Buffer.from(table).toString('base64') }

  const bring = async (idempotencyKey: string): Promise<string> => {
    const headers = { 'idempotency-key': idempotencyKey }
    const started = await ask(address, `${registry}/imports/schools`, { token, body: file, headers })
    assert.equal(started.status, 201, started.text)
    return started.body.id
  }
  const jobOf = async (id: string) => (await ask(address, `${registry}/imports/jobs/${id}`, { token })).body
  const over = async (id: string) => {
    let job = await jobOf(id)
    for (; job.state === 'running'; job = await jobOf(id)) await delay(250)
    return job
  }
  /** All of a list, once it knows of `position`. */
  const listed = async (path: string, position: string): Promise<Record<string, unknown>[]> => {
    const found: Record<string, unknown>[] = []
    for (let cursor = ''; ; ) {
      const asked = { token, headers: { 'min-position': position } }
      const { status, text, body } = await ask(address, `${registry}/${path}?limit=200${cursor}`, asked)
      // Views that are behind after so many rows say so, and are asked again.
      if (status === 503) {
        await delay(250)
        continue
      }
      assert.equal(status, 200, text)
      found.push(...body.items)
      if (body.nextCursor === undefined) return found
      cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`
    }
  }

  const lost = await bring('first')
  while ((await jobOf(lost)).done === 0) await delay(20)
  assert.deepEqual(await first.end('SIGKILL'), { code: null, signal: 'SIGKILL' })

  const second = workshop.start(folder, settings)
  address = await second.ready()
  assert.equal((await jobOf(lost)).state, 'interrupted')
  const again = await over(await bring('second'))
  assert.deepEqual([again.state, again.done, again.refused, again.changed], ['finished', ROWS, 0, 0])
  assert.ok(again.created > 0 && again.unchanged > 0, `killed in the middle: ${again.unchanged} of ${ROWS} were there`)
  const zone = await ask(address, `${registry}/zones`, {
    ...{ token, body: { name: '城区责任区' }, headers: { 'idempotency-key': 'last' } },
  })
  assert.equal(zone.status, 201, zone.text)
  const { position } = zone.body
  const schools = await listed('schools', position)
  assert.deepEqual(schools.map(({ code }) => code).toSorted(), codes)

  const imports = await listed('imports/jobs', position)
  assert.deepEqual(
    imports.map(({ importId, state, rows, startedBy }) => [importId, state, rows, startedBy]),
    [
      [again.importId, 'finished', ROWS, '示例经办人'],
      [lost, 'interrupted', ROWS, '示例经办人'],
    ],
  )
  assert.deepEqual([imports[1]?.counts, imports[1]?.endedAt], [null, null])
  await second.end()
})
