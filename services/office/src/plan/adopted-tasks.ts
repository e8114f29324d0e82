import { withLead } from './bodies.ts'
import type { AdoptedTask, PlanItem } from './events.ts'
import { type ItemRole, outlineRoles } from './outline-roles.ts'
import { taskIdOf } from './plan.ts'
import type { CurrentItem } from './state.ts'

export interface PlanFacts {
  readonly planId: string
  readonly issuer: string | null
  readonly year: number
  readonly items: readonly CurrentItem[]
}

/** The tasks into which a plan is divided, in the order of its items. Pure: the same items give the same tasks. */
export function adoptedTasks(plan: PlanFacts): AdoptedTask[] {
  const outline = new PlanOutline(plan.items)
  const office = officeBody(plan)
  return plan.items
    .filter((item) => outline.roles.get(item.itemId) === 'task')
    .map((item) => {
      const whole = [item, ...outline.partsOf(item)]
      const { bodies, lead } = withLead(outline.bodiesOf(item), office)
      return {
        taskId: taskIdOf(plan.planId, item.itemId),
        itemId: item.itemId,
        order: item.order,
        itemPath: outline.pathOf(item),
        title: titleOf(item),
        text: whole.map(printed).join('\n'),
        bodies,
        lead,
        dueOn: outline.dueOn(item, plan.year),
        comprehensiveInspection: whole.some((part) => part.comprehensiveInspection),
      }
    })
}

/** Who leads when an item names nobody: the office itself, by the name the document gives it. */
export function officeBody({ issuer, items }: Pick<PlanFacts, 'issuer' | 'items'>): string {
  const named = items.flatMap(({ bodies }) => bodies).find(({ name }) => /教育督[导導]室$/.test(name))
  return named?.name ?? (issuer === null ? '本级教育督导室' : `${issuer}教育督导室`)
}

class PlanOutline {
  readonly roles: ReadonlyMap<string, ItemRole>
  readonly #items: readonly CurrentItem[]
  readonly #byId: ReadonlyMap<string, CurrentItem>
  readonly #children: Map<string | null, CurrentItem[]>

  constructor(items: readonly CurrentItem[]) {
    this.roles = outlineRoles(items)
    this.#items = items
    this.#byId = new Map(items.map((item) => [item.itemId, item]))
    this.#children = Map.groupBy(items, ({ parentId }) => parentId)
  }

  /** What stands in an item without being a task of its own, in order. */
  partsOf(item: CurrentItem): CurrentItem[] {
    const below = this.#children.get(item.itemId) ?? []
    return below
      .filter(({ itemId }) => this.roles.get(itemId) === 'part')
      .flatMap((child) => [child, ...this.partsOf(child)])
  }

  /** Its own, else those its parts name, else those of the nearest item above. */
  bodiesOf(item: CurrentItem): PlanItem['bodies'] {
    const below = this.partsOf(item).find(({ bodies }) => bodies.length > 0)
    const named = [item, ...(below === undefined ? [] : [below]), ...this.#above(item).toReversed()]
    return named.find(({ bodies }) => bodies.length > 0)?.bodies ?? []
  }

  /** The latest day the item names within or after the plan's year, else that of an item above, else the year's end. */
  dueOn(item: CurrentItem, year: number): string {
    const first = `${year}-01-01`
    const named = [
      [item, ...this.partsOf(item)],
      ...this.#above(item)
        .toReversed()
        .map((above) => [above]),
    ]
    for (const group of named) {
      const days = group.flatMap(({ dates }) => dates.map(({ to }) => to)).filter((to) => to >= first)
      const latest = days.toSorted().at(-1)
      if (latest !== undefined) return latest
    }
    return `${year}-12-31`
  }

  /** The markers from the top; a further plan in the same document stands first with its title. */
  pathOf(item: CurrentItem): string {
    const markers = [...this.#above(item), item].map(({ marker }) => marker.trim())
    const top = this.#above(item)[0] ?? item
    const section = this.#items.findLast(
      ({ marker, heading, order }) => marker === '' && heading !== null && order < top.order,
    )
    return [...(section?.heading == null ? [] : [section.heading]), ...markers].join(' › ')
  }

  /** From the top down to the parent. */
  #above(item: CurrentItem): CurrentItem[] {
    const parent = item.parentId === null ? undefined : this.#byId.get(item.parentId)
    return parent === undefined ? [] : [...this.#above(parent), parent]
  }
}

/** The heading, else the first clause of the text. */
function titleOf(item: CurrentItem): string {
  const said = (item.heading ?? '').trim() || (item.text.trim().split(/[。；;！!\n\t]/)[0] ?? '')
  const title = said.replace(/\s+/g, '').replace(/[。；;：:，,]+$/, '')
  const letters = [...title]
  return letters.length <= 60 ? title : `${letters.slice(0, 59).join('')}…`
}

function printed(item: CurrentItem): string {
  return `${item.marker}${item.heading ?? ''}${item.text}`.trim()
}
