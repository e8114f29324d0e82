import { type NamedBody, resolveBodies } from './body-names.ts'
import { findFurtherPlans, findTail } from './closing.ts'
import { findDates } from './dates.ts'
import { Enclosures } from './enclosures.ts'
import { planYear, readFrontMatter } from './front-matter.ts'
import { findHeadingEnd, type Opening } from './headings.ts'
import { type Family, familyRank, findCandidates, isSentenceFamily } from './markers.ts'
import { Outline } from './outline.ts'
import type { ParsedItem, ParsedPlan } from './parsed-plan.ts'
import type { PlanNode } from './plan-node.ts'
import { findQuantities } from './quantities.ts'
import { Reading } from './reading.ts'
import { withoutBlanks } from './residue.ts'
import { settleBodies } from './settle-bodies.ts'
import { findStatements } from './statements.ts'
import { findTaskRows } from './task-table.ts'
import { findTitleBlocks, isAttachmentLine, type TitleBlock } from './titles.ts'
import { findUnlisted } from './unlisted.ts'

/**
 * Takes a published plan apart. Never throws; a text without any numbering is all preamble.
 *
 * Two plans in one document: the second one's items follow the first one's on the same levels, and its title and
 * opening stand between them as a divider: an item of level 1 with an empty marker, the title as heading and the
 * opening as text, without children. So `items` keeps the fixed shape, every numbered item of both plans is found at
 * the level its numbering says, and the round trip holds for the whole file. A signature that closes the first plan
 * becomes a divider without heading.
 */
export function parsePlan(text: string): ParsedPlan {
  const reading = new Reading(text)
  const enclosures = new Enclosures(reading.text)
  const titles = findTitleBlocks(reading)
  const rows = findTaskRows(reading)
  const unlisted = findUnlisted(reading, rows)
  const candidates = [
    ...findCandidates(reading, enclosures).filter((candidate) => !unlisted.has(candidate.start)),
    ...rows.map((row) => row.marker),
  ].sort((a, b) => a.start - b.start)
  const single = new Outline(reading, enclosures, candidates, [])
  const further = findFurtherPlans(reading, titles, single.entries, candidates)
  const starts = further.map((title) => startOf(reading, title))
  const { entries } = further.length === 0 ? single : new Outline(reading, enclosures, candidates, starts)
  const nodes = entries.map((entry) => makeNode(entry.start, entry.end, entry.level, entry.family, entry.atLineStart))
  const first = nodes[0]
  if (first === undefined) {
    const end = reading.text.length
    const front = readFrontMatter(reading, titles, end, end)
    return { ...front, preamble: reading.asPrinted(0, end), items: [], trailing: '' }
  }
  const all = withDividers(reading, enclosures, nodes, further)
  const last = all.at(-1) ?? first
  const rowEnd = rows.find((row) => row.marker.start === last.start)?.end
  const trailingStart =
    findTail(reading, enclosures, last.markerEnd, last.end, areSingleParagraphs(reading, all)) ??
    (rowEnd !== undefined && rowEnd < last.end ? rowEnd : undefined) ??
    last.end
  last.end = trailingStart
  const closing = all.find((node) => node.family === 'divider')
  const front = readFrontMatter(reading, titles, first.start, closing?.start ?? trailingStart, closing?.end)
  const preamble = reading.asPrinted(0, first.start)
  const year = planYear(front, preamble)
  const roots = nest(all)
  const rowBodies = new Map(rows.map((row) => [row.marker.start, row.bodies]))
  all.forEach((node, index) => {
    describe(reading, enclosures, node, all[index + 1], year, rowBodies.get(node.start))
  })
  for (const root of roots) settleBodies(root)
  return {
    ...front,
    preamble,
    items: roots.map((root) => root.item),
    trailing: trailingStart < reading.text.length ? reading.asPrinted(trailingStart, reading.text.length) : '',
  }
}

function makeNode(
  start: number,
  markerEnd: number,
  level: number,
  family: PlanNode['family'],
  atLineStart: boolean,
): PlanNode {
  const item: ParsedItem = { marker: '', level, text: '', bodies: [], dates: [], quantities: [], children: [] }
  return { start, markerEnd, end: markerEnd, level, family, atLineStart, named: [], item, children: [] }
}

/** "附件1" and the title under it, set apart. */
const attachmentTitle = /^(附[件表录][:：]?\d{0,2})(?=[\u4e00-\u9fff])/

/** A title's divider begins with the 附件 line above it. */
function startOf(reading: Reading, title: TitleBlock): number {
  const before = reading.lines[title.first - 1]
  const isAttachment = before !== undefined && isAttachmentLine(reading.text.slice(before.start, before.end))
  return (isAttachment ? before : reading.lines[title.first])?.start ?? 0
}

function withDividers(
  reading: Reading,
  enclosures: Enclosures,
  nodes: readonly PlanNode[],
  further: readonly TitleBlock[],
): PlanNode[] {
  const all = [...nodes]
  for (const title of further) {
    const start = startOf(reading, title)
    const divider = makeNode(start, start, 1, 'divider', true)
    divider.headingEnd = reading.lines[title.last]?.end ?? start
    all.push(divider)
  }
  all.sort((a, b) => a.start - b.start)
  const closings: PlanNode[] = []
  all.forEach((node, index) => {
    const next = all[index + 1]
    node.end = next?.start ?? reading.text.length
    if (next?.family !== 'divider' || node.family === 'divider') return
    const tail = findTail(reading, enclosures, node.markerEnd, node.end, false)
    if (tail === undefined) return
    const closing = makeNode(tail, tail, 1, 'divider', true)
    closing.headingEnd = tail
    closing.end = node.end
    node.end = tail
    closings.push(closing)
  })
  return [...all, ...closings].sort((a, b) => a.start - b.start)
}

/** True when, of three items or more, all but the last are one paragraph each. */
function areSingleParagraphs(reading: Reading, nodes: readonly PlanNode[]): boolean {
  const others = nodes.slice(0, -1).filter((node) => reading.hasSentenceEnd(node.markerEnd, node.end))
  return others.length >= 3 && others.every((node) => !endsParagraphInside(reading, node.start, node.end))
}

function endsParagraphInside(reading: Reading, start: number, end: number): boolean {
  for (let i = reading.lineAt(start); i < reading.lines.length; i++) {
    const line = reading.lines[i]
    if (line === undefined || line.end >= end) return false
    if (line.end > start && reading.hasSentenceEnd(start, line.end) && reading.endsParagraph(line)) return true
  }
  return false
}

function nest(nodes: readonly PlanNode[]): PlanNode[] {
  const roots: PlanNode[] = []
  const path: PlanNode[] = []
  for (const node of nodes) {
    path.length = Math.min(path.length, node.level - 1)
    const parent = path.at(-1)
    if (parent === undefined) roots.push(node)
    else {
      parent.children.push(node)
      parent.item.children.push(node.item)
    }
    path.push(node)
  }
  return roots
}

/** The parts of a sentence ("：（一）…；（二）…") and the articles of a rule begin with their text. */
function openingOf(reading: Reading, node: PlanNode): Opening {
  if (node.family === 'article') return 'is-text'
  if (!node.atLineStart && node.family !== 'divider' && familyRank[node.family] >= familyRank['paren-arabic'])
    return 'is-text'
  return !node.atLineStart && ';,'.includes(reading.text.charAt(node.start - 1)) ? 'is-text' : 'may-be-heading'
}

function describe(
  reading: Reading,
  enclosures: Enclosures,
  node: PlanNode,
  next: PlanNode | undefined,
  year: number | undefined,
  rowBodies: NamedBody[] | undefined,
): void {
  const { item, markerEnd, end } = node
  const isParent = next !== undefined && next.level > node.level
  const follower = !isParent ? 'none' : next.family === 'divider' || next.atLineStart ? 'block' : 'sentence'
  const headingEnd =
    node.headingEnd ??
    (node.family === 'row' || isSentenceFamily(node.family as Family)
      ? markerEnd
      : findHeadingEnd(reading, markerEnd, end, follower, openingOf(reading, node)))
  // The marker's own characters only; what stands invisibly behind it belongs to the text.
  const afterMarker = markerEnd > node.start ? reading.sourceAt(markerEnd - 1) + 1 : reading.sourceAt(node.start)
  const textStart = headingEnd > markerEnd ? reading.sourceAt(headingEnd) : afterMarker
  item.marker = withoutBlanks(reading.joined(reading.sourceAt(node.start), afterMarker))
  if (headingEnd > markerEnd)
    item.heading = reading.joined(afterMarker, textStart).replaceAll('\n', '').replace(attachmentTitle, '$1 ')
  item.text =
    node.family === 'divider' ? reading.asPrinted(headingEnd, end) : reading.joined(textStart, reading.sourceAt(end))
  item.dates = findDates(reading, markerEnd, end, year)
  item.quantities = findQuantities(reading, markerEnd, end)
  if (node.family === 'divider') return
  if (rowBodies !== undefined) {
    node.named = rowBodies
    return
  }
  const statements = findStatements(reading, enclosures, markerEnd, end)
  node.named = statements.flatMap((statement) => statement.bodies)
  const last = statements.at(-1)
  if (last !== undefined && end - last.end <= 1)
    node.closingStatement = reading.isLineStart(last.start) ? 'own-line' : 'in-line'
  item.bodies = resolveBodies(node.named)
}
