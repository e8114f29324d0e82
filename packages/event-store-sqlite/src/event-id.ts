const DIGITS = Buffer.from('0123456789abcdef')
const [DASH, QUOTE, COMMA] = Buffer.from('-",') as Iterable<number> as [number, number, number]
const NO_DIGIT = 255
const VALUES = new Uint8Array(256).fill(NO_DIGIT)
for (const [value, digit] of DIGITS.entries()) VALUES[digit] = value
/** Where the two digits of each byte begin. */
const PLACES = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34)
const DASHES = [8, 13, 18, 23] as const
/** `"` + 36 characters + `",` */
const QUOTED = 39
const scratch = Buffer.alloc(1_000 * QUOTED)

/** A lower-case UUID as the 16 bytes that are stored. Throws `RangeError` for anything else. */
export function eventIdToBytes(id: string): Uint8Array {
  const bytes = Buffer.allocUnsafe(16)
  let valid = id.length === 36
  for (const dash of DASHES) valid &&= id.charCodeAt(dash) === DASH
  for (let index = 0; index < 16 && valid; index += 1) {
    const place = PLACES[index] as number
    const high = digitAt(id, place)
    const low = digitAt(id, place + 1)
    valid = high !== NO_DIGIT && low !== NO_DIGIT
    bytes[index] = (high << 4) | low
  }
  if (!valid) throw new RangeError(`an event id must be a lower-case UUID, found: ${id.slice(0, 60)}`)
  return bytes
}

function digitAt(text: string, place: number): number {
  return VALUES[text.charCodeAt(place)] ?? NO_DIGIT
}

/**
 * Stored ids, 16 bytes each, as UUIDs. Written as one JSON text and parsed: far cheaper than joining pieces one by one,
 * and every id is a string of its own that keeps nothing else alive.
 */
export function eventIdsFromBytes(bytes: Uint8Array): readonly string[] {
  const count = bytes.byteLength / 16
  if (count === 0) return []
  const json = count * QUOTED <= scratch.length ? scratch : Buffer.allocUnsafe(count * QUOTED)
  let to = 0
  for (let from = 0; from < bytes.byteLength; from += 1) {
    const byte = bytes[from] as number
    const place = from & 15
    if (place === 0) json[to++] = QUOTE
    else if (place === 4 || place === 6 || place === 8 || place === 10) json[to++] = DASH
    json[to++] = DIGITS[byte >> 4] as number
    json[to++] = DIGITS[byte & 15] as number
    if (place === 15) {
      json[to++] = QUOTE
      json[to++] = COMMA
    }
  }
  return JSON.parse(`[${json.toString('latin1', 0, to - 1)}]`) as string[]
}
