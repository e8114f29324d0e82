import type { Problem } from '../../api/types.ts'
import { useRead } from '../../app/use-read.ts'
import { isFresh, type Tally } from './work-line.tsx'

/** Every problem not yet cancelled that the person sees, the nearest date first; asked once for all lines of the 工作台. */
export function useOpenProblems(enabled = true) {
  const reading = useRead(
    '/api/rectification/problems',
    { query: { open: 'true', limit: 200, sort: 'due' } },
    { enabled, every: 60_000 },
  )
  const body = reading.data?.body
  /** Those that wait for the person in this way. */
  const tallyOf = (waits: (problem: Problem) => boolean): Tally | undefined => {
    if (body === undefined) return undefined
    const found = body.items.filter(waits)
    return {
      total: found.length,
      more: (body.nextCursor ?? null) !== null,
      late: found.filter(({ lamp }) => lamp === 'overdue').length,
      due: found.filter(({ lamp }) => lamp === 'due-soon').length,
      fresh: found.filter(({ openedOn }) => isFresh(openedOn)).length,
    }
  }
  return { reading, problems: body?.items, tallyOf }
}
