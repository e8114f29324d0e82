import { BusError } from '@dulian/bus'

/**
 * Class and code of an error of the client library, of the one that caused it where the outer one only says “gave up”.
 * Never its text.
 */
export function kafkaErrorLabel(error: unknown): string {
  const { name, code } = innermost(error)
  return code === undefined ? name : `${name} ${code}`
}

/** A client error in the port's words. */
export function toBusError(error: unknown, details: Readonly<Record<string, unknown>>): BusError {
  if (error instanceof BusError) return error
  const code = isTooLarge(error) ? 'MESSAGE_TOO_LARGE' : 'BUS_UNAVAILABLE'
  return new BusError(code, { ...details, error: kafkaErrorLabel(error) }, { cause: error })
}

/** Trying the same again cannot help. */
export function isHopeless(error: unknown): boolean {
  if (isTooLarge(error) || error instanceof BusError) return true
  return HOPELESS.has(innermost(error).code ?? '')
}

/** A topic was created or moved a moment ago, and not every broker knows yet. */
export function isNotYetKnown(error: unknown): boolean {
  return NOT_YET_KNOWN.has(innermost(error).code ?? '')
}

/**
 * kafkajs drops whatever a broker answered to a question about topics, also that it does not know one yet, and then reads
 * from the answer that is not there.
 */
export function isDroppedAnswer(error: unknown): boolean {
  return error instanceof TypeError
}

const NOT_YET_KNOWN = new Set(['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE', 'UNKNOWN_TOPIC_OR_PARTITION'])

const HOPELESS = new Set([
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'INVALID_REPLICATION_FACTOR',
  'INVALID_PARTITIONS',
  'INVALID_CONFIG',
  'POLICY_VIOLATION',
])

function isTooLarge(error: unknown): boolean {
  const { code } = innermost(error)
  return code === 'MESSAGE_TOO_LARGE' || code === 'RECORD_LIST_TOO_LARGE'
}

function innermost(error: unknown): { readonly name: string; readonly code: string | undefined } {
  let inner = error
  for (let depth = 0; depth < 8 && inner instanceof Error; depth += 1) {
    const [first] = 'errors' in inner && Array.isArray(inner.errors) ? (inner.errors as unknown[]) : []
    const next = first ?? inner.cause
    if (!(next instanceof Error)) break
    inner = next
  }
  if (!(inner instanceof Error)) return { name: 'UNKNOWN', code: undefined }
  const type = 'type' in inner ? inner.type : undefined
  const code = 'code' in inner ? inner.code : undefined
  const named = typeof type === 'string' ? type : typeof code === 'string' ? code : undefined
  return { name: inner.name, code: named }
}
