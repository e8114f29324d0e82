import type { ParsedItem, ParsedPlan } from './parsed-plan.ts'
import { residueSpans, withoutBlanks } from './residue.ts'

/** The document as its parts give it back: preamble, items with their children in place, trailing. */
export function reconstruct(plan: ParsedPlan): string {
  const parts: string[] = [plan.preamble]
  const add = (item: ParsedItem) => {
    parts.push(item.marker + (item.heading ?? '') + item.text)
    for (const child of item.children) add(child)
  }
  for (const item of plan.items) add(item)
  parts.push(plan.trailing)
  return parts.join('\n')
}

function withoutResidue(source: string): string {
  let kept = ''
  let from = 0
  for (const span of residueSpans(source)) {
    kept += source.slice(from, span.from)
    from = span.to
  }
  return kept + source.slice(from)
}

/**
 * What the plan does not give back of its source, in order, white space and residue aside: '' when the round trip
 * holds. When the plan says something the source does not, the answer is "+" and that.
 */
export function lostCharacters(source: string, plan: ParsedPlan): string {
  const wanted = withoutBlanks(withoutResidue(source))
  const given = withoutBlanks(reconstruct(plan))
  if (wanted === given) return ''
  let at = 0
  while (at < wanted.length && wanted.charCodeAt(at) === given.charCodeAt(at)) at++
  let end = 0
  const most = Math.min(wanted.length, given.length) - at
  while (end < most && wanted.charCodeAt(wanted.length - 1 - end) === given.charCodeAt(given.length - 1 - end)) end++
  const lost = wanted.slice(at, wanted.length - end)
  return lost === '' ? `+${given.slice(at, given.length - end)}` : lost
}
