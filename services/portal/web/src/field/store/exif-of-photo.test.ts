import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withExifOf } from './exif-of-photo.ts'

const drawn = Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9])

/** Orientation 6 and a pointer to a directory of the place, in either order of bytes. */
function photograph(little: boolean): Buffer {
  const tiff = Buffer.alloc(60)
  const short = (value: number, at: number) => (little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at))
  const long = (value: number, at: number) => (little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at))
  tiff.write(little ? 'II' : 'MM', 0, 'latin1')
  short(42, 2)
  long(8, 4)
  short(2, 8)
  short(0x0112, 10)
  short(3, 12)
  long(1, 14)
  short(6, 18)
  short(0x8825, 22)
  short(4, 24)
  long(1, 26)
  long(38, 30)
  tiff.write('29N21', 40, 'latin1')
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2])
  const jfif = Buffer.from([0xff, 0xe0, 0, 4, 0, 0])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), jfif, head, body, Buffer.from(drawn.subarray(2))])
}

for (const little of [true, false]) {
  test(`the drawn photograph keeps where it was taken, and is not turned a second time (${little ? 'II' : 'MM'})`, () => {
    const given = photograph(little)
    const kept = Buffer.from(withExifOf(given, drawn))
    assert.ok(kept.includes('29N21'))
    assert.deepEqual(kept.subarray(0, 2), Buffer.from([0xff, 0xd8]))
    assert.deepEqual(kept.subarray(kept.length - 9), Buffer.from(drawn.subarray(2)))
    const orientation = 2 + 10 + 18
    assert.equal(little ? kept.readUInt16LE(orientation) : kept.readUInt16BE(orientation), 1)
    assert.ok(given.includes('29N21') && !given.equals(kept))
  })
}

test('a photograph without Exif, or with one that makes no sense, stays as it was drawn', () => {
  const broken = photograph(true).subarray(0, 40)
  const lost = photograph(true)
  lost.writeUInt32LE(5_000_000, 2 + 6 + 10 + 4)
  for (const given of [drawn, broken, lost, Uint8Array.from([0xff, 0xd8]), Uint8Array.from([1, 2, 3, 4, 5, 6])])
    assert.deepEqual(withExifOf(given, drawn), drawn)
})
