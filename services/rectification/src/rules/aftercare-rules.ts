import { addYears } from '@dulian/calendar'
import { defineRule, ruleAt } from '@dulian/dated-rules'

/** 回头看: the first and the last day, in working days after the cancellation. */
interface ReCheckTerm {
  readonly afterWorkingDays: number
  readonly withinWorkingDays: number
}

export const reCheckTerm = defineRule<ReCheckTerm>({
  id: 're-check-term',
  title: '回头看时限',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '“回头看”机制没有公开规定时限；默认值可调整：销号后满 30 个工作日起，20 个工作日内复查',
      confidence: 'low',
      value: { afterWorkingDays: 30, withinWorkingDays: 20 },
    },
  ],
})

/** For so many years after its cancellation the same problem is the old one again. */
interface ReboundWindow {
  readonly years: number
}

export const reboundWindow = defineRule<ReboundWindow>({
  id: 'rebound-window',
  title: '反弹认定期限',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '反弹认定期限没有公开规定；默认值可调整：同校同一条款销号后 12 个月内再次出现的，认定为反弹',
      confidence: 'low',
      value: { years: 1 },
    },
  ],
})

/** The earliest cancellation that a problem found on a day may be the rebound of. */
export function reboundsSince(day: string): string {
  return addYears(day, -ruleAt(reboundWindow, day).value.years)
}

/** The steps of 督办, from the first notice on; the last holds for all that follow. */
interface UrgingLadder {
  readonly levels: readonly { readonly name: string; readonly consequence: string }[]
}

export const urgingLadder = defineRule<UrgingLadder>({
  id: 'urging-ladder',
  title: '督办分级',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '督办分级没有公开规定；默认值可调整，后果措辞参照《教育督导问责办法》的约谈、通报',
      confidence: 'low',
      value: {
        levels: [
          { name: '督办', consequence: '仍不落实的，将升级为重点督办，并按规定约谈。' },
          { name: '重点督办', consequence: '仍不落实的，将升级为挂牌督办，并按规定予以通报。' },
          { name: '挂牌督办', consequence: '仍不落实的，将按规定予以通报并启动问责。' },
        ],
      },
    },
  ],
})

/** The level of the n-th step, 1 for the first. */
export function urgingLevelAt(step: number, day: string): { level: number; levelName: string; consequence: string } {
  const { levels } = ruleAt(urgingLadder, day).value
  const level = Math.min(Math.max(step, 1), levels.length)
  const found = levels[level - 1]
  if (found === undefined) throw new RangeError(`no level ${level}`)
  return { level, levelName: found.name, consequence: found.consequence }
}

/** How often the limit of one demand may be put off. */
interface ExtensionLimit {
  readonly times: number
}

export const extensionLimit = defineRule<ExtensionLimit>({
  id: 'extension-limit',
  title: '延期次数',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '延期次数没有公开规定；默认值可调整：每项整改要求最多延期两次',
      confidence: 'low',
      value: { times: 2 },
    },
  ],
})
