import type { Line, Reading } from './reading.ts'

/** A title of one or several lines, by their indexes (inclusive). */
export type TitleBlock = { first: number; last: number; text: string }

const genre =
  /(?:要点|方案|计划|规划|意见|办法|细则|通知|安排|总结|打算|报告|清单|台账|措施|规程|规定|决定|分工|任务书|责任书|分工表|一览表|任务表|安排表|推进表|指南|思路|重点|目标|纲要|通报|建议|批复|公告|规则|条例)(?:\([^()]{1,20}\)|\[[^[\]]{1,20}\])?$/
const subject = /\d{4}|202_|年度?|区|县|市|省|州|镇|校|园|教育|督导/
const documentNumberLine = /^[\u4e00-\u9fff]{1,20}[〔[(【]\d{2}[\dxX×_]{2}[〕\])】]第?[\dxX×_]{1,5}号(?:签发人.*)?$/i
const dateLine =
  /^\(?(?:[\d_xX×]{2,4}年[\d_xX×]{1,2}月[\d_xX×]{1,2}日|[二〇○零一三四五六七八九十]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)(?:印发|发布|通过)?\)?$/
const signedOn = /\(?\d{4}年\d{1,2}月\d{1,2}日\)?(?:印发)?$/
const organisation =
  /^[\u4e00-\u9fff()]{2,40}(?:办公室|委员会|督导室|督导办|督导团|政府|教育局|教委|教体局|体育局|党组|党委|工委|区委|县委|市委|领导小组|专班|文件|局|厅)(?:\(代章?\))?$/
const attachmentLine = /^附(?:件|表|录)?[:：]?\d{0,2}[:：]?$/
const symbolLine = /^[^\p{L}\p{N}]+$/u
const numberedLine =
  /^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|附(?:件|表)|抄送|主送|第[一二三四五六七八九十]{1,3}[章条节])/

export function isDocumentNumberLine(text: string): boolean {
  return documentNumberLine.test(text)
}

export function isDateLine(text: string): boolean {
  return text.length <= 24 && dateLine.test(text)
}

/** True for a line that names nothing but an issuing body, as a red head or a signature does. */
export function isOrganisationLine(text: string): boolean {
  return text.length <= 42 && organisation.test(text)
}

/** A signature on one line: the issuing body and the day. */
export function isSignatureLine(text: string): boolean {
  const day = signedOn.exec(text)
  return day !== null && isOrganisationLine(text.slice(0, day.index))
}

export function isTitleEnd(text: string): boolean {
  return genre.test(text)
}

export function isAttachmentLine(text: string): boolean {
  return attachmentLine.test(text)
}

export function isSymbolLine(text: string): boolean {
  return symbolLine.test(text)
}

function textOf(reading: Reading, line: Line): string {
  return reading.text.slice(line.start, Math.min(line.end, line.start + 120))
}

function closesTitle(text: string, start: string): boolean {
  // "某区教育督导委员会 / 2026年工作要点": the body belongs to a title that does not name a place itself.
  if (isOrganisationLine(text) && !text.endsWith('文件')) return !/^(?:\d{4}年|202_年|工作)/.test(start)
  return (
    isDocumentNumberLine(text) ||
    isDateLine(text) ||
    isAttachmentLine(text) ||
    isSymbolLine(text) ||
    text.endsWith('文件') ||
    /[。!?;:,、]$/.test(text) ||
    numberedLine.test(text) ||
    genre.test(text)
  )
}

/** Every block of lines that reads as the title of a document of this genre. */
export function findTitleBlocks(reading: Reading): TitleBlock[] {
  const blocks: TitleBlock[] = []
  for (let last = 0; last < reading.lines.length; last++) {
    const line = reading.lines[last]
    if (line === undefined || line.end - line.start > 60) continue
    const end = textOf(reading, line)
    if (!genre.test(end) || /[。!?;:]/.test(end) || numberedLine.test(end)) continue
    if (/^[,。、;:)〕》”的]/.test(reading.text.charAt(line.end))) continue
    let first = last
    let text = end
    while (first > 0 && last - first < 3) {
      const before = reading.lines[first - 1]
      if (before === undefined || before.end - before.start > 50) break
      const start = textOf(reading, before)
      if (closesTitle(start, text)) break
      first--
      text = start + text
    }
    const beforeFirst = reading.lines[first - 1]
    const continuesSentence =
      beforeFirst !== undefined &&
      !closesTitle(textOf(reading, beforeFirst), text) &&
      !reading.endsHardBefore(beforeFirst.end)
    if (continuesSentence || text.length < 4 || text.length > 90 || !subject.test(text)) continue
    // "（2026—2030年）" or "（试行）" on its own line below belongs to the title.
    const below = reading.lines[last + 1]
    const addition = below === undefined ? '' : textOf(reading, below)
    const isAddition = /^\((?:\d{4}[^()]{1,12}|试行|暂行|修订版?)\)$/.test(addition)
    blocks.push({ first, last: isAddition ? last + 1 : last, text: isAddition ? text + addition : text })
  }
  return blocks
}
