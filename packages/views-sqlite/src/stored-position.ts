import type { Position } from '@dulian/views'

const SAFE_DIGITS = 15

/** A position as two integer columns; −1 stands for "no second part". */
export function toColumns(position: Position): [major: number | bigint, minor: number | bigint] {
  const slash = position.indexOf('/')
  if (slash < 0) return [toInteger(position), -1]
  return [toInteger(position.slice(0, slash)), toInteger(position.slice(slash + 1))]
}

/** The SQL that turns the columns `major` and `minor` back; as text, since JavaScript's numbers end at 2^53. */
export const POSITION_TEXT = `CASE WHEN minor < 0 THEN CAST(major AS TEXT) ELSE major || '/' || minor END`

function toInteger(digits: string): number | bigint {
  return digits.length <= SAFE_DIGITS ? Number(digits) : BigInt(digits)
}
