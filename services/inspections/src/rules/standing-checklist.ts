import { defineRule, referenceTo, ruleAt } from '@dulian/dated-rules'
import { deterministicId } from '@dulian/event-sourcing'
import type { AppliesTo, ChecklistEdition, ChecklistItem } from '../checklist/checklist-item.ts'
import { kindergartenItems, monthlyItems, monthlyItemsWithProof, officeItems } from './monthly-items.ts'

interface StandingList {
  readonly title: string
  readonly items: readonly ChecklistItem[]
}

const title = '责任督学每月进校督查清单'

const standingList = defineRule<StandingList>({
  id: 'standing-monthly-checklist',
  title: '每月进校督查的通用条目',
  versions: [
    {
      version: 1,
      effectiveFrom: '2023-01-01',
      source: '各区县公开的教育督导工作要点（每月进校园摸排、经常性督导内容）与挂牌督导事项',
      confidence: 'medium',
      value: { title, items: monthlyItems },
    },
    {
      version: 2,
      effectiveFrom: '2026-01-01',
      source:
        '綦江区2026年教育督导工作要点四.3：对学校安全、身心健康、思政课建设、“阴阳课表”、“四个100%”、“双减”等工作进行常态化摸排',
      confidence: 'medium',
      value: { title, items: monthlyItemsWithProof },
    },
  ],
})

const kindergartenList = defineRule<StandingList>({
  id: 'standing-monthly-kindergarten-checklist',
  title: '每月进园督查的通用条目',
  versions: [
    {
      version: 1,
      effectiveFrom: '2019-06-10',
      source:
        '《幼儿园责任督学挂牌督导办法》教督〔2019〕3号：安全管理、规范办园、师德师风；条目为默认值，可由督导室另行起草',
      confidence: 'medium',
      value: { title: '责任督学每月进园督查清单', items: kindergartenItems },
    },
  ],
})

const schools: AppliesTo = { kinds: ['school', 'special', 'vocational', 'training-institution'], stages: [] }
const kindergartens: AppliesTo = { kinds: ['kindergarten'], stages: [] }

/**
 * The list an office uses for a kind of school when it has published none of its own: the common items and the office's
 * own topics. A 幼儿园 has its own; whatever has no list is asked what a school is asked.
 */
export function standingChecklistAt(office: string, day: string, kind = 'school'): ChecklistEdition {
  const forChildren = kind === 'kindergarten'
  const rule = ruleAt(forChildren ? kindergartenList : standingList, day)
  return {
    checklistId: forChildren
      ? deterministicId('standing-checklist', office, kind)
      : deterministicId('standing-checklist', office),
    edition: rule.version,
    title: rule.value.title,
    appliesTo: forChildren ? kindergartens : schools,
    items: [...rule.value.items, ...(forChildren ? [] : (officeItems[office] ?? []))],
    rule: referenceTo(rule),
  }
}
