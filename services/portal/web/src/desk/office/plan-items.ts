import type { Body, PlanDate, PlanItem, PlanProposal, PlanQuantity } from '../../api/types.ts'
import { day } from '../../words/format.ts'

type ParsedItem = PlanProposal['plan']['items'][number]

/** An item as the reading table shows it, whether proposed or stored. */
export interface ReadingItem {
  readonly key: string
  readonly itemId: string | undefined
  readonly marker: string
  readonly level: number
  readonly heading: string
  readonly text: string
  readonly bodies: readonly Body[]
  readonly dates: readonly PlanDate[]
  readonly quantities: readonly PlanQuantity[]
  readonly role: PlanItem['role'] | undefined
  readonly excluded: boolean
  readonly becomesTask: boolean | null
  readonly comprehensiveInspection: boolean
  readonly note: string | null
  readonly printed: { heading: string; text: string } | undefined
}

export function fromProposal(items: readonly ParsedItem[], prefix = ''): ReadingItem[] {
  return items.flatMap((item, index) => {
    const key = `${prefix}${index}`
    const own: ReadingItem = {
      key,
      itemId: undefined,
      marker: item.marker,
      level: item.level,
      heading: item.heading ?? '',
      text: item.text,
      bodies: item.bodies,
      dates: item.dates,
      quantities: item.quantities,
      role: undefined,
      excluded: false,
      becomesTask: null,
      comprehensiveInspection: false,
      note: null,
      printed: undefined,
    }
    return [own, ...fromProposal(item.children, `${key}.`)]
  })
}

export function fromPlan(items: readonly PlanItem[]): ReadingItem[] {
  return [...items]
    .sort((one, other) => one.order - other.order)
    .map((item) => ({
      key: item.itemId,
      itemId: item.itemId,
      marker: item.marker,
      level: item.level,
      heading: item.heading ?? '',
      text: item.text,
      bodies: item.bodies,
      dates: item.dates,
      quantities: item.quantities,
      role: item.role,
      excluded: item.excluded,
      becomesTask: item.becomesTask,
      comprehensiveInspection: item.comprehensiveInspection,
      note: item.note,
      printed: item.printed === null ? undefined : { heading: item.printed.heading ?? '', text: item.printed.text },
    }))
}

export function dateWords(date: PlanDate): string {
  return date.from === date.to ? day(date.from) : `${day(date.from)} 至 ${day(date.to)}`
}

const comparators: Record<string, string> = { '>=': '不低于', '<=': '不超过', '>': '超过', '<': '低于', '≈': '约' }

export function quantityWords(quantity: PlanQuantity): string {
  const unit = quantity.unit === '比例' ? '' : (quantity.unit ?? '')
  const value =
    quantity.unit === '比例' && quantity.value > 0 ? `1∶${Math.round(1 / quantity.value)}` : String(quantity.value)
  return `${quantity.comparator === undefined ? '' : (comparators[quantity.comparator] ?? '')}${value}${unit}`
}
