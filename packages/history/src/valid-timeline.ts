import type { Document } from '@dulian/views'
import { ALWAYS, type Change } from './history-document.ts'
import { isSame, patched } from './patch.ts'

export interface ValidState {
  readonly from: string
  /** First day on which it no longer holds. */
  readonly to: string
  readonly document: Document | null
}

/**
 * How a thing was from a day on. On each day count the changes that hold by then, in the order in which they were
 * recorded: what became known later overrules what was known before, from its day on. Behind the last day this is
 * therefore always the thing as the live view shows it.
 */
export function validTimeline(changes: readonly Change[], from: string): ValidState[] {
  const days = [from, ...new Set(changes.map(({ validFrom }) => validFrom).filter((day) => day > from))].sort()
  const states: ValidState[] = []
  for (const [place, day] of days.entries()) {
    const document = stateOn(changes, day)
    const to = days[place + 1] ?? ALWAYS
    const last = states.at(-1)
    if (last !== undefined && isSame(last.document, document)) states[states.length - 1] = { ...last, to }
    else states.push({ from: day, to, document })
  }
  return states
}

function stateOn(changes: readonly Change[], day: string): Document | null {
  let document: Document | null = null
  for (const { validFrom, patch } of changes) if (validFrom <= day) document = patched(document, patch)
  return document
}
