import { formatChineseDate } from '@dulian/calendar'
import { z } from 'zod'
import { type LetterParagraph, OfficialLetter } from './letter.ts'

/** A letter as it reads, line by line: what the screen shows and the file prints. */
export const LetterPreview = z.object({
  masthead: z.string(),
  urgency: z.string().nullable(),
  /** Null in a draft: the number is taken when the letter is issued. */
  documentNumber: z.string().nullable(),
  signer: z.string().nullable(),
  title: z.array(z.string()),
  /** 主送机关 with the colon; null when the letter names none. */
  recipients: z.string().nullable(),
  paragraphs: z.array(
    z.object({
      level: z.number().int(),
      /** 一、 （一） 1. （1）; empty for plain text. */
      marker: z.string(),
      /** The heading, or the plain text. */
      text: z.string(),
      body: z.string(),
    }),
  ),
  /** 附件：… one line each. */
  attachments: z.array(z.string()),
  signatory: z.string(),
  /** 2026年4月13日; null in a draft. */
  date: z.string().nullable(),
  remark: z.string().nullable(),
  copies: z.string().nullable(),
  imprint: z.object({ printedBy: z.string(), printedOn: z.string() }).nullable(),
})
export type LetterPreview = z.infer<typeof LetterPreview>

export function letterPreview(given: OfficialLetter): LetterPreview {
  const letter = OfficialLetter.parse(given)
  const { recipients, attachments, copies, printedBy, printedOn } = letter
  return {
    masthead: `${letter.issuer}文件`,
    urgency: letter.urgency ?? null,
    documentNumber: letter.documentNumber,
    signer: letter.signer ?? null,
    title: letter.title.split('\n'),
    recipients: recipients.length === 0 ? null : `${recipients.join('、')}：`,
    paragraphs: numbered(letter.paragraphs),
    attachments: attachmentLines(attachments),
    signatory: letter.signatory,
    date: letter.date === null ? null : formatChineseDate(letter.date),
    remark: letter.remark === undefined ? null : `（${letter.remark}）`,
    copies: copies.length === 0 ? null : `抄送：${copies.join('，')}。`,
    imprint:
      printedBy === undefined || printedOn === undefined
        ? null
        : { printedBy, printedOn: `${formatChineseDate(printedOn)}印发` },
  }
}

function numbered(paragraphs: readonly LetterParagraph[]): LetterPreview['paragraphs'] {
  const counts = [0, 0, 0, 0, 0]
  return paragraphs.map(({ level, text, body = '' }) => {
    if (level === 0) return { level, marker: '', text, body }
    counts[level] = (counts[level] ?? 0) + 1
    counts.fill(0, level + 1)
    return { level, marker: markerOf(level, counts[level] ?? 1), text, body }
  })
}

function markerOf(level: 1 | 2 | 3 | 4, number: number): string {
  switch (level) {
    case 1:
      return `${chineseNumeral(number)}、`
    case 2:
      return `（${chineseNumeral(number)}）`
    case 3:
      return `${number}.`
    case 4:
      return `（${number}）`
    default: {
      const unknown: never = level
      return unknown
    }
  }
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 to 999 as headings count: 十, 十一, 二十, 一百零二. */
export function chineseNumeral(number: number): string {
  if (number >= 100) {
    const rest = number % 100
    const tail =
      rest === 0 ? '' : rest < 10 ? `零${digits[rest]}` : `${digits[Math.floor(rest / 10)]}十${digits[rest % 10]}`
    return `${digits[Math.floor(number / 100)]}百${tail}`
  }
  if (number < 10) return digits[number] ?? ''
  const tens = Math.floor(number / 10)
  return `${tens === 1 ? '' : digits[tens]}十${digits[number % 10]}`
}

function attachmentLines(names: readonly string[]): string[] {
  if (names.length === 0) return []
  if (names.length === 1) return [`附件：${names[0]}`]
  return names.map((name, place) => (place === 0 ? `附件：1.${name}` : `${place + 1}.${name}`))
}
