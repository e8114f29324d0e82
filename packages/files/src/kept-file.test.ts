import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import type { StoredFile } from './file-store.ts'
import { keptFile } from './kept-file.ts'

const stored: StoredFile = { hash: 'a'.repeat(64), size: 1024, mediaType: 'image/jpeg', name: '第一次上传.jpg' }
const files = {
  find: async (office: string, hash: string) => (office === 'yongchuan' && hash === stored.hash ? stored : undefined),
}
const owner = { office: 'yongchuan', service: 'inspections' }
const given = {
  hash: stored.hash,
  name: '../../消防<通道>.jpg',
  service: 'inspections',
  size: 1,
  mediaType: 'text/html',
}
const isRefused = (error: unknown) => isDomainError(error, 'FILE_NOT_UPLOADED') && error.pointer === '/evidence/0'

test('size and media type are those of the store, the name is the one it is handed in under', async () => {
  assert.deepEqual(await keptFile(files, owner, given, '/evidence/0'), {
    hash: stored.hash,
    size: 1024,
    mediaType: 'image/jpeg',
    name: '消防通道.jpg',
    service: 'inspections',
  })
})

test('a file that is not there, is another office’s, or is kept by another service is refused where it is named', async () => {
  const nowhere = { ...given, hash: 'b'.repeat(64) }
  await assert.rejects(keptFile(files, owner, nowhere, '/evidence/0'), isRefused)
  await assert.rejects(keptFile(files, { ...owner, office: 'qijiang' }, given, '/evidence/0'), isRefused)
  await assert.rejects(keptFile(files, owner, { ...given, service: 'rectification' }, '/evidence/0'), isRefused)
})
