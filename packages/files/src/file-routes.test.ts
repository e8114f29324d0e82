import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { fakeClock } from '@dulian/event-sourcing'
import type { Identity } from '@dulian/http-kit'
import { buildHttpApp } from '@dulian/http-kit'
import { testAuthorization, testIdentity, testVerifier } from '@dulian/http-kit/testing'
import type { FastifyInstance } from 'fastify'
import { fileRoutes } from './file-routes.ts'
import type { StoredFile } from './file-store.ts'
import { openFolderFileStore } from './folder-file-store.ts'
import { PLACE, photograph, webp } from './testing/pictures.ts'

const access = {
  permissions: { 'thing.read': '查看', 'thing.write': '填写', 'thing.check': '核查' },
  roles: {
    writer: { title: '填写人', grants: { 'thing.read': 'office', 'thing.write': 'office' } },
    checker: { title: '核查人', grants: { 'thing.check': 'office' } },
    reader: { title: '查看人', grants: { 'thing.read': 'office' } },
  },
} as const

const writer = testIdentity({ roles: ['writer'] })
const TEXT = '教室门锁已更换，请查验。\n'

async function appWithFiles(t: TestContext, largest?: number): Promise<FastifyInstance> {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-file-routes-'))
  const app = await buildHttpApp({
    name: 'files',
    title: '文件',
    verifier: testVerifier(),
    access,
    clock: fakeClock('2026-11-22T00:00:00Z'),
  })
  await app.register(
    (inner) =>
      openFolderFileStore({ folder }).then((files) =>
        fileRoutes(inner, {
          files,
          permissionToRead: 'thing.read',
          permissionToWrite: ['thing.write', 'thing.check'],
          ...(largest === undefined ? {} : { largest }),
        }),
      ),
    { prefix: '/api/things' },
  )
  t.after(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })
  return app
}

function upload(app: FastifyInstance, identity: Identity, content: Uint8Array | string, name = '说明.txt', query = '') {
  const boundary = 'boundary-of-the-test'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`
  return app.inject({
    method: 'POST',
    url: `/api/things/files${query}`,
    headers: {
      authorization: testAuthorization(identity),
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  })
}

function download(app: FastifyInstance, identity: Identity, hash: string, headers: Record<string, string> = {}) {
  return app.inject({
    url: `/api/things/files/${hash}`,
    headers: { authorization: testAuthorization(identity), ...headers },
  })
}

test('an uploaded file comes back whole, with its own type and name and nothing it could run', async (t) => {
  const app = await appWithFiles(t)
  const uploaded = await upload(app, writer, TEXT)
  assert.equal(uploaded.statusCode, 201, uploaded.body)
  const stored: StoredFile = uploaded.json()
  assert.deepEqual(
    { ...stored, hash: '' },
    { hash: '', size: Buffer.byteLength(TEXT), mediaType: 'text/plain; charset=utf-8', name: '说明.txt' },
  )

  const file = await download(app, writer, stored.hash)
  assert.equal(file.statusCode, 200)
  assert.equal(file.body, TEXT)
  assert.equal(file.headers['content-type'], 'text/plain; charset=utf-8')
  assert.equal(file.headers['x-content-type-options'], 'nosniff')
  assert.equal(file.headers['content-disposition'], `inline; filename*=UTF-8''${encodeURIComponent('说明.txt')}`)
  assert.match(String(file.headers['content-security-policy']), /^sandbox/)
  assert.match(String(file.headers['cache-control']), /immutable/)

  const again = await download(app, writer, stored.hash, { 'if-none-match': String(file.headers.etag) })
  assert.equal(again.statusCode, 304)
  assert.equal(again.body, '')
})

test('a file of another office is answered exactly like one that never was', async (t) => {
  const app = await appWithFiles(t)
  const { hash } = (await upload(app, writer, TEXT)).json()
  const foreign = await download(app, { ...writer, office: 'qijiang' }, hash)
  const absent = await download(app, writer, '0'.repeat(64))
  assert.equal(foreign.statusCode, 404)
  const sayings = [foreign, absent].map((answer): Record<string, unknown> => answer.json())
  assert.deepEqual({ ...sayings[0], traceId: '' }, { ...sayings[1], traceId: '' })
})

test('reading and writing ask for their permissions, writing for any of its two', async (t) => {
  const app = await appWithFiles(t)
  const checker = testIdentity({ subject: 'checker', roles: ['checker'] })
  const reader = testIdentity({ subject: 'reader', roles: ['reader'] })
  const uploaded = await upload(app, checker, TEXT)
  assert.equal(uploaded.statusCode, 201)
  const refused = await upload(app, reader, TEXT)
  assert.equal(refused.statusCode, 403)
  assert.match(refused.json().detail, /填写”或“核查.*填写人、核查人/)
  assert.equal((await download(app, checker, uploaded.json().hash)).statusCode, 403)
  assert.equal((await app.inject({ url: `/api/things/files/${uploaded.json().hash}` })).statusCode, 401)
})

test('too large, empty, disguised, missing and malformed uploads are refused in words', async (t) => {
  const app = await appWithFiles(t, 1_048_576)
  const outcome = async (work: Promise<{ statusCode: number; json: () => { code: string } }>): Promise<string> => {
    const response = await work
    return `${response.statusCode} ${response.json().code}`
  }
  assert.equal(await outcome(upload(app, writer, Buffer.alloc(1_048_577, 0x61))), '413 FILE_TOO_LARGE')
  assert.equal(await outcome(upload(app, writer, Buffer.alloc(3_000_000, 0x61))), '413 FILE_TOO_LARGE')
  assert.equal(await outcome(upload(app, writer, '')), '422 FILE_EMPTY')
  assert.equal(await outcome(upload(app, writer, Buffer.from([0, 1, 2, 3]))), '422 FILE_TYPE_NOT_ALLOWED')
  const raw = (type: string, payload: string) =>
    app.inject({
      method: 'POST',
      url: '/api/things/files',
      headers: { authorization: testAuthorization(writer), 'content-type': type },
      payload,
    })
  assert.equal(await outcome(raw('multipart/form-data; boundary=b', '--b--\r\n')), '422 FILE_MISSING')
  assert.equal(
    await outcome(
      raw(
        'multipart/form-data; boundary=b',
        '--b\r\ncontent-disposition: form-data; name="note"\r\n\r\nx\r\n--b--\r\n',
      ),
    ),
    '422 FILE_MISSING',
  )
  for (const [type, payload] of [
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=b', 'garbage'],
    ['application/json', '{"file":1}'],
    ['text/plain', 'x'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf',
    ],
  ] as const) {
    const response = await raw(type, payload)
    assert.ok(
      response.statusCode >= 400 && response.statusCode < 500,
      `${type} ${payload}: ${response.statusCode} ${response.body}`,
    )
    assert.equal(response.headers['content-type'], 'application/problem+json; charset=utf-8')
  }
  for (const hash of ['x', '..%2f..%2fetc', '%00', 'A'.repeat(64)]) {
    const response = await download(app, writer, hash)
    assert.ok([400, 404].includes(response.statusCode), `${hash}: ${response.statusCode}`)
  }
})

test('a photograph asked for small comes as a small JPEG without its place, even where the place is kept', async (t) => {
  const app = await appWithFiles(t)
  const given = photograph({ width: 1000, height: 500, turn: 6 })
  const { hash } = (await upload(app, writer, given, '围墙.jpg', '?place=keep')).json()
  const whole = await download(app, writer, hash)
  assert.deepEqual(whole.rawPayload, given)
  const small = await download(app, writer, `${hash}?size=small`)
  assert.equal(small.statusCode, 200, small.body)
  assert.equal(small.headers['content-type'], 'image/jpeg')
  assert.equal(small.headers.etag, `"${hash}-small"`)
  assert.match(String(small.headers['cache-control']), /private.*immutable/)
  assert.match(String(small.headers['content-security-policy']), /^sandbox/)
  assert.equal(Number(small.headers['content-length']), small.rawPayload.length)
  assert.ok(small.rawPayload.length < given.length)
  assert.ok(!small.rawPayload.includes(PLACE.latitude) && !small.rawPayload.includes('Exif'))

  const again = await download(app, writer, `${hash}?size=small`, { 'if-none-match': `"${hash}-small"` })
  assert.deepEqual([again.statusCode, again.body], [304, ''])
  const other = await download(app, writer, `${hash}?size=small`, { 'if-none-match': `"${hash}"` })
  assert.equal(other.statusCode, 200, 'who has the whole one has not the small one')
})

test('whatever has no small picture is served whole under its own tag', async (t) => {
  const app = await appWithFiles(t)
  for (const [content, name] of [
    [Buffer.from(TEXT), 'a.txt'],
    [webp({ width: 900, height: 900 }), 'a.webp'],
    [photograph({ width: 300, height: 300, turn: 1 }), 'a.jpg'],
  ] as const) {
    const { hash } = (await upload(app, writer, content, name)).json()
    const whole = await download(app, writer, hash)
    const small = await download(app, writer, `${hash}?size=small`)
    assert.equal(small.statusCode, 200, name)
    assert.deepEqual(small.rawPayload, whole.rawPayload, name)
    assert.equal(small.headers['content-type'], whole.headers['content-type'])
    assert.equal(small.headers.etag, `"${hash}"`)
    const again = await download(app, writer, `${hash}?size=small`, { 'if-none-match': `"${hash}"` })
    assert.equal(again.statusCode, 304)
  }
})

test('a small picture is shown to nobody who may not see the whole: no permission 403, another office 404, also by its tag', async (t) => {
  const app = await appWithFiles(t)
  const { hash } = (await upload(app, writer, photograph({ width: 900, height: 600, turn: 1 }), 'a.jpg')).json()
  assert.equal((await download(app, writer, `${hash}?size=small`)).statusCode, 200)
  const tag = { 'if-none-match': `"${hash}-small"` }
  const checker = testIdentity({ subject: 'checker', roles: ['checker'] })
  assert.equal((await download(app, checker, `${hash}?size=small`, tag)).statusCode, 403)
  assert.equal((await download(app, { ...writer, office: 'qijiang' }, `${hash}?size=small`, tag)).statusCode, 404)
  assert.equal((await app.inject({ url: `/api/things/files/${hash}?size=small` })).statusCode, 401)
  const odd = await download(app, writer, `${hash}?size=huge`)
  assert.ok(odd.statusCode >= 400 && odd.statusCode < 500, String(odd.statusCode))
})
