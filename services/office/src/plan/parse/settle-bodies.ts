import { resolveBodies } from './body-names.ts'
import { isSentenceFamily } from './markers.ts'
import type { ParsedBody, ParsedItem } from './parsed-plan.ts'
import type { PlanNode } from './plan-node.ts'

/**
 * Gives every statement of responsible bodies to the item it closes, and an item without its own the union of its
 * children's.
 *
 * "（三）…一是…；二是…。（责任单位：甲、乙）" prints the statement behind the last sentence, whose text keeps it; but it
 * closes （三）. So a statement that ends the last child's text, in a sentence's list or on a line of its own, while no
 * sibling has one, is the parent's.
 * In "（一）… 1．…（责任单位：甲） 2．…（责任单位：乙）" every child keeps its own, and （一） shows both in order, the first
 * child's lead leading: so every article shows its bodies and every task has a lead.
 */
export function settleBodies(node: PlanNode): void {
  for (const child of node.children) settleBodies(child)
  liftClosingStatement(node)
  if (node.named.length > 0) node.item.bodies = resolveBodies(node.named)
  else if (node.children.length > 0) node.item.bodies = union(node.item.children)
}

function liftClosingStatement(parent: PlanNode): void {
  const last = parent.children.at(-1)
  if (last === undefined || last.closingStatement === undefined || parent.named.length > 0) return
  const alone =
    parent.children.length > 1 && parent.children.slice(0, -1).every((child) => child.item.bodies.length === 0)
  const inSentence = !last.atLineStart || (last.family !== 'divider' && isSentenceFamily(last.family))
  const closesParent = inSentence || last.closingStatement === 'own-line'
  if (!closesParent || !(alone || parent.children.length === 1)) return
  parent.named = last.named
  parent.closingStatement = last.closingStatement
  last.named = []
  last.item.bodies = []
}

function union(items: readonly ParsedItem[]): ParsedBody[] {
  const bodies = new Map<string, ParsedBody>()
  const leading = items.find((item) => item.bodies.some((body) => body.role === 'lead'))
  for (const item of items) {
    for (const { name, role } of item.bodies) {
      const known = bodies.get(name)
      const resolved = role === 'lead' && item === leading ? 'lead' : 'cooperating'
      if (known === undefined) bodies.set(name, { name, role: resolved })
      else if (resolved === 'lead') known.role = 'lead'
    }
  }
  return [...bodies.values()]
}

/** True for the title or signature between two plans of one document: it has no marker and is no task. */
export function isDivider(item: ParsedItem): boolean {
  return item.marker === ''
}

/** The bodies that answer for an item: its own, else those of the nearest item above it. */
export function effectiveBodies(path: readonly ParsedItem[]): ParsedBody[] {
  return path.findLast((item) => item.bodies.length > 0)?.bodies ?? []
}
