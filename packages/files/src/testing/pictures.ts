import { crc32, deflateSync } from 'node:zlib'
import jpegJs from 'jpeg-js'

/** Latitude and longitude as they stand in the pictures: what a test looks for afterwards. */
export const PLACE = { latitude: Buffer.from([29, 0, 0, 0, 1, 0, 0, 0, 21, 0, 0, 0, 1, 0, 0, 0]), xmp: '29,21.3540N' }

export interface PictureOptions {
  readonly width?: number
  readonly height?: number
  /** With Exif (turned by 90°, taken at PLACE), XMP and IPTC. */
  readonly place?: boolean
}

/** The least that is a JPEG by its structure. */
export function jpeg({ width = 8, height = 8, place = false }: PictureOptions = {}): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(height, 1)
  frame.writeUInt16BE(width, 3)
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0', 'latin1')),
    ...(place ? metadata(6) : []),
    segment(0xc0, frame),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0x34, 0x56, 0xff, 0xd9]),
  ])
}

/** A JPEG that can be drawn, taken at PLACE: its upper left quarter is red, the rest is blue. `turn`: as Exif says it, 1 to 8. */
export function photograph({ width, height, turn }: { width: number; height: number; turn: number }): Buffer {
  const data = Buffer.alloc(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isRed = x < width / 2 && y < height / 2
      data.set(isRed ? [0xff, 0, 0, 0xff] : [0, 0, 0xff, 0xff], (y * width + x) * 4)
    }
  }
  const drawn = jpegJs.encode({ width, height, data }, 90).data
  return Buffer.concat([drawn.subarray(0, 2), ...metadata(turn), drawn.subarray(2)])
}

export function png({ width = 8, height = 8, place = false }: PictureOptions = {}): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(place ? [chunk('eXIf', tiff()), chunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp()}`))] : []),
    chunk('IDAT', deflateSync(Buffer.alloc(height * (width + 1)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export function webp({ width = 8, height = 8, place = false }: PictureOptions = {}): Buffer {
  const head = Buffer.alloc(10)
  head.writeUInt8(place ? 0x0c : 0, 0)
  head.writeUIntLE(width - 1, 4, 3)
  head.writeUIntLE(height - 1, 7, 3)
  const picture = Buffer.from([0x2f, 0, 0, 0, 0, 0, 0, 0])
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    part('VP8X', head),
    part('VP8L', picture),
    ...(place ? [part('EXIF', tiff()), part('XMP ', Buffer.from(xmp()))] : []),
  ])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length)
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), size, body])
}

function metadata(turn: number): Buffer[] {
  return [
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff(turn)])),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp()}`, 'latin1')),
    segment(0xed, Buffer.from('Photoshop 3.0\0City', 'latin1')),
  ]
}

/** A directory with the picture's turn and a pointer to a directory with the place. */
function tiff(turn = 6): Buffer {
  const head = Buffer.from('49492a0008000000', 'hex')
  const first = Buffer.alloc(2 + 2 * 12 + 4)
  first.writeUInt16LE(2, 0)
  entry(first, 2, 0x0112, 3, 1, turn)
  entry(first, 14, 0x8825, 4, 1, 38)
  const gps = Buffer.alloc(2 + 2 * 12 + 4)
  gps.writeUInt16LE(2, 0)
  entry(gps, 2, 1, 2, 2, 0x4e)
  entry(gps, 14, 2, 5, 3, 68)
  return Buffer.concat([head, first, gps, PLACE.latitude, Buffer.alloc(8, 7)])
}

function entry(into: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  into.writeUInt16LE(tag, at)
  into.writeUInt16LE(type, at + 2)
  into.writeUInt32LE(count, at + 4)
  into.writeUInt32LE(value, at + 8)
}

function xmp(): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>${PLACE.xmp}</exif:GPSLatitude></x:xmpmeta>`
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

function part(type: string, data: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1')
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
}
