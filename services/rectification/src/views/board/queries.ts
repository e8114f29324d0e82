import { addDays, type Calendar } from '@dulian/calendar'
import type { Where } from '@dulian/views'
import { type Lamp, standingOn } from '../problems/lamp.ts'
import type { ProblemFacts } from '../problems/problem-document.ts'
import type { ProblemsAsOf } from '../problems/queries.ts'
import { lampWhere } from '../problems/routes.ts'

export interface BoardTile {
  readonly problemId: string
  readonly number: string
  readonly title: string
  readonly severity: ProblemFacts['severity']
  readonly schoolId: string
  readonly schoolName: string
  readonly zoneName: string | null
  /** Who is to put it right: the school, with the member body that answers beside it. */
  readonly unit: string
  readonly body: string | null
  readonly state: ProblemFacts['state']
  readonly lamp: Lamp
  readonly workingDaysLeft: number | null
  readonly dueOn: string | null
  readonly urgings: number
}

export interface UnitCounts {
  readonly id: string
  readonly name: string
  readonly open: number
  readonly dueSoon: number
  readonly overdue: number
}

/** `openedFrom` and `openedTo` are the list's own filters: each bar opens its problems [D4]. */
export interface Age {
  readonly days: string
  readonly openedFrom: string | null
  readonly openedTo: string
  readonly count: number
}

export interface Board {
  readonly asOf: string
  readonly totals: {
    readonly open: number
    readonly onTime: number
    readonly dueSoon: number
    readonly overdue: number
    readonly awaitingVerification: number
    readonly cancelled: number
  }
  readonly tiles: readonly BoardTile[]
  /** Open problems beyond the tiles shown. */
  readonly more: number
  /** Every problem, closed ones too, by the stage it is in. */
  readonly funnel: readonly { readonly state: ProblemFacts['state']; readonly count: number }[]
  /** Open problems by the days since their opening. */
  readonly ageing: readonly Age[]
  readonly byUnit: readonly UnitCounts[]
  readonly byZone: readonly UnitCounts[]
  readonly byBody: readonly UnitCounts[]
}

/** More tiles than this nobody can read on a wall; the counts are of all. */
export const MOST_TILES = 600

/** The wall board [D3]: counts asked from the same documents as the list, so that both always agree. */
export async function boardOf(problems: ProblemsAsOf, where: Where, calendar: Calendar): Promise<Board> {
  const { day } = problems
  const open: Where = { ...where, open: true }
  const dueSoon: Where = { ...where, ...lampWhere('due-soon', day, calendar) }
  const overdue: Where = { ...where, ...lampWhere('overdue', day, calendar) }
  const units = async (by: readonly [id: string, name: string]): Promise<UnitCounts[]> =>
    unitCounts(await problems.group(by, open), await problems.group(by, dueSoon), await problems.group(by, overdue))
  const [all, soon, late, waiting, closed, tiles, stages, ageing, byUnit, byZone, byBody] = await Promise.all([
    problems.count(open),
    problems.count(dueSoon),
    problems.count(overdue),
    problems.count({ ...where, state: 'reported' }),
    problems.count({ ...where, open: false }),
    problems.list(open, { sort: [['sortDue', 'asc']], limit: MOST_TILES }),
    problems.group(['state'], where),
    ageingOf(problems, open),
    units(['schoolId', 'schoolName']),
    units(['zoneId', 'zoneName']),
    units(['body', 'body']),
  ])
  return {
    asOf: day,
    totals: {
      open: all,
      onTime: all - soon - late,
      dueSoon: soon,
      overdue: late,
      awaitingVerification: waiting,
      cancelled: closed,
    },
    tiles: tiles.items.map((problem) => tileOf(problem, day, calendar)),
    more: Math.max(0, all - tiles.items.length),
    funnel: funnelStages.map((state) => ({ state, count: stages.find(({ key }) => key[0] === state)?.count ?? 0 })),
    ageing,
    byUnit,
    byZone,
    byBody,
  }
}

const funnelStages = ['opened', 'rebounded', 'demanded', 'returned', 'reported', 'verified', 'cancelled'] as const

/** Calendar days: the usual bands of a month, a quarter and longer. */
const ageBands = [
  [0, 30],
  [31, 90],
  [91, null],
] as const

async function ageingOf(problems: ProblemsAsOf, open: Where): Promise<Age[]> {
  const { openedOn: asked, ...rest } = open
  // A filter on the opening day already says which age is meant.
  if (asked !== undefined) return []
  return await Promise.all(
    ageBands.map(async ([from, to]) => {
      const openedTo = from === 0 ? problems.openedUpTo : addDays(problems.day, -from)
      const openedFrom = to === null ? null : addDays(problems.day, -to)
      const openedOn = { lte: openedTo, ...(openedFrom === null ? {} : { gte: openedFrom }) }
      const count = await problems.count({ ...rest, openedOn })
      return { days: to === null ? `${from}天以上` : `${from}—${to}天`, openedFrom, openedTo, count }
    }),
  )
}

function tileOf(problem: ProblemFacts, day: string, calendar: Calendar): BoardTile {
  const { lamp, workingDaysLeft } = standingOn(problem, day, calendar)
  return {
    problemId: problem.problemId,
    number: problem.number,
    title: problem.title,
    severity: problem.severity,
    schoolId: problem.schoolId,
    schoolName: problem.schoolName,
    zoneName: problem.zoneName,
    unit: problem.body === null ? problem.schoolName : `${problem.schoolName}（${problem.body}）`,
    body: problem.body,
    state: problem.state,
    lamp,
    workingDaysLeft,
    dueOn: problem.running ? problem.dueOn : null,
    urgings: problem.urgings,
  }
}

type Groups = Awaited<ReturnType<ProblemsAsOf['group']>>

/** A unit may appear under two names on a past day when it was renamed; its counts stay together under its id. */
function unitCounts(open: Groups, dueSoon: Groups, overdue: Groups): UnitCounts[] {
  const units = new Map<string, { id: string; name: string; open: number; dueSoon: number; overdue: number }>()
  const add = (groups: Groups, field: 'open' | 'dueSoon' | 'overdue'): void => {
    for (const { key, count } of groups) {
      const [id, name] = key
      if (typeof id !== 'string') continue
      const unit = units.get(id) ?? { id, name: String(name ?? ''), open: 0, dueSoon: 0, overdue: 0 }
      unit[field] += count
      units.set(id, unit)
    }
  }
  add(open, 'open')
  add(dueSoon, 'dueSoon')
  add(overdue, 'overdue')
  return [...units.values()].sort((a, b) => b.overdue - a.overdue || b.open - a.open || (a.name < b.name ? -1 : 1))
}
