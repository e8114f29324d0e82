import { hash, randomBytes } from 'node:crypto'

const NAMESPACE = Buffer.from('5f1d3c1a9b0e4a57a1f2d0c54b7e6a90', 'hex')

/** Names are put together here behind the namespace; it is used within one call only. */
const scratch = Buffer.alloc(4_096)
NAMESPACE.copy(scratch)
const LONGEST_IN_SCRATCH = Math.floor((scratch.length - NAMESPACE.length) / 3)

/** A UUID that follows from a name (UUIDv5): the same parts give the same id, so a repeated command repeats its ids. */
export function deterministicId(...parts: readonly string[]): string {
  const name = parts.join('\u0000')
  return format(hash('sha1', name.length <= LONGEST_IN_SCRATCH ? inScratch(name) : inBuffer(name), 'hex'), '5')
}

function inScratch(name: string): Uint8Array {
  return scratch.subarray(0, NAMESPACE.length + scratch.write(name, NAMESPACE.length, 'utf8'))
}

function inBuffer(name: string): Uint8Array {
  return Buffer.concat([NAMESPACE, Buffer.from(name, 'utf8')])
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
