import { numeralValue } from './numerals.ts'
import type { ParsedDate } from './parsed-plan.ts'
import type { Reading } from './reading.ts'

type Found = { start: number; end: number; from: string; to: string }
type Rule = {
  pattern: RegExp
  /** The first and last day said, or undefined when the match says none (13月, 2月30日). */
  read: (groups: readonly (string | undefined)[], year: number | undefined) => readonly [string, string] | undefined
}

const dash = '(?:--|[-—–~～－―至到]){1,3}'
const seasons: Record<string, readonly [number, number]> = { 上: [1, 6], 下: [7, 12] }
const placeholder = /[_xX×＿*○\d.]$/

function day(year: number, month: number, date: number): string | undefined {
  if (year < 1949 || year > 2100 || month < 1 || month > 12) return undefined
  if (date < 1 || date > lastDay(year, month)) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function span(from: string | undefined, to: string | undefined): readonly [string, string] | undefined {
  return from === undefined || to === undefined || to < from ? undefined : [from, to]
}

function months(year: number | undefined, first: number, last: number, lastYear = year) {
  if (year === undefined || lastYear === undefined || last < 1 || last > 12) return undefined
  return span(day(year, first, 1), day(lastYear, last, lastDay(lastYear, last)))
}

function thirdOfMonth(year: number, month: number, third: string) {
  const starts: Record<string, number> = { 上旬: 1, 中旬: 11, 下旬: 21, 初: 1, 月初: 1, 中: 11, 底: 21, 末: 21 }
  const from = starts[third] ?? 1
  const to = third === '下旬' || third === '底' || third === '末' ? lastDay(year, month) : from + 9
  return span(day(year, month, from), day(year, month, to))
}

/** "2026", "今", "本" or nothing before a period; undefined when the year is not known. */
function yearOf(said: string | undefined, year: number | undefined): number | undefined {
  if (said === undefined || said === '') return year
  if (/^\d{4}$/.test(said)) return Number(said)
  if (said.startsWith('明')) return year === undefined ? undefined : year + 1
  if (said.startsWith('去') || said.startsWith('上')) return year === undefined ? undefined : year - 1
  return year
}

const yearWord = '(?:(\\d{4}|今|明|去|本)年度?)'

const rules: readonly Rule[] = [
  {
    // 2026年5月20--21日, 2026年5月20日至6月3日, 5月20日—2027年1月5日
    pattern: new RegExp(
      `${yearWord}?(\\d{1,2})月(\\d{1,2})日?${dash}(?:(\\d{4})年)?(?:(\\d{1,2})月)?(\\d{1,2})日`,
      'g',
    ),
    read: ([, y, m, d, y2, m2, d2], year) => {
      const first = yearOf(y, year)
      if (first === undefined) return undefined
      const second = y2 === undefined ? first : Number(y2)
      return span(day(first, Number(m), Number(d)), day(second, Number(m2 ?? m), Number(d2)))
    },
  },
  {
    pattern: new RegExp(`${yearWord}?(\\d{1,2})月(\\d{1,2})日`, 'g'),
    read: ([, y, m, d], year) => {
      const known = yearOf(y, year)
      const only = known === undefined ? undefined : day(known, Number(m), Number(d))
      return span(only, only)
    },
  },
  {
    pattern: /(\d{4})[.\-/](\d{1,2})[.\-/](\d{1,2})(?!\d)/g,
    read: ([, y, m, d]) => {
      const only = day(Number(y), Number(m), Number(d))
      return span(only, only)
    },
  },
  {
    pattern:
      /([二][〇○零][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日/g,
    read: ([, y, m, d]) => {
      const year = numeralValue((y ?? '').replaceAll('○', '〇'))
      const only = day(year, numeralValue(m ?? ''), numeralValue(d ?? ''))
      return span(only, only)
    },
  },
  {
    // 2026年3月至6月, 3—5月
    pattern: new RegExp(
      `${yearWord}?(\\d{1,2})月?份?${dash}(?:(\\d{4})年)?(\\d{1,2})月份?(?:底?前|底)?(?!\\d{1,2}日)`,
      'g',
    ),
    read: ([, y, m, y2, m2], year) => {
      const first = yearOf(y, year)
      return months(first, Number(m), Number(m2), y2 === undefined ? first : Number(y2))
    },
  },
  {
    pattern: new RegExp(`${yearWord}?(\\d{1,2})月(上旬|中旬|下旬|初|底|末)(?!前|之前|以前)`, 'g'),
    read: ([, y, m, third], year) => {
      const known = yearOf(y, year)
      return known === undefined ? undefined : thirdOfMonth(known, Number(m), third ?? '')
    },
  },
  {
    pattern: new RegExp(`${yearWord}?(\\d{1,2})月份?(?:(?:底|末|中旬|上旬|下旬)?(?:之前|以前|前))?(?!\\d)`, 'g'),
    read: ([, y, m], year) => months(yearOf(y, year), Number(m), Number(m)),
  },
  {
    pattern: /(\d{4})[-—–~～－至/]{1,2}(\d{4})学年度?(?:第?([一二上下])学期)?/g,
    read: ([, y, y2, term]) => {
      const first = Number(y)
      if (Number(y2) !== first + 1) return undefined
      if (term === '一' || term === '上') return months(first, 9, 1, first + 1)
      if (term === '二' || term === '下') return months(first + 1, 2, 7)
      return months(first, 9, 8, first + 1)
    },
  },
  {
    pattern: new RegExp(`(\\d{4})年?${dash}(\\d{4})年`, 'g'),
    read: ([, y, y2]) => months(Number(y), 1, 12, Number(y2)),
  },
  {
    pattern: new RegExp(`${yearWord}?([上下])半年(?:底?前)?`, 'g'),
    read: ([, y, half], year) => {
      const [first, last] = seasons[half ?? ''] ?? [1, 12]
      return months(yearOf(y, year), first, last)
    },
  },
  {
    pattern: new RegExp(`${yearWord}?(?:第([一二三四1-4])季度|([一二三四])季度)(?:末|底)?(?:前)?`, 'g'),
    read: ([, y, ordinal, plain], year) => {
      const quarter = numeralValue(ordinal ?? plain ?? '')
      return months(yearOf(y, year), quarter * 3 - 2, quarter * 3)
    },
  },
  {
    // A term of both seasons is the teaching year of the calendar year: from February to the next January's end.
    pattern: new RegExp(`${yearWord}?春[、和]?秋(?:两|二)?季`, 'g'),
    read: ([, y], year) => {
      const known = yearOf(y, year)
      return known === undefined ? undefined : months(known, 2, 1, known + 1)
    },
  },
  {
    pattern: new RegExp(`${yearWord}?([春秋])季(?:学期|开学)?`, 'g'),
    read: ([, y, season], year) => {
      const known = yearOf(y, year)
      if (known === undefined) return undefined
      return season === '春' ? months(known, 2, 7) : months(known, 9, 1, known + 1)
    },
  },
  {
    pattern: new RegExp(`${yearWord}(?:底|末|内)?(?:之前|以前|前)?`, 'g'),
    read: ([, y], year) => months(yearOf(y, year), 1, 12),
  },
  { pattern: /年(?:底|末)(?:之前|以前|前)?|年内|全年/g, read: (_groups, year) => months(year, 1, 12) },
]

/**
 * Dates and periods said between two positions. A month or half-year without a year is of the plan's year; without
 * one, and where a placeholder stands (202_年, xx月), no date is proposed.
 */
export function findDates(reading: Reading, start: number, end: number, year: number | undefined): ParsedDate[] {
  const text = reading.text.slice(start, end)
  if (!/[年月季]|\d{4}/.test(text)) return []
  const taken = new Uint8Array(text.length)
  const found: Found[] = []
  for (const rule of rules) {
    for (const match of text.matchAll(rule.pattern)) {
      const from = match.index
      const to = from + match[0].length
      if (taken[from] === 1 || taken[to - 1] === 1 || taken.subarray(from, to).includes(1)) continue
      const before = text.slice(Math.max(0, from - 4), from)
      const startsWithNumber = /^[\d年]/.test(match[0])
      if (startsWithNumber && (placeholder.test(before) || /[_xX×＿*○]年(?:[_xX×＿*○]{1,2}月)?$/.test(before))) {
        taken.fill(1, from, to)
        continue
      }
      if (/^年/.test(match[0]) && /[\d一二三四五六七八九十两每半周学隔]$/.test(before)) continue
      if (/每(?:年|学年)?$/.test(before) && /^年/.test(match[0])) continue
      if (/^[_xX×＿*○]{1,2}[月日]/.test(text.slice(to, to + 3))) {
        taken.fill(1, from, to)
        continue
      }
      const read = rule.read(match, year)
      if (read === undefined) continue
      taken.fill(1, from, to)
      found.push({ start: from, end: to, from: read[0], to: read[1] })
    }
  }
  found.sort((a, b) => a.start - b.start)
  return found.map(({ start: from, end: to, ...days }) => ({
    text: reading.printed(start + from, start + to),
    ...days,
  }))
}
