/** What a photograph's own structure says, without drawing it. */
export interface PhotoShape {
  readonly width: number
  readonly height: number
}

/** Pixels of a photograph at most; whoever draws it needs four bytes for each. */
export const MOST_PIXELS = 60_000_000

/** Reads a JPEG, PNG or WebP from its first to its last part; a string says what is wrong with it. */
export function photoShape(content: Buffer, mediaType: string): PhotoShape | string {
  try {
    if (mediaType === 'image/jpeg') return jpegShape(content)
    if (mediaType === 'image/png') return pngShape(content)
    if (mediaType === 'image/webp') return webpShape(content)
  } catch (error) {
    if (error instanceof RangeError) return '内容在中途断开'
    throw error
  }
  return { width: 0, height: 0 }
}

/** Frames: baseline, extended, progressive, lossless and their arithmetic kin; not the tables C4, C8 and CC. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function jpegShape(content: Buffer): PhotoShape | string {
  let shape: PhotoShape | undefined
  for (let at = 2; ; ) {
    if (content.readUInt8(at) !== 0xff) return '分段标记有误'
    const marker = content.readUInt8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = content.readUInt16BE(at + 2)
    if (length < 2) return '分段长度有误'
    if (isFrame(marker)) shape = { height: content.readUInt16BE(at + 5), width: content.readUInt16BE(at + 7) }
    at += 2 + length
    if (marker !== 0xda) continue
    // The picture itself follows; phones put more behind its end.
    if (shape === undefined || shape.width === 0 || shape.height === 0) return '没有画面尺寸'
    const end = content.lastIndexOf(Buffer.from([0xff, 0xd9]))
    return end < at ? '内容在中途断开' : shape
  }
}

function pngShape(content: Buffer): PhotoShape | string {
  let shape: PhotoShape | undefined
  let data = false
  for (let at = 8; ; ) {
    const length = content.readUInt32BE(at)
    const type = content.toString('latin1', at + 4, at + 8)
    if (type === 'IHDR') shape = { width: content.readUInt32BE(at + 8), height: content.readUInt32BE(at + 12) }
    if (type === 'IDAT') data = true
    at += 12 + length
    if (at > content.length) return '内容在中途断开'
    if (type !== 'IEND') continue
    return shape === undefined || !data || shape.width === 0 || shape.height === 0 ? '没有画面' : shape
  }
}

function webpShape(content: Buffer): PhotoShape | string {
  if (content.readUInt32LE(4) + 8 > content.length) return '内容在中途断开'
  const type = content.toString('latin1', 12, 16)
  if (type === 'VP8X') return { width: 1 + content.readUIntLE(24, 3), height: 1 + content.readUIntLE(27, 3) }
  if (type === 'VP8L') {
    const bits = content.readUInt32LE(21)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) }
  }
  if (type !== 'VP8 ') return '没有画面'
  return { width: content.readUInt16LE(26) & 0x3fff, height: content.readUInt16LE(28) & 0x3fff }
}
