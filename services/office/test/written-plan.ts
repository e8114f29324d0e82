import type { PlanImported } from '../src/plan/events.ts'
import { importedPlan, yearOf } from '../src/plan/import-plan.ts'
import { parsePlan } from '../src/plan/parse/index.ts'
import { contentHashOf } from '../src/plan/plan.ts'

export const planId = '0197a000-0000-7000-8000-000000000900'

/** A fictional plan with sections, an article with parts, bodies, dates and a year's 综合督导. */
export const planText = `示例区2026年教育督导工作要点

为做好2026年教育督导工作，制定本要点。

一、聚焦督政
1.开展综合督导。区政府教育督导委员会每年组织一次综合督导，2026年10月底前完成。（责任单位：区教委、区财政局）
2.做好履职评价。重点做好三件事：一是对照指标开展自查；二是上传印证资料；三是迎接实地核查。（牵头单位：区政府教育督导室，配合单位：区教委）
二、聚焦督学
1.落实挂牌督导。责任督学每月到校不少于1次。
2.开展2025年问题整改。针对2025年市级反馈的问题，逐条整改到位。

示例区人民政府教育督导室
2026年1月15日
`

/** The event that importing a text gives. */
export function written(text = planText, id = planId): PlanImported {
  const plan = parsePlan(text)
  const contentHash = contentHashOf(text)
  return importedPlan(id, plan, yearOf(plan, '2026-03-02'), { fileName: '要点.txt', hash: 'a'.repeat(64), contentHash })
}
