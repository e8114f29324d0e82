/**
 * A place in a source's total order: decimal digits, optionally followed by `/` and more digits where an engine
 * needs two (commit and prepare of KurrentDB). Carried as text because engines count in 64-bit integers.
 */
export type Position = string

/** Before everything: the position of a subscription that has seen nothing. */
export const START: Position = '0'

/** Negative when `a` is before `b`, positive when after, zero when they are the same place. */
export function comparePositions(a: Position, b: Position): number {
  if (a === b) return 0
  const [aMain = '', aMinor = ''] = a.split('/')
  const [bMain = '', bMinor = ''] = b.split('/')
  return compareDigits(aMain, bMain) || compareDigits(aMinor, bMinor)
}

export function isPosition(text: string): text is Position {
  return /^\d{1,19}(\/\d{1,19})?$/.test(text)
}

function compareDigits(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}
