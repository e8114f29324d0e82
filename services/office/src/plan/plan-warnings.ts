import { z } from 'zod'
import type { ParsedItem, ParsedPlan } from './parse/index.ts'

/** Something a person should look at before importing; nothing of it stands in the way. */
export const PlanWarning = z.object({ code: z.string(), detail: z.string(), path: z.string().optional() })
export type PlanWarning = z.infer<typeof PlanWarning>

/** What is worth a look in a parsed plan; `lost` is what `lostCharacters` says of it. */
export function planWarnings(lost: string, plan: ParsedPlan): PlanWarning[] {
  const warnings: PlanWarning[] = []
  const items = flat(plan.items)
  if (lost !== '') {
    warnings.push({ code: 'CHARACTERS_LOST', detail: `有 ${lost.length} 个字符没有归入任何条目：“${short(lost)}”。` })
  }
  if (items.length === 0) {
    warnings.push({ code: 'NO_ITEMS', detail: '没有识别出带序号的条目，全文作为前言保留。' })
  }
  for (const { heading } of plan.items.filter(({ marker }) => marker === '')) {
    if (heading !== undefined)
      warnings.push({ code: 'FURTHER_PLAN', detail: `文件中还有另一份计划：《${heading.trim()}》，其条目接在后面。` })
  }
  if (items.length > 0 && items.every(({ bodies }) => bodies.length === 0)) {
    warnings.push({ code: 'NO_BODIES', detail: '全文没有写明责任单位，采纳后各项任务暂由本室牵头，请在任务中调整。' })
  }
  for (const item of items) {
    const placeholder = /(?:20[\dxX×]?_+|202_|[xX×]{2,}|[xX×](?=[个月日所名位次年届]))/.exec(
      `${item.heading ?? ''}${item.text}`,
    )?.[0]
    if (placeholder !== undefined) {
      warnings.push({
        code: 'PLACEHOLDER',
        detail: `条目“${short(item.heading ?? item.text)}”中有待填写的占位符“${placeholder}”。`,
        path: item.marker,
      })
    }
  }
  if (
    !items.some(({ heading, text: said }) => /综合督导|綜合督導/.test(`${heading ?? ''}${said}`.replace(/\s+/g, '')))
  ) {
    warnings.push({
      code: 'NO_COMPREHENSIVE_INSPECTION',
      detail: '没有提到年度综合督导。办结计划前须有一项综合督导完成，可在校正时标记。',
    })
  }
  return warnings
}

function flat(items: readonly ParsedItem[]): ParsedItem[] {
  return items.flatMap((item) => [item, ...flat(item.children)])
}

function short(text: string): string {
  const letters = [...text.replace(/\s+/g, '')]
  return letters.length <= 20 ? letters.join('') : `${letters.slice(0, 20).join('')}…`
}
