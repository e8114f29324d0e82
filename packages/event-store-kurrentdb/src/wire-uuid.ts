import type { UUID } from '@eventstore/db-client/generated/shared_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'

export function toWireUuid(id: string): UUID {
  return new shared.UUID().setString(id)
}

/** Lower case, from either form: the server answers with two integers what it was asked with text. */
export function fromWireUuid(uuid: UUID | undefined): string {
  const structured = uuid?.getStructured()
  if (structured === undefined) return uuid?.getString().toLowerCase() ?? ''
  const halves = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
  const hex = halves.map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
