import { isPosition, type Position } from '@dulian/views'

const DIGITS = 19
const SEQUENCE_DIGITS = 16

/**
 * A position as text that sorts like the position: `123/45` → 19 digits, `/`, 19 digits. MongoDB compares texts byte by
 * byte, so the server itself can tell which of two is later. Throws a `TypeError` for what is no position.
 */
export function positionKey(position: Position): string {
  if (!isPosition(position)) throw new TypeError('not a position')
  return position
    .split('/')
    .map((digits) => digits.padStart(DIGITS, '0'))
    .join('/')
}

/**
 * What a document's version is kept as: its position, then the number of the commit that wrote it. The second part
 * lets a later commit replace what an earlier one wrote at the same position, and never the other way round, however
 * often and late an earlier one is repeated. `.` sorts before `/`, so that `5` stays before `5/1`.
 */
export function versionKey(position: string, sequence: number): string {
  return `${position}.${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`
}

/** The position in either of the two. */
export function toPosition(key: string): Position {
  const [position = ''] = key.split('.')
  return position
    .split('/')
    .map((digits) => digits.replace(/^0+(?=\d)/, ''))
    .join('/')
}
