import type { CurrentItem } from './state.ts'

/**
 * What an item is for the division of tasks.
 * `task`: one task, with all that stands in it unless those are tasks of their own · `part`: belongs to the task
 * around it · `group`: only holds others together · `excluded`: none of it becomes a task.
 */
export type ItemRole = 'task' | 'part' | 'group' | 'excluded'

type Outlined = Pick<
  CurrentItem,
  'itemId' | 'parentId' | 'marker' | 'heading' | 'text' | 'bodies' | 'excluded' | 'becomesTask'
>

/** 一是, 第一，, ①, （1）, 1), a., ——: what counts up inside one matter rather than one matter after another. */
const enumerating =
  /^(?:[一二三四五六七八九十]{1,3}(?:是|要|则|来)|第[一二三四五六七八九十]{1,3}[，,、]|首先|其次|再次|最后|[①-⑳⑴-⒇]|[（(]\d{1,2}[）)]|\d{1,2}[）)]|[A-Za-z][.．、）)]|[-—–●•·■◆▪*]+)/

/**
 * Proposes what becomes a task. A leaf does. An item whose sub-items only enumerate (一是…；二是…) is one task with
 * them; but sub-items with responsible bodies of their own are tasks. A section is a group, and a task beside its
 * items when it says something itself. A person's word on an item overrules the proposal.
 */
export function outlineRoles(items: readonly Outlined[]): ReadonlyMap<string, ItemRole> {
  const children = Map.groupBy(items, ({ parentId }) => parentId)
  const roles = new Map<string, ItemRole>()
  const visit = (item: Outlined, within: 'open' | 'task' | 'excluded'): void => {
    const below = children.get(item.itemId) ?? []
    const role = within === 'open' ? roleOf(item, below) : within === 'task' ? 'part' : 'excluded'
    roles.set(item.itemId, item.excluded ? 'excluded' : role)
    let inside = within
    if (item.excluded) inside = 'excluded'
    else if (role === 'task' && !standsBesideItsItems(item, below)) inside = 'task'
    for (const child of below) visit(child, inside)
  }
  for (const item of children.get(null) ?? []) visit(item, 'open')
  return roles
}

function roleOf(item: Outlined, below: readonly Outlined[]): ItemRole {
  // The title of a further plan, or a signature between two.
  if (item.marker === '') return 'group'
  if (item.becomesTask !== null) return item.becomesTask ? 'task' : 'group'
  if (below.length === 0 || isOneMatter(item, below)) return 'task'
  return saysSomething(item) ? 'task' : 'group'
}

/** Whether the items below are tasks too, rather than parts of this one. */
function standsBesideItsItems(item: Outlined, below: readonly Outlined[]): boolean {
  return item.becomesTask !== true && below.length > 0 && !isOneMatter(item, below)
}

function isOneMatter(item: Outlined, below: readonly Outlined[]): boolean {
  if (below.some(({ bodies }) => bodies.length > 0)) return false
  return below.every(({ marker }) => enumerating.test(marker.trim())) || /[：:]$/.test(item.text.trim())
}

/** A sentence of substance, not the head of a table or a bare "如下：". */
function saysSomething({ text }: Outlined): boolean {
  const said = text.replace(/\s+/g, '')
  return said.length >= 30 && /[。；;！!]/.test(said)
}
