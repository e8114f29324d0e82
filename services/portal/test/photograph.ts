import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 160
const HEIGHT = 120

/** A drawn corridor with a door, other bytes for each `shade` (0–255): what a test uploads as a photograph. */
export function photograph(shade: number): Buffer {
  const wall = [214, 222, 226 - shade / 8]
  const floor = [146, 142, 134 + shade / 8]
  const door = [96 + shade / 4, 110, 128]
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3))
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const isDoor = x > 96 && x < 132 && y > 26 && y < 84
      rows.set(isDoor ? door : y < 84 ? wall : floor, y * (1 + WIDTH * 3) + 1 + x * 3)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
