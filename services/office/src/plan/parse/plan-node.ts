import type { NamedBody } from './body-names.ts'
import type { Family } from './markers.ts'
import type { ParsedItem } from './parsed-plan.ts'

/** An item in the making; `start` ≤ `markerEnd` ≤ `end` are dense positions, `end` being where the next node starts. */
export type PlanNode = {
  start: number
  markerEnd: number
  end: number
  level: number
  family: Family | 'divider'
  headingEnd?: number
  atLineStart: boolean
  /** Bodies its own text names, and those that close it from a descendant's text. */
  named: NamedBody[]
  /** Whether a statement ends its own text, and whether that stands on a line of its own. */
  closingStatement?: 'own-line' | 'in-line'
  item: ParsedItem
  children: PlanNode[]
}
