import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolderFileStore } from './folder-file-store.ts'
import { photoShape } from './photo-shape.ts'
import { jpeg, PLACE, png, webp } from './testing/pictures.ts'
import { withoutPlace } from './without-place.ts'

const pictures = [
  ['image/jpeg', jpeg({ place: true }), jpeg()],
  ['image/png', png({ place: true }), png()],
  ['image/webp', webp({ place: true }), webp()],
] as const

for (const [mediaType, withPlace, plain] of pictures) {
  test(`${mediaType}: where a photograph was taken is gone, the photograph is whole`, () => {
    assert.ok(withPlace.includes(PLACE.latitude) && withPlace.includes(PLACE.xmp), 'the test has a place to take out')
    const kept = withoutPlace(withPlace, mediaType)
    assert.ok(!kept.includes(PLACE.latitude))
    assert.ok(!kept.includes(PLACE.xmp))
    assert.deepEqual(photoShape(kept, mediaType), { width: 8, height: 8 })
    assert.deepEqual(withoutPlace(kept, mediaType), kept, 'once is enough')
    assert.deepEqual(withoutPlace(plain, mediaType), plain, 'a photograph without a place stays as it is')
  })
}

test('a photograph from a phone still says how it is to be turned', () => {
  const kept = withoutPlace(jpeg({ place: true }), 'image/jpeg')
  const exif = kept.indexOf('Exif\0\0')
  assert.ok(exif > 0)
  assert.equal(kept.readUInt16LE(exif + 6 + 8 + 2 + 8), 6)
})

test('the place within a HEIC is blanked without moving a byte', () => {
  const given = Buffer.concat([Buffer.from('....ftypheic', 'latin1'), jpeg({ place: true })])
  const kept = withoutPlace(given, 'image/heic')
  assert.equal(kept.length, given.length)
  assert.ok(!kept.includes(PLACE.latitude) && !kept.includes(PLACE.xmp))
})

test('metadata that make no sense harm nothing', () => {
  for (let at = 0; at < 400; at += 1) {
    const broken = Buffer.from(jpeg({ place: true }))
    if (at < broken.length) broken.writeUInt8(broken.readUInt8(at) ^ 0xff, at)
    withoutPlace(broken, 'image/jpeg')
    withoutPlace(broken.subarray(0, at), 'image/jpeg')
    withoutPlace(png({ place: true }).subarray(0, Math.max(8, at)), 'image/png')
    withoutPlace(webp({ place: true }).subarray(0, Math.max(12, at)), 'image/webp')
  }
})

test('kept is what has no place, under its own hash; with consent the photograph stays as it came', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-place-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const store = await openFolderFileStore({ folder })
  const given = jpeg({ place: true })
  const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex')
  const stripped = await store.put('yongchuan', given, { name: '现场.jpg' })
  assert.equal(stripped.hash, hashOf(withoutPlace(given, 'image/jpeg')))
  const kept = await store.put('yongchuan', given, { name: '现场.jpg', keepPlace: true })
  assert.equal(kept.hash, hashOf(given))
  assert.notEqual(kept.hash, stripped.hash)
})
