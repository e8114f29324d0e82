import type { PlanImported, PlanItem } from './events.ts'
import { planYear } from './parse/front-matter.ts'
import type { ParsedItem, ParsedPlan } from './parse/index.ts'
import { itemIdOf } from './plan.ts'

export interface PlanSource {
  readonly fileName: string
  readonly hash: string
  readonly contentHash: string
}

/** The event of an import: the parsed plan with its items in one list, each knowing where it stands. */
export function importedPlan(planId: string, plan: ParsedPlan, year: number, source: PlanSource): PlanImported {
  return {
    title: plan.title.trim() || source.fileName,
    issuer: plan.office ?? null,
    documentNumber: plan.documentNumber ?? null,
    issuedOn: plan.issuedOn ?? null,
    recipients: plan.recipients,
    year,
    preamble: plan.preamble,
    items: flatten(planId, plan.items),
    trailing: plan.trailing,
    source: { ...source },
  }
}

/** The year a plan is for: in "…年工作总结和…年工作重点" the later one, else what the parser reads. */
export function yearOf(plan: ParsedPlan, today: string): number {
  const title = plan.title.replace(/\s+/g, '')
  const ahead = /(?:总结|總結|回顾|回顧).*?(20\d{2})年/.exec(title)?.[1]
  if (ahead !== undefined) return Number(ahead)
  const { preamble, recipients, issuedOn } = plan
  const front = { title: plan.title, recipients, ...(issuedOn === undefined ? {} : { issuedOn }) }
  return planYear(front, preamble) ?? Number(today.slice(0, 4))
}

function flatten(planId: string, items: readonly ParsedItem[]): PlanItem[] {
  const flat: PlanItem[] = []
  const add = (item: ParsedItem, parentId: string | null): void => {
    const order = flat.length + 1
    const itemId = itemIdOf(planId, order)
    const { children, heading, ...printed } = item
    flat.push({
      itemId,
      parentId,
      order,
      ...printed,
      heading: heading ?? null,
      excluded: looksBack(item),
      comprehensiveInspection: namesComprehensiveInspection(item),
    })
    for (const child of children) add(child, itemId)
  }
  for (const item of items) add(item, null)
  return flat
}

/** A review of the year before is no task. */
function looksBack({ heading }: ParsedItem): boolean {
  return /(?:工作|年度?)(?:总结|總結|回顾|回顧)/.test((heading ?? '').replace(/\s+/g, ''))
}

/** 综合督导 as an inspection to be held, not the 综合督导评估 of a person or school. */
function namesComprehensiveInspection({ heading, text }: ParsedItem): boolean {
  return /(?:综合督导|綜合督導)(?!评|評|考|室|方案|办法|辦法)/.test(`${heading ?? ''}${text}`.replace(/\s+/g, ''))
}
