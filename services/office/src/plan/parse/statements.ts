import { isOrganisationName, type NamedBody, readBodyNames } from './body-names.ts'
import type { Enclosures } from './enclosures.ts'
import { firstFrom } from './outline.ts'
import type { Reading } from './reading.ts'

/** A statement of who is responsible, from its bracket or label to its end. */
export type Statement = { start: number; end: number; labelled: boolean; bodies: NamedBody[] }

const unit = '(?:单位|部门|科室|处室|股室|主体|机构)'
const labels = new RegExp(
  `(?:(牵头(?:责任)?${unit}?|主办${unit}|主责${unit})|((?:配合|协办|协同|参与|参加|协助|协作)(?:责任)?${unit}?)|((?:主要)?责任${unit}|(?:承办|实施|落实|负责|完成|承担)${unit}))(?:\\([^()]{1,8}\\))?[:为]`,
  'g',
)
const otherLabel =
  /[;,、。]?(?:完成时[限间]|办结时[限间]|时限要求|时限|责任人|责任领导|分管领导|联系人|进度安排|时间安排|备注)[:为]|[;,。][\u4e00-\u9fff]{2,8}:/
const dutyAtEnd = /(?:牵头|配合|负责|落实|协办|参与)$/
const byWhom = /由([^。;:“”]{2,80}?)(?:负责)?牵头/g
const helpers = /^[^。;,]{0,20},(?:由)?([^。;:“”]{2,80}?)(?:共同|协同|积极|密切)?配合/

/** Every statement of responsible bodies between two positions, in order. */
export function findStatements(reading: Reading, enclosures: Enclosures, start: number, end: number): Statement[] {
  const text = reading.text.slice(start, end)
  const statements: Statement[] = []
  const matches = [...text.matchAll(labels)].filter((match) => isLabelPlace(reading, start + match.index, start))
  const taken = new Set<number>()
  const covered = new Uint8Array(end - start)
  matches.forEach((match, index) => {
    const at = start + match.index
    const from = at + match[0].length
    const bracket = enclosures.findBracket(at)
    const inside = bracket !== undefined && bracket.open >= start && bracket.close < end
    if (inside) taken.add(bracket.open)
    const next = matches[index + 1]
    const limit = Math.min(inside ? bracket.close : end, next === undefined ? end : start + next.index, from + 800)
    const to = inside ? cutAtLabel(reading, from, limit) : endOfList(reading, from, limit)
    const role = match[1] !== undefined ? 'lead' : match[2] !== undefined ? 'cooperating' : 'responsible'
    statements.push({
      start: inside ? bracket.open : at,
      end: inside ? bracket.close + 1 : to + ('。'.includes(reading.text.charAt(to) || ' ') ? 1 : 0),
      labelled: true,
      bodies: readBodyNames(reading, from, to, role),
    })
  })
  for (let i = firstFrom(enclosures.openings, start); i < enclosures.brackets.length; i++) {
    const bracket = enclosures.brackets[i]
    if (bracket === undefined || bracket.open >= end) break
    if (taken.has(bracket.open) || bracket.close >= end || bracket.close - bracket.open < 5) continue
    const content = reading.text.slice(bracket.open + 1, bracket.close)
    if (!dutyAtEnd.test(content) || content.includes(':')) continue
    const bodies = readBodyNames(reading, bracket.open + 1, bracket.close, 'responsible')
    if (bodies.length === 0 || !bodies.every((body) => isOrganisationName(foldedName(body.name)))) continue
    statements.push({ start: bracket.open, end: bracket.close + 1, labelled: true, bodies })
  }
  for (const statement of statements) covered.fill(1, statement.start - start, statement.end - start)
  for (const match of text.matchAll(byWhom)) {
    const from = start + match.index + 1
    const to = from + (match[1] ?? '').length
    if (covered[from - start] === 1) continue
    const bodies = readBodyNames(reading, from, to, 'lead')
    if (bodies.length === 0 || !bodies.every((body) => isOrganisationName(foldedName(body.name)))) continue
    let last = start + match.index + match[0].length
    const helping = helpers.exec(reading.text.slice(last, Math.min(end, last + 140)))
    if (helping !== null) {
      const helperEnd = last + helping[0].lastIndexOf(helping[1] ?? '') + (helping[1] ?? '').length
      const named = readBodyNames(reading, helperEnd - (helping[1] ?? '').length, helperEnd, 'cooperating')
      if (named.every((body) => isOrganisationName(foldedName(body.name)))) {
        bodies.push(...named)
        last += helping[0].length
      }
    }
    statements.push({ start: from - 1, end: last, labelled: false, bodies })
  }
  return statements.sort((a, b) => a.start - b.start)
}

function foldedName(name: string): string {
  return name.replaceAll('）', ')').replaceAll('﹞', ')').replaceAll('〕', ')').normalize('NFKC')
}

/** A label stands at a beginning: "压实责任单位：…" in a sentence is none. */
function isLabelPlace(reading: Reading, at: number, start: number): boolean {
  if (at === start || reading.isLineStart(at)) return true
  if ('([〔【。;,、:!'.includes(reading.text.charAt(at - 1))) return true
  return reading.sourceAt(at) - reading.sourceAt(at - 1) > 1 || ')]〕】'.includes(reading.text.charAt(at - 1))
}

function cutAtLabel(reading: Reading, from: number, limit: number): number {
  const other = otherLabel.exec(reading.text.slice(from, limit))
  return other === null ? limit : from + other.index
}

/** Without a bracket the list runs to the sentence's end, the next label, or the end of its paragraph. */
function endOfList(reading: Reading, from: number, limit: number): number {
  let to = cutAtLabel(reading, from, limit)
  const stop = reading.text.slice(from, to).search(/[。!?]/)
  if (stop >= 0) to = from + stop
  for (let i = reading.lineAt(from); i < reading.lines.length; i++) {
    const line = reading.lines[i]
    if (line === undefined || line.end >= to) break
    if (line.end > from && reading.isShort(line) && !/[、,;(和及]/.test(reading.text.charAt(line.end - 1)))
      return line.end
  }
  return to
}
