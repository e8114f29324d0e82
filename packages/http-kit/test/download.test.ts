import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@dulian/event-sourcing'
import { z } from 'zod'
import { buildHttpApp, download } from '../src/index.ts'
import { testAuthorization, testIdentity, testVerifier } from '../src/testing/index.ts'
import { access, keeper } from './lamp-service.ts'

test('a file that a route makes comes whole under its Chinese name and into no cache; without the right it is refused', async (t) => {
  const app = await buildHttpApp({
    name: 'labels',
    title: '标签',
    verifier: testVerifier(),
    access,
    clock: fakeClock('2026-11-22T00:00:00Z'),
    limits: { perMinute: false },
  })
  t.after(() => app.close())
  download(app, {
    url: '/labels/:room',
    permission: 'lamp.read',
    summary: '下载标签',
    params: z.object({ room: z.string().max(5) }),
    mediaType: 'application/zip',
    handle: async ({ params }) => ({ name: `${params.room}(1).zip`, bytes: new Uint8Array([1, 2, 3]).subarray(1) }),
  })
  const get = (url: string, identity = keeper) =>
    app.inject({ url, headers: { authorization: testAuthorization(identity) } })
  const file = await get(`/labels/${encodeURIComponent('教室')}`)
  assert.equal(file.statusCode, 200)
  assert.deepEqual([...file.rawPayload], [2, 3])
  assert.equal(file.headers['content-type'], 'application/zip')
  assert.equal(file.headers['cache-control'], 'private, no-store')
  assert.equal(
    file.headers['content-disposition'],
    `attachment; filename*=UTF-8''${encodeURIComponent('教室')}%281%29.zip`,
  )
  assert.equal((await get('/labels/123456')).statusCode, 400)
  const guest = testIdentity({ subject: 'guest', roles: ['guest'] })
  assert.equal((await get('/labels/1', guest)).json().code, 'PERMISSION_MISSING')
})
