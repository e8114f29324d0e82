import type { Body, PlanDate, PlanQuantity } from '../../api/types.ts'

export type MarkKind = 'body' | 'date' | 'quantity'
export interface Segment {
  readonly text: string
  readonly kind?: MarkKind
}

interface Recognised {
  readonly bodies: readonly Body[]
  readonly dates: readonly PlanDate[]
  readonly quantities: readonly PlanQuantity[]
}

/** Cuts a printed text into pieces, so that what was recognised stands out where it was printed. */
export function highlight(text: string, found: Recognised): Segment[] {
  const marks: { from: number; to: number; kind: MarkKind }[] = []
  const taken = (from: number, to: number): boolean => marks.some((mark) => from < mark.to && to > mark.from)
  const mark = (needle: string, kind: MarkKind): void => {
    if (needle === '') return
    for (let from = text.indexOf(needle); from >= 0; from = text.indexOf(needle, from + 1)) {
      const to = from + needle.length
      if (taken(from, to)) continue
      marks.push({ from, to, kind })
      // A body may be named again and again; a date or number is marked where it was found first.
      if (kind !== 'body') return
    }
  }
  for (const date of found.dates) mark(date.text, 'date')
  for (const quantity of found.quantities) mark(quantity.text, 'quantity')
  for (const body of [...found.bodies].sort((one, other) => other.name.length - one.name.length))
    mark(body.name, 'body')
  marks.sort((one, other) => one.from - other.from)

  const segments: Segment[] = []
  let at = 0
  for (const { from, to, kind } of marks) {
    if (from > at) segments.push({ text: text.slice(at, from) })
    segments.push({ text: text.slice(from, to), kind })
    at = to
  }
  if (at < text.length) segments.push({ text: text.slice(at) })
  return segments
}
