import { crc32, deflateSync } from 'node:zlib'

type Colour = readonly [number, number, number]

const things: readonly Colour[] = [
  [176, 108, 52],
  [82, 122, 160],
  [120, 140, 92],
  [168, 84, 78],
]

const WIDTH = 320
const HEIGHT = 240

/** There is no need for more, and each costs some milliseconds. */
const DIFFERENT = 48
const drawn = new Map<number, Buffer>()

/** A drawn stand-in for a photograph: a corridor in flat colours, different from seed to seed. The demo shows nobody and no real place. */
export function demoPicture(seed: number): Buffer {
  const number = seed % DIFFERENT
  const picture = drawn.get(number) ?? draw(number)
  drawn.set(number, picture)
  return picture
}

function draw(seed: number): Buffer {
  const wall: Colour = [214 - (seed % 5) * 8, 222, 230 - (seed % 7) * 6]
  const floor: Colour = [150, 146 + (seed % 4) * 10, 138]
  const thing = things[seed % things.length] ?? floor
  const left = 40 + (seed % 6) * 24
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3))
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      let colour = y < 150 ? wall : floor
      if (x > 236 && x < 286 && y > 52 && y < 150) colour = [92, 84, 74]
      if (x > left && x < left + 92 && y > 112 && y < 186)
        colour = (x - left) % 31 < 3 || (y - 112) % 37 < 3 ? [60, 52, 44] : thing
      rows.set(colour, y * (1 + WIDTH * 3) + 1 + x * 3)
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
