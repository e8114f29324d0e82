import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillIn } from './fill-in.ts'

const photo = { hash: 'a'.repeat(64), name: '照片.jpg', mediaType: 'image/jpeg', size: 3, service: 'inspections' }

test('[I8] the pictures of an item stand in its answer, the signature beside its name', () => {
  const body = {
    answers: [
      { code: 'A01', evidence: { photosOf: 'A01' } },
      { code: 'A02', evidence: { photosOf: 'A02' } },
    ],
    signatures: { school: { name: '示例校长', image: { photoOf: 'signature-school' } } },
  }
  const filled = fillIn(
    body,
    new Map([
      ['A02', [photo, photo]],
      ['signature-school', [photo]],
    ]),
  )
  assert.deepEqual(filled, {
    answers: [
      { code: 'A01', evidence: [] },
      { code: 'A02', evidence: [photo, photo] },
    ],
    signatures: { school: { name: '示例校长', image: photo } },
  })
})

test('a signature that was never drawn is sent as none', () => {
  assert.deepEqual(fillIn({ image: { photoOf: 'signature-school' } }, new Map()), { image: null })
})
