import type { Enclosures } from './enclosures.ts'
import { type Candidate, isSentenceFamily } from './markers.ts'
import { type Entry, firstFrom } from './outline.ts'
import type { Line, Reading } from './reading.ts'
import { findStatements } from './statements.ts'
import { isAttachmentLine, isDateLine, isOrganisationLine, isSignatureLine, type TitleBlock } from './titles.ts'

const colophon =
  /^(?:附件|附表|附录|附:|附\d|抄送|抄报|分送|主送|联系人|联系电话|主题词|\(此件|\(联系人|\(信息公开|信息公开|此件|特此|印发日期|共印|\[\d{1,3}\]|注:)/
const printedOn = /\d{1,2}月\d{1,2}日印发$/
const address = /^(?:各|区级|县级|市级|全区|全县|全市|本方案|本要点|本意见|本计划|本通知|以上|上述|请|有关|特此|望)/

/**
 * Titles behind the first item that open a further plan: they stand on their own lines, and a list starting at one
 * follows. Answers the blocks, in order.
 */
export function findFurtherPlans(
  reading: Reading,
  titles: readonly TitleBlock[],
  entries: readonly Entry[],
  candidates: readonly Candidate[],
): TitleBlock[] {
  const outermost = entries[0]
  if (outermost === undefined) return []
  const found: TitleBlock[] = []
  titles.forEach((title, index) => {
    const start = reading.lines[title.first]?.start ?? 0
    const end = reading.lines[title.last]?.end ?? 0
    if (start <= outermost.start) return
    const nextTitle = titles[index + 1]
    const limit = Math.min(end + 4000, reading.lines[nextTitle?.first ?? -1]?.start ?? Number.POSITIVE_INFINITY)
    for (let i = firstFrom(candidates, end); i < candidates.length; i++) {
      const candidate = candidates[i]
      if (candidate === undefined || candidate.start >= limit) return
      if (!candidate.atLineStart || isSentenceFamily(candidate.family) || candidate.family === 'bullet') continue
      if (candidate.value !== 1) return
      const before = reading.lines[title.first - 1]
      const sameList = candidate.family === outermost.family
      const named = title.text.length >= 10 && /\d{4}年|202_年/.test(title.text)
      if (sameList || named || (before !== undefined && isClosingLine(reading, before))) found.push(title)
      return
    }
  })
  return found
}

function isClosingLine(reading: Reading, line: Line): boolean {
  const text = reading.text.slice(line.start, Math.min(line.end, line.start + 80))
  return isDateLine(text) || isAttachmentLine(text) || colophon.test(text) || printedOn.test(text)
}

/**
 * Where the text behind the last item stops belonging to it: a signature, a colophon, or a paragraph without a marker
 * behind an item that a statement of responsible bodies has closed. Undefined when everything belongs to the item.
 *
 * @param pastItems true when every other item is one paragraph, so that a second one addressed to all ("各学校要…") is
 *   the plan's own last word.
 */
export function findTail(
  reading: Reading,
  enclosures: Enclosures,
  from: number,
  to: number,
  pastItems: boolean,
): number | undefined {
  const firstLine = reading.lineAt(from) + 1
  let closings: Set<number> | undefined
  for (let i = firstLine; i < reading.lines.length; i++) {
    const line = reading.lines[i]
    if (line === undefined || line.start >= to) return undefined
    const text = reading.text.slice(line.start, Math.min(line.end, line.start + 80))
    const before = reading.lines[i - 1]
    if (colophon.test(text) && reading.isAfterCompleteLine(line.start)) return line.start
    if (printedOn.test(text) && text.length < 60) return line.start
    if (isSignatureLine(text) && reading.endsHardBefore(line.start)) return line.start
    if (isDateLine(text) && reading.isAfterCompleteLine(line.start)) return line.start
    if (isOrganisationLine(text) && reading.endsHardBefore(line.start) && isSignature(reading, i, to)) return line.start
    closings ??= closingPositions(reading, enclosures, from, to)
    if (closings.has(line.start) && !/^[(〔[【]/.test(text) && !/^[\u4e00-\u9fff]{2,6}:/.test(text)) {
      return line.start
    }
    if (pastItems && before !== undefined && address.test(text)) {
      if (reading.endsHardBefore(before.end) && reading.endsParagraph(before)) return line.start
    }
  }
  return undefined
}

/** True when a date or nothing more follows the names of the issuing bodies. */
function isSignature(reading: Reading, index: number, to: number): boolean {
  for (let i = index; i < index + 5; i++) {
    const line = reading.lines[i]
    if (line === undefined || line.start >= to) return true
    const text = reading.text.slice(line.start, Math.min(line.end, line.start + 80))
    if (isDateLine(text) || printedOn.test(text)) return true
    if (!isOrganisationLine(text)) return false
  }
  return false
}

function closingPositions(reading: Reading, enclosures: Enclosures, from: number, to: number): Set<number> {
  const labelled = findStatements(reading, enclosures, from, to).filter((statement) => statement.labelled)
  return new Set(labelled.map((statement) => statement.end))
}
