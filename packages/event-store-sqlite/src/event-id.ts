const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const DIGITS = Buffer.from('0123456789abcdef')
const [DASH, QUOTE, COMMA] = Buffer.from('-",') as Iterable<number> as [number, number, number]
/** `"` + 36 characters + `",` */
const QUOTED = 39

/** A lower-case UUID as the 16 bytes that are stored. Throws `RangeError` for anything else. */
export function eventIdToBytes(id: string): Buffer {
  if (!UUID.test(id)) throw new RangeError(`an event id must be a lower-case UUID, found: ${id.slice(0, 60)}`)
  return Buffer.from(id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24), 'hex')
}

/**
 * Stored ids, 16 bytes each, as UUIDs. Written as one JSON text and parsed: far cheaper than joining pieces one by one,
 * and every id is a string of its own that keeps nothing else alive.
 */
export function eventIdsFromBytes(bytes: Uint8Array): readonly string[] {
  const count = bytes.byteLength / 16
  if (count === 0) return []
  const json = Buffer.allocUnsafe(count * QUOTED)
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
