import { createHash, randomBytes } from 'node:crypto'

const NAMESPACE = Buffer.from('5f1d3c1a9b0e4a57a1f2d0c54b7e6a90', 'hex')

/** A UUID that follows from a name (UUIDv5): the same parts give the same id, so a repeated command repeats its ids. */
export function deterministicId(...parts: readonly string[]): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(parts.join('\u0000')).digest().subarray(0, 16)
  return format(bytes, 5)
}

/** A new UUIDv7: sorts by the time it was made. */
export function newId(now: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  return format(bytes, 7)
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
}

function format(bytes: Buffer, version: 5 | 7): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4)
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
