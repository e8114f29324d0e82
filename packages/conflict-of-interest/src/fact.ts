import { z } from 'zod'

/** 近亲属任职 · 现任职单位 · 曾任职单位 · 责任（如挂牌督导）· 合作作者 · 所属区县 · 其他事由. */
export const FactKind = z.enum([
  'kinship',
  'present-employer',
  'former-employer',
  'posting',
  'co-author',
  'district',
  'other',
])
export type FactKind = z.infer<typeof FactKind>

/** How each kind is called in an explanation. */
export const factKindTitles = {
  kinship: '近亲属任职',
  'present-employer': '现任职单位',
  'former-employer': '曾任职单位',
  posting: '曾经或正在负责',
  'co-author': '合作作者',
  district: '同一区县',
  other: '其他可能影响公正的事由',
} as const satisfies Record<FactKind, string>

/** A dated tie between a person and something a matter can be about. */
export const Fact = z.object({
  id: z.string(),
  personId: z.string(),
  kind: FactKind,
  /** What the tie leads to, in the caller's own keys: a school, an author, a district. */
  objectId: z.string(),
  /** Shown with the refusal, e.g. 配偶任该校校长. */
  description: z.string(),
  /** First day it holds; `null` when unknown: it has held ever since. */
  from: z.iso.date().nullable(),
  /** Last day it holds; `null` while it lasts. */
  to: z.iso.date().nullable(),
})
export type Fact = z.infer<typeof Fact>
