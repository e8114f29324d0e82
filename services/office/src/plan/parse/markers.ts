import type { Enclosures } from './enclosures.ts'
import { numeralValue } from './numerals.ts'
import type { Reading } from './reading.ts'

/** A kind of numbering. Items of one list bear the same family. */
export type Family =
  | 'part'
  | 'chapter'
  | 'section'
  | 'article'
  | 'legal'
  | 'chinese'
  | 'stem'
  | 'half-chinese'
  | 'paren-chinese'
  | 'arabic'
  | 'decimal'
  | 'paren-arabic'
  | 'half-arabic'
  | 'circle'
  | 'letter'
  | 'bullet'
  | 'row'
  | 'is'
  | 'must'
  | 'of-them'
  | 'ordinal'

/** Conventional order of numberings, outermost first (一、（一）1.（1）①, then those inside a sentence). */
export const familyRank: Record<Family, number> = {
  part: 0,
  chapter: 1,
  section: 2,
  article: 3,
  legal: 4,
  chinese: 5,
  stem: 6,
  'half-chinese': 7,
  'paren-chinese': 8,
  arabic: 9,
  decimal: 10,
  'paren-arabic': 11,
  'half-arabic': 12,
  circle: 13,
  letter: 14,
  bullet: 15,
  row: 16,
  ordinal: 20,
  is: 21,
  must: 21,
  'of-them': 21,
}

/** Families of a running sentence: "一是…；二是…". */
export function isSentenceFamily(family: Family): boolean {
  return familyRank[family] >= 20
}

/** Something that looks like a marker; `outline.ts` decides whether it is one. */
export type Candidate = {
  start: number
  /** Where the marker ends and its item's text begins. */
  end: number
  family: Family
  /** The way it is written within its family: "1." and "1、", or the depth of 1.2.3. */
  variant: string
  value: number
  /** All numbers of a decimal marker: 1.2 → [1, 2]. */
  path: readonly number[]
  atLineStart: boolean
}

const numeral = '[一二三四五六七八九十百廿卅]{1,4}'
type Rule = {
  family: Family
  pattern: RegExp
  variant?: (match: RegExpExecArray) => string
  lineStartOnly?: boolean
  value?: (match: RegExpExecArray) => number
  /** Refuses a match by what stands around it. */
  unless?: (before: string, after: string, match: RegExpExecArray) => boolean
}

const enumerating = /^(?:[一二三四五六七八九十]{1,3}(?:、|年级|级|季度|月|类|产业|线|档|批|期|楼|班|孩|轮)|[、,。;])/
const numberBefore = /[\d.·第一二三四五六七八九十百廿卅A-Za-z/~～-]$/
// "1.5万", "3.15", "1、2、3班" are no markers, "1.2026年…" is one.
const continuingNumber = /^\d(?!\d{3}(?:年|-|—|–|~|～|至))/
const bareCounter =
  /^[年月日号个名人位所次世级项大是种条万亿千百点时分周天岁期批届轮套元家支类门张份件本册台组层号楼室班只岁成倍米公%‰]/

const rules: readonly Rule[] = [
  {
    family: 'part',
    pattern: new RegExp(`第(${numeral}|\\d{1,3})(编|篇|部分)`, 'g'),
    lineStartOnly: true,
  },
  { family: 'chapter', pattern: new RegExp(`第(${numeral}|\\d{1,3})章`, 'g'), lineStartOnly: true },
  {
    family: 'section',
    pattern: new RegExp(`第(${numeral}|\\d{1,3})节`, 'g'),
    lineStartOnly: true,
    unless: (_before, after) => after.startsWith('课'),
  },
  {
    family: 'article',
    pattern: new RegExp(`第(${numeral}|\\d{1,3})条`, 'g'),
    lineStartOnly: true,
    unless: (_before, after) => /^(?:第|规定|之|款|、|和|的|至|中)/.test(after),
  },
  {
    family: 'legal',
    pattern: /([壹贰叁参肆伍陆柒捌玖拾]{1,3})[、.]/g,
    unless: (before) => /[第\d壹贰叁肆伍陆柒捌玖拾佰仟万]$/.test(before),
    value: (match) => numeralValue((match[1] ?? '').replaceAll('参', '叁')),
  },
  {
    family: 'chinese',
    pattern: new RegExp(`(${numeral})[、.]`, 'g'),
    unless: (before, after) => numberBefore.test(before) || enumerating.test(after),
  },
  {
    family: 'chinese',
    pattern: new RegExp(`(${numeral}),`, 'g'),
    lineStartOnly: true,
    variant: () => 'comma',
    unless: (_before, after) => enumerating.test(after),
  },
  {
    family: 'stem',
    pattern: /([甲乙丙丁戊己庚辛壬癸])[、.]/g,
    lineStartOnly: true,
    value: (match) => '甲乙丙丁戊己庚辛壬癸'.indexOf(match[1] ?? '') + 1,
    unless: (_before, after) => /^[甲乙丙丁戊己庚辛壬癸]/.test(after),
  },
  {
    family: 'half-chinese',
    pattern: new RegExp(`(${numeral})\\)[、.]?`, 'g'),
    lineStartOnly: true,
  },
  {
    family: 'paren-chinese',
    pattern: new RegExp(
      `(?:\\((${numeral}|[—–ー─])\\)|\\[(${numeral})\\]|〔(${numeral})〕|【(${numeral})】)[、.]?`,
      'g',
    ),
    // A dash inside brackets is a mistyped 一.
    value: (match) => {
      const inner = match[1] ?? match[2] ?? match[3] ?? match[4] ?? ''
      return /^[—–ー─]$/.test(inner) ? 1 : numeralValue(inner)
    },
    unless: (before, after) => /[第附表图]$/.test(before) || after.startsWith('('),
  },
  {
    family: 'paren-chinese',
    pattern: /[㈠-㈩][、.]?/g,
    value: (match) => match[0].charCodeAt(0) - 0x3220 + 1,
  },
  {
    family: 'arabic',
    pattern: /(?<!\d)(\d{1,3})([.、])/g,
    variant: (match) => (match[2] === '、' ? 'dun' : 'dot'),
    unless: (before, after) => numberBefore.test(before) || continuingNumber.test(after) || /^[、.。,;]/.test(after),
  },
  {
    family: 'arabic',
    pattern: /(?<!\d)(\d{1,2}),(?=[\u4e00-\u9fff“《])/g,
    lineStartOnly: true,
    variant: () => 'comma',
  },
  {
    family: 'arabic',
    pattern: /[⒈-⒛]/g,
    variant: () => 'dot',
    value: (match) => match[0].charCodeAt(0) - 0x2488 + 1,
  },
  {
    family: 'arabic',
    pattern: /(?<!\d)(\d{1,2})(?=[\u4e00-\u9fff“《])/g,
    variant: () => 'bare',
    lineStartOnly: true,
    unless: (_before, after) => bareCounter.test(after),
  },
  {
    family: 'decimal',
    pattern: /(?<![\d.])(\d{1,2}(?:\.\d{1,2}){1,3})[.、]?(?=[^\d.%‰])/g,
    lineStartOnly: true,
    variant: (match) => String((match[1] ?? '').split('.').length),
    value: (match) => Number((match[1] ?? '').split('.').at(-1)),
    unless: (_before, after) => /^[万亿千百元倍米个名人公分]/.test(after),
  },
  {
    family: 'paren-arabic',
    pattern: /\((\d{1,2})\)[、.]?/g,
    unless: (before) => /[第附表图件A-Za-z]$/.test(before),
  },
  { family: 'paren-arabic', pattern: /[⑴-⒇][、.]?/g, value: (match) => match[0].charCodeAt(0) - 0x2474 + 1 },
  {
    family: 'half-arabic',
    pattern: /(?<!\d)(\d{1,2})\)[、.]?/g,
    unless: (before) => /[\d(.,年月A-Za-z]$/.test(before),
  },
  {
    family: 'circle',
    pattern: /[①-⑳㉑-㉟❶-❿➀-➉⓵-⓾][、.]?/g,
    value: (match) => circledValue(match[0].charCodeAt(0)),
  },
  {
    family: 'letter',
    pattern: /([A-Za-z])[.、)]/g,
    lineStartOnly: true,
    value: (match) => (match[1] ?? '').toLowerCase().charCodeAt(0) - 96,
    variant: (match) => (/[a-z]/.test(match[1] ?? '') ? 'lower' : 'upper'),
    unless: (_before, after) => /^[A-Za-z]/.test(after),
  },
  {
    family: 'letter',
    pattern: /([Ⅰ-Ⅻ])[.、)]?/g,
    lineStartOnly: true,
    variant: () => 'roman',
    value: (match) => match[0].charCodeAt(0) - 0x2160 + 1,
  },
  {
    family: 'bullet',
    pattern: /[●■◆▲○□▶►•➢◇]|——/g,
    lineStartOnly: true,
    variant: (match) => match[0],
    value: () => 1,
  },
  {
    family: 'is',
    pattern: /([一二三四五六七八九十]{1,2})是/g,
    unless: (before, after) => /[\d第一二三四五六七八九十百]$/.test(before) || /^(?:一|否)(?:是|,)/.test(after),
  },
  {
    family: 'must',
    pattern: /([一二三四五六七八九十]{1,2})要(?![点求素件领务])/g,
    unless: (before) => /[\d第一二三四五六七八九十百]$/.test(before),
  },
  { family: 'of-them', pattern: /其([一二三四五六七八九十]{1,2})[,、是]/g },
  {
    family: 'ordinal',
    pattern: /第([一二三四五六七八九十]{1,2})[,、]/g,
    unless: (_before, after) => after.startsWith('第'),
  },
]

function circledValue(code: number): number {
  if (code <= 0x2473) return code - 0x2460 + 1
  if (code >= 0x3251) return code - 0x3251 + 21
  if (code >= 0x2780) return code - 0x2780 + 1
  if (code >= 0x2776) return code - 0x2776 + 1
  return code - 0x24f5 + 1
}

/** Everything in the document that looks like a marker, in order; of two at one place the longer one. */
export function findCandidates(reading: Reading, enclosures: Enclosures): Candidate[] {
  const { text } = reading
  const found: Candidate[] = []
  for (const rule of rules) {
    for (const match of text.matchAll(rule.pattern)) {
      const start = match.index
      const end = start + match[0].length
      const atLineStart = reading.isLineStart(start)
      if (rule.lineStartOnly === true && !atLineStart) continue
      if (enclosures.isQuoted(start)) continue
      const before = atLineStart ? '' : text.slice(Math.max(0, start - 2), start)
      // "按照第\n（三）项": the reference goes over the line's end.
      const reference = /[第附([〔【]$/.test(text.slice(Math.max(0, start - 1), start))
      let after = text.slice(end, end + 8)
      // A blank after the delimiter ("1. 5所学校") separates the marker from a number.
      const apart = reading.sourceAt(end) - reading.sourceAt(end - 1) > 1
      if (apart && reading.lineAt(end) === reading.lineAt(end - 1) && /^\d/.test(after)) after = ` ${after}`
      if (reference || rule.unless?.(before, after, match) === true) continue
      const value = rule.value?.(match) ?? numeralValue(match[1] ?? '')
      if (!Number.isFinite(value) || value < 1 || value > 199) continue
      found.push({
        start,
        end,
        family: rule.family,
        variant: rule.variant?.(match) ?? '',
        value,
        path: rule.family === 'decimal' ? (match[1] ?? '').split('.').map(Number) : [value],
        atLineStart,
      })
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  return found.filter((candidate, index) => found[index - 1]?.start !== candidate.start)
}
