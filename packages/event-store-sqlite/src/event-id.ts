const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A lower-case UUID as the 16 bytes that are stored. Throws `RangeError` for anything else. */
export function eventIdToBytes(id: string): Buffer {
  if (!UUID.test(id)) throw new RangeError(`an event id must be a lower-case UUID, found: ${id.slice(0, 60)}`)
  return Buffer.from(id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24), 'hex')
}

/** The stored 16 bytes as a lower-case UUID. */
export function eventIdFromBytes(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < 16; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-'
    text += HEX[bytes[index] ?? 0]
  }
  return text
}
