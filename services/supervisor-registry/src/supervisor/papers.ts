/**
 * 聘书 and 督学证 are issued together for a term and bear the same running number of the year, each under its own word: 督学证〔2025〕12号 and
 * 督学聘书〔2025〕12号.
 */
export function letterNumberOf(certificateNumber: string): string {
  return certificateNumber.replace(/^督学证/, '督学聘书')
}

/** 未生效 · 有效 · 已届满 · 已失效. */
export type PaperState = 'upcoming' | 'valid' | 'expired' | 'void'

/** What the papers of a term are worth on a day; who left the office holds none. */
export function paperStateOn(
  day: string,
  paper: { readonly termFrom: string; readonly termTo: string; readonly voidedOn: string | null },
): PaperState {
  if (paper.voidedOn !== null && day >= paper.voidedOn) return 'void'
  if (day > paper.termTo) return 'expired'
  return day < paper.termFrom ? 'upcoming' : 'valid'
}
