import type { Reading } from './reading.ts'

/** What an item's own characters are followed by. */
export type Follower = 'block' | 'sentence' | 'none'

/** Whether the first sentence may be a heading: not that of an article or of a part of a sentence. */
export type Opening = 'may-be-heading' | 'is-text'

const longestTitle = 60
const longestRunIn = 32
const longestLabel = 16

/**
 * Where the heading of an item ends, given its own characters between two positions and what follows them:
 * - a whole-line title without a full stop: "聚焦体制创新，加强党对教育督导工作的领导";
 * - a short opening sentence: "强化党建统领。", when more follows;
 * - a label closed by a colon or set apart by a wide gap: "强化党建统领：把…", "强化党建统领　　把…".
 * Answers `start` when there is no heading: an item that is one sentence is all text.
 */
export function findHeadingEnd(
  reading: Reading,
  start: number,
  end: number,
  follower: Follower,
  opening: Opening,
): number {
  if (start >= end) return start
  const { text } = reading
  const line = reading.lines[reading.lineAt(start)]
  const lineEnd = Math.min(line?.end ?? end, end)
  const moreLines = lineEnd < end
  const firstLineIsTitle =
    lineEnd - start <= longestTitle &&
    !reading.hasSentenceEnd(start, lineEnd) &&
    !/[:;,、]/.test(text.charAt(lineEnd - 1)) &&
    !/^[,。、;:)》”]/.test(text.charAt(lineEnd))
  if (firstLineIsTitle && moreLines && line !== undefined && reading.isShort(line)) return lineEnd
  if (!reading.hasSentenceEnd(start, end)) {
    const isTitle = follower === 'block' && end - start <= longestTitle && !/[:;]/.test(text.charAt(end - 1))
    if (isTitle) return end
  }
  if (opening === 'is-text') return start
  const runIn = findRunIn(text, start, end)
  if (runIn > start && (runIn < end || follower !== 'none')) return runIn
  return findLabel(reading, start, end)
}

function findRunIn(text: string, start: number, end: number): number {
  let commas = 0
  for (let i = start; i < Math.min(end, start + longestRunIn); i++) {
    const char = text.charAt(i)
    if (char === '。') return i > start ? i + 1 : start
    if (char === ',' && ++commas > 1) return start
    if (char === ';' || char === ':' || char === '!' || char === '?' || '([〔【'.includes(char)) return start
  }
  return start
}

function findLabel(reading: Reading, start: number, end: number): number {
  const { text } = reading
  for (let i = start; i < Math.min(end, start + longestLabel + 1); i++) {
    const char = text.charAt(i)
    if (char === ':') {
      const label = text.slice(start, i)
      const introduces = /(?:是|为|如下|以下|包括|要求|单位|部门|时限|科室)$/.test(label)
      return label.length >= 2 && end - i > 10 && !introduces ? i + 1 : start
    }
    if (i > start && isWideGap(reading, i) && end - i > 10) return i
    if ('。,;!?、“《('.includes(char)) return start
  }
  return start
}

function isWideGap(reading: Reading, position: number): boolean {
  if (reading.lineAt(position) !== reading.lineAt(position - 1)) return false
  const gap = reading.source.slice(reading.sourceAt(position - 1) + 1, reading.sourceAt(position))
  return gap.length >= 2 || gap === '\u3000'
}
