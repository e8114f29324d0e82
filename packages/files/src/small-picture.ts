import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { turnOf } from './exif-turn.ts'
import { MOST_PIXELS, photoShape } from './photo-shape.ts'

/** Pixels of a small picture on its longer side. */
export const SMALL_SIDE = 480
const QUALITY = 80

/** Four bytes for each pixel: red, green, blue, opacity. */
interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/**
 * A JPEG of at most 480 pixels on its longer side, upright and with nothing but the picture in it: no Exif, no place.
 * `undefined` when it is small already, has more pixels than may be drawn, or is damaged. Takes seconds for a large
 * photograph: never called on a thread that serves people.
 */
export function smallPicture(content: Buffer, mediaType: string): Buffer | undefined {
  const shape = photoShape(content, mediaType)
  if (typeof shape === 'string') return undefined
  const longer = Math.max(shape.width, shape.height)
  if (longer <= SMALL_SIDE || shape.width * shape.height > MOST_PIXELS) return undefined
  const whole = drawn(content, mediaType)
  if (whole === undefined) return undefined
  const small = upright(scaled(whole, SMALL_SIDE / Math.max(whole.width, whole.height)), turnOf(content, mediaType))
  return jpeg.encode(small, QUALITY).data
}

/** The libraries throw whatever comes up when a picture is not as it should be. */
function drawn(content: Buffer, mediaType: string): Picture | undefined {
  try {
    if (mediaType === 'image/png') return PNG.sync.read(content)
    // A damaged picture is better seen whole, as far as each browser gets, than small and grey.
    return jpeg.decode(content, { useTArray: true, tolerantDecoding: false, maxResolutionInMP: MOST_PIXELS / 1e6 })
  } catch {
    return undefined
  }
}

/** Each pixel is the mean of those it stands for, before white paper where the picture is clear. */
function scaled(from: Picture, factor: number): Picture {
  const width = Math.max(1, Math.round(from.width * factor))
  const height = Math.max(1, Math.round(from.height * factor))
  const data = new Uint8Array(width * height * 4).fill(0xff)
  for (let y = 0; y < height; y += 1) {
    const top = Math.floor((y * from.height) / height)
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * from.height) / height))
    for (let x = 0; x < width; x += 1) {
      const left = Math.floor((x * from.width) / width)
      const right = Math.max(left + 1, Math.floor(((x + 1) * from.width) / width))
      mean(from, { top, bottom, left, right }, data, (y * width + x) * 4)
    }
  }
  return { width, height, data }
}

interface Box {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

function mean({ data, width }: Picture, { top, bottom, left, right }: Box, into: Uint8Array, at: number): void {
  let red = 0
  let green = 0
  let blue = 0
  for (let y = top; y < bottom; y += 1) {
    for (let from = (y * width + left) * 4; from < (y * width + right) * 4; from += 4) {
      const opacity = (data[from + 3] ?? 0xff) / 0xff
      const paper = 0xff * (1 - opacity)
      red += (data[from] ?? 0) * opacity + paper
      green += (data[from + 1] ?? 0) * opacity + paper
      blue += (data[from + 2] ?? 0) * opacity + paper
    }
  }
  const pixels = (bottom - top) * (right - left)
  into[at] = red / pixels
  into[at + 1] = green / pixels
  into[at + 2] = blue / pixels
}

/** Turned and mirrored as Exif says; from 5 on, width and height change places. */
function upright(from: Picture, turn: number): Picture {
  if (turn === 1) return from
  const width = turn >= 5 ? from.height : from.width
  const height = turn >= 5 ? from.width : from.height
  const data = new Uint8Array(from.data.length)
  const right = from.width - 1
  const bottom = from.height - 1
  const sourceOf = (x: number, y: number): readonly [x: number, y: number] => {
    switch (turn) {
      case 2:
        return [right - x, y]
      case 3:
        return [right - x, bottom - y]
      case 4:
        return [x, bottom - y]
      case 5:
        return [y, x]
      case 6:
        return [y, bottom - x]
      case 7:
        return [right - y, bottom - x]
      default:
        return [right - y, x]
    }
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = sourceOf(x, y)
      const at = (fromY * from.width + fromX) * 4
      data.set(from.data.subarray(at, at + 4), (y * width + x) * 4)
    }
  }
  return { width, height, data }
}
