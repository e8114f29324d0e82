/**
 * A JPEG drawn anew, with the Exif of the photograph it was drawn from: where and when it was taken. The drawing is upright, so
 * the orientation becomes 1. Without Exif, or with one that makes no sense, the drawing stays as it is.
 */
export function withExifOf(original: Uint8Array, drawn: Uint8Array): Uint8Array<ArrayBuffer> {
  try {
    const exif = exifIn(original)
    if (exif !== undefined) return joined(drawn.subarray(0, 2), exif, drawn.subarray(2))
  } catch {
    // Counts that point outside the file.
  }
  return joined(drawn)
}

/** The segment, marker included. */
function exifIn(jpeg: Uint8Array): Uint8Array | undefined {
  const bytes = viewOf(jpeg)
  for (let at = 2; bytes.getUint16(at) !== 0xffda; at += 2 + bytes.getUint16(at + 2)) {
    if (bytes.getUint8(at) !== 0xff) return undefined
    // “Exif” and two zeros
    if (bytes.getUint16(at) !== 0xffe1 || bytes.getUint32(at + 4) !== 0x45786966) continue
    const segment = jpeg.slice(at, at + 2 + bytes.getUint16(at + 2))
    setUpright(viewOf(segment.subarray(10)))
    return segment
  }
  return undefined
}

function setUpright(tiff: DataView): void {
  const little = tiff.getUint16(0) === 0x4949
  const first = tiff.getUint32(4, little)
  for (let n = tiff.getUint16(first, little); n > 0; n -= 1) {
    const entry = first + n * 12 - 10
    if (tiff.getUint16(entry, little) === 0x0112) tiff.setUint16(entry + 8, 1, little)
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
