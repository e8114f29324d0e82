let known = Number.NaN
let text = ''

/** Milliseconds since 1970 as ISO 8601 in UTC. Many commands share a millisecond, and the text costs more than to remember one. */
export function instantText(instant: number): string {
  if (instant !== known) {
    text = new Date(instant).toISOString()
    known = instant
  }
  return text
}
