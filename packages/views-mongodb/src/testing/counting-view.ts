import { type DocumentWrite, isViewError, type SpaceDefinition, type ViewSpace } from '@dulian/views'

export const COUNTING: SpaceDefinition = {
  name: 'counting',
  revision: 1,
  collections: { items: { indexes: { byDate: ['office', 'date'] }, tokens: 'words' }, others: { indexes: {} } },
}

/** What commit `n` writes: two documents of `items`, one of `others`, a deletion of what the commit before made, with `filling` characters in each. */
export function writesOf(n: number, filling = 0): DocumentWrite[] {
  const version = String(n)
  const document = { office: 'yc', date: version, words: ['督导'], n, filling: '督'.repeat(filling) }
  return [
    { collection: 'items', id: 'same', version, document },
    { collection: 'items', id: `new-${n}`, version, document },
    { collection: 'items', id: `new-${n - 1}`, version, document: null },
    { collection: 'others', id: 'same', version, document },
  ]
}

/** How far each part of the view has come; equal numbers when commits are whole. */
export async function reachedIn(space: ViewSpace): Promise<number[]> {
  const items = await space.find('items', { where: { office: 'yc' }, sort: [['date', 'asc']] })
  const other = await space.get<{ n: number }>('others', 'same')
  const reached = [Number(await space.position()), Number(other?.document.n ?? 0)]
  for (const { document } of items.items) reached.push(Number(document.n))
  for (const { id } of items.items) if (id !== 'same') reached.push(Number(id.slice(4)))
  const parked = await space.parked()
  for (const { eventId } of parked) reached.push(Number(eventId))
  return reached
}

/** What `ask` answers once the server does; whoever asks too early is told that the views are unavailable. */
export async function onceAvailable<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!isViewError(error, 'VIEWS_UNAVAILABLE')) throw error
    }
  }
}
