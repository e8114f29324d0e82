/** How a picture is to be turned to stand upright: the orientation of Exif, 1 to 8; 1 when nothing is said. */
export function turnOf(content: Buffer, mediaType: string): number {
  try {
    const tiff = mediaType === 'image/png' ? exifOfPng(content) : exifOfJpeg(content)
    return tiff === undefined ? 1 : orientationIn(tiff)
  } catch (error) {
    // A directory that points outside itself says nothing.
    if (error instanceof RangeError) return 1
    throw error
  }
}

function exifOfJpeg(content: Buffer): Buffer | undefined {
  for (let at = 2; content.readUInt8(at) === 0xff; ) {
    const marker = content.readUInt8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xda) return undefined
    const end = at + 2 + content.readUInt16BE(at + 2)
    if (marker === 0xe1 && content.toString('latin1', at + 4, at + 10) === 'Exif\0\0')
      return content.subarray(at + 10, end)
    at = end
  }
  return undefined
}

function exifOfPng(content: Buffer): Buffer | undefined {
  for (let at = 8; at + 12 <= content.length; ) {
    const end = at + 12 + content.readUInt32BE(at)
    const type = content.toString('latin1', at + 4, at + 8)
    if (type === 'eXIf') return content.subarray(at + 8, end - 4)
    if (type === 'IEND') return undefined
    at = end
  }
  return undefined
}

const ORIENTATION = 0x0112

function orientationIn(tiff: Buffer): number {
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let n = 0; n < short(first); n += 1) {
    const entry = first + 2 + n * 12
    if (short(entry) !== ORIENTATION) continue
    const turn = short(entry + 8)
    return turn >= 1 && turn <= 8 ? turn : 1
  }
  return 1
}
