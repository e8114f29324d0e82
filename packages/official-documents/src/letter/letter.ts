import { isIsoDate } from '@dulian/calendar'
import { z } from 'zod'

/**
 * One paragraph of the text. Level 0 is plain text; levels 1 to 4 are numbered 一、 （一） 1. （1） in their order, with
 * `text` as the heading and `body` running on in the same paragraph.
 */
export const LetterParagraph = z.object({
  level: z.literal([0, 1, 2, 3, 4]),
  text: z.string(),
  body: z.string().optional(),
})
export type LetterParagraph = z.infer<typeof LetterParagraph>

const Day = z.string().refine(isIsoDate)

/** A 公文 of one issuing office, as GB/T 9704-2012 divides it: 版头, 主体, 版记. */
export const OfficialLetter = z.object({
  /** 发文机关, e.g. 示例区人民政府教育督导室; the masthead reads `…文件`. */
  issuer: z.string().min(1),
  /** 发文字号 as printed; null in a draft. */
  documentNumber: z.string().nullable(),
  /** 签发人, printed on letters to a higher office only. */
  signer: z.string().optional(),
  /** 紧急程度, e.g. 加急. */
  urgency: z.string().optional(),
  /** 标题; a line break divides it where the meaning does. */
  title: z.string().min(1),
  /** 主送机关. */
  recipients: z.array(z.string()),
  paragraphs: z.array(LetterParagraph),
  /** 附件 by name, listed below the text. */
  attachments: z.array(z.string()).default([]),
  /** 发文机关署名. */
  signatory: z.string().min(1),
  /** 成文日期; null in a draft. */
  date: Day.nullable(),
  /** 附注, e.g. 此件公开发布; printed in parentheses. */
  remark: z.string().optional(),
  /** 抄送机关. */
  copies: z.array(z.string()).default([]),
  /** 印发机关 and 印发日期: without them there is no 版记. */
  printedBy: z.string().optional(),
  printedOn: Day.optional(),
})
export type OfficialLetter = z.input<typeof OfficialLetter>
