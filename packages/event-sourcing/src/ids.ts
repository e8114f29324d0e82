import { hash, randomBytes } from 'node:crypto'

/** The namespace 64756c69-616e-2d6e-616d-657370616365: its bytes are text, so that it is hashed as one text with the name. */
const NAMESPACE = 'dulian-namespace'

/** A UUID that follows from a name (UUIDv5): the same parts give the same id, so a repeated command repeats its ids. */
export function deterministicId(...parts: readonly string[]): string {
  // Twice per command: put together in a loop it costs a fifth less than by joining the list.
  let name = NAMESPACE
  for (let index = 0; index < parts.length; index += 1) name += index === 0 ? parts[index] : `\u0000${parts[index]}`
  return format(hash('sha1', name, 'hex'), '5')
}

/** A new UUIDv7: sorts by the time it was made. */
export function newId(now: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  return format(bytes.toString('hex'), '7')
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
}

/** The first 32 hexadecimal digits with version and variant put in. */
function format(hex: string, version: '5' | '7'): string {
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
