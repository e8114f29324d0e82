import type { LetterParagraph, OfficialLetter } from '@dulian/official-documents'
import { issuingOfficeAt } from '../rules/document-codes.ts'
import type { ZoneCounts } from '../zone-summary/events.ts'
import type { BulletinDrafted, BulletinIssued, BulletinWording, IncludedSummary, MissingZone } from './events.ts'

/** 2026-11 → 2026年11月 */
export function chineseMonth(period: string): string {
  const [year, month] = period.split('-').map(Number)
  return `${year}年${month}月`
}

/** What the office starts from: its own words are drawn from the counts, to be edited. */
export function firstWording(
  period: string,
  summaries: readonly IncludedSummary[],
  negatives: readonly { readonly name: string; readonly count: number }[],
): BulletinWording {
  const total = totalOf(summaries.map(({ counts }) => counts))
  const month = chineseMonth(period)
  return {
    title: `关于${month}经常性督导情况的通报`,
    recipients: ['各中小学', '各幼儿园', '各校外培训机构'],
    opening: `按照经常性督导工作安排，${month}各学校开展自查，责任督学进校督查，各责任区进行了汇总。现将有关情况通报如下。`,
    overview:
      `本月应自查学校（机构）${total.schools}所，已提交自查${total.selfChecks}所；应进校督查${total.toVisit}所，` +
      `已督查${total.visited}所、${total.visits}次。督查发现问题${total.findings}个，已确认并转入整改${total.confirmed}个；` +
      `目前尚未销号的问题${total.openProblems}个。`,
    problems: negatives.map(({ name, count }) => `“${name}”不符合要求${count}处。`).join('\n'),
    requirements:
      '各学校要对照发现的问题逐项整改，按期报送印证材料。\n各责任区要跟踪督促，确保问题整改到位、按时销号。',
    copies: [],
    missingReason: null,
  }
}

/** The bulletin as a letter: the office's words around every zone's own summary. */
export function bulletinLetter(
  office: string,
  draft: Omit<BulletinDrafted, 'draftedBy'>,
  issued: Pick<BulletinIssued, 'documentNumber' | 'issuedOn'> | null,
): OfficialLetter {
  const day = issued?.issuedOn ?? draft.draftedOn
  const issuer = issuingOfficeAt(office, day).name
  const { wording, summaries, missing } = draft
  return {
    issuer,
    documentNumber: issued?.documentNumber ?? null,
    title: wording.title,
    recipients: wording.recipients,
    paragraphs: [
      ...plain(wording.opening),
      { level: 1, text: '总体情况' },
      ...plain(wording.overview),
      { level: 1, text: '各责任区情况' },
      ...summaries.flatMap(summaryParagraphs),
      ...missingParagraphs(missing, wording.missingReason),
      ...chapter('存在的主要问题', wording.problems),
      ...chapter('下一步工作要求', wording.requirements),
    ],
    signatory: issuer,
    date: issued?.issuedOn ?? null,
    copies: wording.copies,
    printedBy: issuer,
    printedOn: day,
  }
}

function summaryParagraphs({ zoneName, text, counts }: IncludedSummary): LetterParagraph[] {
  const [first = '', ...rest] = linesOf(text)
  const figures =
    `（自查${counts.selfChecks}/${counts.schools}所，进校督查${counts.visited}/${counts.toVisit}所，` +
    `发现问题${counts.findings}个。）`
  return [
    { level: 2, text: `${zoneName}。`, body: rest.length === 0 ? `${first}${figures}` : first },
    ...rest.map(
      (line, place): LetterParagraph => ({ level: 0, text: place === rest.length - 1 ? `${line}${figures}` : line }),
    ),
  ]
}

function missingParagraphs(missing: readonly MissingZone[], reason: string | null): LetterParagraph[] {
  if (missing.length === 0) return []
  const zones = missing.map(({ zoneName, schools }) => `${zoneName}（${schools}所）`).join('、')
  const why = reason === null || reason.trim() === '' ? '（请说明原因）' : reason.trim()
  return [{ level: 0, text: `未提交汇总的有：${zones}。原因：${ended(why)}` }]
}

function chapter(title: string, text: string): LetterParagraph[] {
  const lines = linesOf(text)
  return lines.length === 0
    ? []
    : [{ level: 1, text: title }, ...lines.map((line): LetterParagraph => ({ level: 3, text: line }))]
}

function plain(text: string): LetterParagraph[] {
  return linesOf(text).map((line) => ({ level: 0, text: line }))
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function ended(text: string): string {
  return /[。！？；]$/.test(text) ? text : `${text}。`
}

/** The zones' counts added up. */
export function totalOf(counts: readonly ZoneCounts[]): ZoneCounts {
  const sum = (key: keyof ZoneCounts): number => counts.reduce((total, one) => total + one[key], 0)
  return {
    schools: sum('schools'),
    selfChecks: sum('selfChecks'),
    selfCheckNegatives: sum('selfCheckNegatives'),
    toVisit: sum('toVisit'),
    visited: sum('visited'),
    visits: sum('visits'),
    findings: sum('findings'),
    confirmed: sum('confirmed'),
    openProblems: sum('openProblems'),
  }
}
