import { findDates } from './dates.ts'
import { numeralValue } from './numerals.ts'
import type { Line, Reading } from './reading.ts'
import {
  isAttachmentLine,
  isDateLine,
  isDocumentNumberLine,
  isOrganisationLine,
  isSignatureLine,
  isSymbolLine,
  isTitleEnd,
  type TitleBlock,
} from './titles.ts'

export type FrontMatter = {
  title: string
  office?: string
  issuedOn?: string
  documentNumber?: string
  recipients: string[]
}

const documentNumber = /^([\u4e00-\u9fff]{1,20}[〔[(【]\d{4}[〕\])】]第?\d{1,5}号)(?:签发人|$)/
const place =
  /^(?:中共)?([\u4e00-\u9fff]{1,8}?(?:省|自治区|市|自治州|州|地区))?([\u4e00-\u9fff]{1,8}?(?:新区|自治县|县|区|旗|市))/
const noPlace =
  /^(?:各|全|本|我|某|该|关于|区|县|市|片|校|社|地|辖|责任|学|督|灾|景|园|在|为|由)|^山区$|(?:小|校|园|学|社|辖|地|片|灾|库|景|责任|协作|示范|创建|发展|先行|功能|经济|教育强)(?:区|县)$/
const placeOfBody =
  /^(?:中共)?(?:[\u4e00-\u9fff]{2,8}?(?:省|市|州))?([\u4e00-\u9fff]{1,8}?(?:新区|自治县|县|区|旗|市))(?:委|人民政府|政府|教育|督导|教)/
const printedOn = /印发$/

/**
 * What stands around the items of the (first) plan: title, issuing office, day of issue, number and recipients. The
 * opening ends at `preambleEnd`, the signature stands from `closingStart`.
 */
export function readFrontMatter(
  reading: Reading,
  titles: readonly TitleBlock[],
  preambleEnd: number,
  closingStart: number,
  closingEnd = reading.text.length,
): FrontMatter {
  const opening = reading.lines.filter((line) => line.start < preambleEnd)
  const closing = reading.lines.filter(
    (line) => line.start >= closingStart && line.start >= preambleEnd && line.start < closingEnd,
  )
  const title = findTitle(reading, titles, opening)
  const others = titles.filter((block) => block.last < opening.length).reverse()
  const named = others.map((block) => ({ text: block.text, start: reading.lines[block.first]?.start ?? 0 }))
  const office = findOffice(reading, [title, ...named], [...opening.slice(0, 60), ...closing.slice(-60)])
  const issuedOn = findIssueDay(reading, opening, closing)
  const number = findDocumentNumber(reading, [...opening.slice(0, 200), ...closing])
  return {
    title: title.printed,
    ...(office === undefined ? {} : { office }),
    ...(issuedOn === undefined ? {} : { issuedOn }),
    ...(number === undefined ? {} : { documentNumber: number }),
    recipients: findRecipients(reading, opening),
  }
}

/** The year a plan is for: that of its title, else of its day of issue, else the first one its opening names. */
export function planYear(front: FrontMatter, preamble: string): number | undefined {
  const dense = preamble.replace(/\s+/g, '')
  const chineseYear = /(二[〇零][〇零一二三四五六七八九]{2})年/.exec(front.title)?.[1]
  const said =
    /(20\d{2})(?:年|[-—–~～]20\d{2}年)/.exec(front.title.replace(/\s+/g, ''))?.[1] ??
    front.issuedOn?.slice(0, 4) ??
    (chineseYear === undefined ? undefined : String(numeralValue(chineseYear))) ??
    /(20\d{2})年/.exec(dense)?.[1]
  return said === undefined ? undefined : Number(said)
}

function textOf(reading: Reading, line: Line): string {
  return reading.text.slice(line.start, Math.min(line.end, line.start + 120))
}

/** The last title before the items is the plan's own: a notice around it has its title above. */
function findTitle(reading: Reading, titles: readonly TitleBlock[], opening: readonly Line[]) {
  const block = titles.findLast((title) => title.last < opening.length)
  if (block !== undefined) {
    const start = reading.lines[block.first]?.start ?? 0
    const end = reading.lines[block.last]?.end ?? 0
    return { text: block.text, start, printed: reading.printed(start, end).replaceAll('\n', '') }
  }
  for (const line of opening.slice(0, 12)) {
    const text = textOf(reading, line)
    const isOther =
      isOrganisationLine(text) ||
      isDateLine(text) ||
      isDocumentNumberLine(text) ||
      isSymbolLine(text) ||
      isAttachmentLine(text)
    if (isOther) continue
    if (text.length > 60 || /[。;:,!?]/.test(text)) break
    return { text, start: line.start, printed: reading.printed(line.start, line.end) }
  }
  return { text: '', start: 0, printed: '' }
}

function placeIn(text: string): string | undefined {
  const match = place.exec(text)
  if (match === null) return undefined
  const [, outer, inner] = match
  if (outer !== undefined && /[区县]/.test(outer.slice(0, -1))) return placeIn(outer)
  if (inner !== undefined && !noPlace.test(inner)) return inner
  return outer !== undefined && !noPlace.test(outer) ? outer : undefined
}

/** The district, county or city whose office speaks: of a title (the plan's own first), else of an issuing body's line. */
function findOffice(
  reading: Reading,
  titles: readonly { text: string; start: number }[],
  lines: readonly Line[],
): string | undefined {
  const asWritten = (text: string, at: number) => reading.dense(at, at + text.length)
  for (const title of titles) {
    const named = title.text.replace(/^关于印发《?/, '')
    const found = placeIn(named)
    if (found === undefined) continue
    return asWritten(found, title.start + title.text.length - named.length + named.indexOf(found))
  }
  for (const line of lines) {
    const text = textOf(reading, line)
    if (!isOrganisationLine(text.replace(printedOn, '').replace(/\d{4}年\d{1,2}月\d{1,2}日$/, ''))) continue
    const found = placeOfBody.exec(text)?.[1]
    if (found !== undefined && !noPlace.test(found)) return asWritten(found, line.start + text.indexOf(found))
  }
  return undefined
}

function findIssueDay(reading: Reading, opening: readonly Line[], closing: readonly Line[]): string | undefined {
  const day = (line: Line) => findDates(reading, line.start, line.end, undefined)[0]?.from
  const candidates = [...closing, ...opening]
  for (const line of candidates) {
    if (line.end - line.start <= 60 && printedOn.test(textOf(reading, line))) {
      const found = day(line)
      if (found !== undefined) return found
    }
  }
  for (const line of candidates) {
    if (isDateLine(textOf(reading, line)) || isSignatureLine(textOf(reading, line))) {
      const found = day(line)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function findDocumentNumber(reading: Reading, lines: readonly Line[]): string | undefined {
  for (const line of lines) {
    const match = documentNumber.exec(textOf(reading, line))
    if (match?.[1] !== undefined) return reading.dense(line.start, line.start + match[1].length)
  }
  return undefined
}

/** The 主送 line: the first paragraph of the opening that is nothing but bodies and ends with a colon. */
function findRecipients(reading: Reading, opening: readonly Line[]): string[] {
  const { text } = reading
  for (let i = 0; i < Math.min(opening.length, 60); i++) {
    const line = opening[i]
    if (line === undefined) continue
    const colon = text.slice(line.start, line.end).indexOf(':') + line.start
    if (colon < line.start) continue
    const inLine = colon < line.end - 1
    let first = i
    while (first > 0 && i - first < 12) {
      const before = opening[first - 1]
      if (before === undefined) break
      const said = textOf(reading, before)
      // A line of recipients ends mid-list or mid-name; anything complete above it is something else.
      const isOver =
        reading.endsHardBefore(before.end) ||
        isDateLine(said) ||
        isDocumentNumberLine(said) ||
        isSymbolLine(said) ||
        isTitleEnd(said) ||
        (!/[,、]$/.test(said) && (reading.isShort(before) || before.endsInBlank || isOrganisationLine(said)))
      if (isOver) break
      first--
    }
    const start = opening[first]?.start ?? line.start
    const said = text.slice(start, colon)
    const isList =
      /^(?:各|区|县|市|省|有关|教|机关|局|全|驻|中共|[\u4e00-\u9fff]{2,12}(?:学校|中学|小学|幼儿园|中心|局|委|办|镇|乡|街道))/.test(
        said,
      )
    const isSentence = /[。!?《》“”]|如下|通知|现将|根据|是$|为$|以下|包括|电话|联系/.test(said)
    if (!isList || isSentence || said.length > 600) continue
    // Run on into the notice itself ("…各中小学：为做好…"), every part must be short and no clause.
    if (inLine && !said.split(/[,、;]/).every((part) => part.length <= 20 && !/[要将按以坚持]/.test(part))) continue
    return splitRecipients(reading, start, colon)
  }
  return []
}

/** Groups are parted by ，; a 、 parts whole names ("区委组织部、区财政局"), not halves ("各区、县"). */
function splitRecipients(reading: Reading, start: number, end: number): string[] {
  const groups = split(reading.text, start, end, ',;')
  const recipients: string[] = []
  for (const group of groups) {
    const parts = split(reading.text, group.start, group.end, '、')
    const whole =
      groups.length === 1
        ? parts.every((part) => part.end - part.start >= 3)
        : parts.every((part) => part.end - part.start >= 3 && /^[各区县市省]/.test(reading.text.charAt(part.start)))
    for (const part of whole ? parts : [group]) recipients.push(reading.dense(part.start, part.end))
  }
  return recipients
}

function split(text: string, start: number, end: number, separators: string): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = []
  let depth = 0
  let from = start
  for (let i = start; i <= end; i++) {
    const char = i < end ? text.charAt(i) : separators.charAt(0)
    if (i < end && '([〔【'.includes(char)) depth++
    else if (i < end && ')]〕】'.includes(char)) depth = Math.max(0, depth - 1)
    else if (i === end || (depth === 0 && separators.includes(char))) {
      if (i > from) parts.push({ start: from, end: i })
      from = i + 1
    }
  }
  return parts
}
