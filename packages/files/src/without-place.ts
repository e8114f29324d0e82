/**
 * A photograph without where it was taken; everything else (when, how it is to be turned, the picture itself) stays as it is.
 * JPEG: the GPS part of Exif is blanked, XMP and IPTC, which may repeat it, are taken out. PNG and WebP: their metadata are taken out.
 * HEIC: blanked in place, since the file's own tables count bytes. Other files are handed back.
 */
export function withoutPlace(content: Buffer, mediaType: string): Buffer {
  switch (mediaType) {
    case 'image/jpeg':
      return blanked(withoutSegments(content))
    case 'image/png':
      return withoutChunks(content)
    case 'image/webp':
      return withoutRiffParts(content)
    case 'image/heic':
      return blanked(content)
    default:
      return content
  }
}

const EXIF = Buffer.from('Exif\0\0', 'latin1')
const XMP = 'http://ns.adobe.com/x'
const IPTC = 'Photoshop 3.0'
const GPS_POINTER = 0x88_25

/** Drops the segments of a JPEG before its picture that hold XMP or IPTC. */
function withoutSegments(content: Buffer): Buffer {
  const kept: Buffer[] = [content.subarray(0, 2)]
  for (let at = 2; at + 4 <= content.length; ) {
    const marker = content.readUInt8(at + 1)
    if (content.readUInt8(at) !== 0xff || marker === 0xff) return content
    const end = at + 2 + content.readUInt16BE(at + 2)
    if (marker === 0xda) {
      kept.push(content.subarray(at))
      return Buffer.concat(kept)
    }
    const head = content.toString('latin1', at + 4, Math.min(end, at + 40))
    const dropped = (marker === 0xe1 && head.startsWith(XMP)) || (marker === 0xed && head.startsWith(IPTC))
    if (!dropped) kept.push(content.subarray(at, end))
    at = end
  }
  return content
}

/** Blanks the place in every Exif block, also those of the smaller pictures a phone puts into the same file. */
function blanked(given: Buffer): Buffer {
  const content = Buffer.from(given)
  for (let at = content.indexOf(EXIF); at >= 0; at = content.indexOf(EXIF, at + EXIF.length)) {
    blankPlace(content.subarray(at + EXIF.length))
  }
  blankXmp(content)
  return content
}

/** XMP within a HEIC: its text is overwritten by as many spaces. */
function blankXmp(content: Buffer): void {
  for (let from = content.indexOf('<x:xmpmeta'); from >= 0; from = content.indexOf('<x:xmpmeta', from + 1)) {
    const end = content.indexOf('</x:xmpmeta>', from)
    if (end < 0) return
    if (content.toString('latin1', from, end).includes('GPS')) content.fill(0x20, from, end + '</x:xmpmeta>'.length)
  }
}

/** Bytes of one value, by its TIFF type. */
const sizes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
}

/** Overwrites the GPS directory of a TIFF block and what it points to with zeros; a block that makes no sense is left. */
function blankPlace(tiff: Buffer): void {
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return
  const little = order === 'II'
  const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const long = (at: number): number => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  try {
    if (short(2) !== 42) return
    const first = long(4)
    for (let n = 0; n < short(first); n += 1) {
      const entry = first + 2 + n * 12
      if (short(entry) !== GPS_POINTER) continue
      const gps = long(entry + 8)
      const count = short(gps)
      for (let tag = 0; tag < count; tag += 1) {
        const at = gps + 2 + tag * 12
        const bytes = (sizes[short(at + 2)] ?? 1) * long(at + 4)
        if (bytes > 4) blank(tiff, long(at + 8), bytes)
      }
      blank(tiff, gps, 2 + count * 12)
      // The directory stays, empty; the pointer to it says nothing.
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
}

/** Never more than there is: a false count must not blank the picture. */
function blank(tiff: Buffer, at: number, bytes: number): void {
  if (at < 8 || bytes > 65_536) return
  tiff.fill(0, at, Math.min(at + bytes, tiff.length))
}

const textChunks = new Set(['eXIf', 'tEXt', 'iTXt', 'zTXt'])

function withoutChunks(content: Buffer): Buffer {
  const kept: Buffer[] = [content.subarray(0, 8)]
  for (let at = 8; at + 12 <= content.length; ) {
    const end = at + 12 + content.readUInt32BE(at)
    const type = content.toString('latin1', at + 4, at + 8)
    if (!textChunks.has(type)) kept.push(content.subarray(at, end))
    if (type === 'IEND') break
    at = end
  }
  return Buffer.concat(kept)
}

/** Flags of VP8X that say that the parts are there. */
const EXIF_FLAG = 0x08
const XMP_FLAG = 0x04

function withoutRiffParts(content: Buffer): Buffer {
  const kept: Buffer[] = []
  for (let at = 12; at + 8 <= content.length; ) {
    const type = content.toString('latin1', at, at + 4)
    const size = content.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    if (type !== 'EXIF' && type !== 'XMP ') kept.push(content.subarray(at, end))
    at = end
  }
  const body = Buffer.concat(kept)
  if (body.length > 8 && body.toString('latin1', 0, 4) === 'VP8X')
    body.writeUInt8(body.readUInt8(8) & ~(EXIF_FLAG | XMP_FLAG), 8)
  const head = Buffer.from(content.subarray(0, 12))
  head.writeUInt32LE(4 + body.length, 4)
  return Buffer.concat([head, body])
}
