import { addDays, type Calendar } from '@dulian/calendar'
import type { Where } from '@dulian/views'
import { type Lamp, standingOn } from '../problems/lamp.ts'
import type { ProblemFacts } from '../problems/problem-document.ts'
import type { ProblemTile } from '../problems/problem-tile.ts'
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

/**
 * The wall board [D3]: counted from the same documents as the list, so that both always agree. As long as every open problem
 * has its tile, the tiles are counted; only beyond that the view is asked for each count, which costs as much again.
 */
export async function boardOf(
  problems: ProblemsAsOf,
  where: Where,
  calendar: Calendar,
  mostTiles = MOST_TILES,
): Promise<Board> {
  const { day } = problems
  const open: Where = { ...where, open: true }
  const [found, cancelled, stages] = await Promise.all([
    problems.tiles(where, { sort: [['sortDue', 'asc']], limit: mostTiles }),
    problems.count({ ...where, open: false }),
    problems.group(['state'], where),
  ])
  const tiles = found.items.map((problem) => tileOf(problem, day, calendar))
  const bands = open.openedOn === undefined ? ageBandsOf(problems) : []
  const counts =
    found.nextCursor === undefined
      ? countTiles(found.items, tiles, bands)
      : await askCounts(problems, open, { bands, calendar })
  const { totals, ageing, byUnit, byZone, byBody } = counts
  return {
    asOf: day,
    totals: { ...totals, onTime: totals.open - totals.dueSoon - totals.overdue, cancelled },
    tiles,
    more: totals.open - tiles.length,
    funnel: funnelStages.map((state) => ({ state, count: stages.find(({ key }) => key[0] === state)?.count ?? 0 })),
    ageing: bands.map((band, place) => ({ ...band, count: ageing[place] ?? 0 })),
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

type Band = Omit<Age, 'count'>

function ageBandsOf({ day, openedUpTo }: ProblemsAsOf): readonly Band[] {
  return ageBands.map(([from, to]) => ({
    days: to === null ? `${from}天以上` : `${from}—${to}天`,
    openedFrom: to === null ? null : addDays(day, -to),
    openedTo: from === 0 ? openedUpTo : addDays(day, -from),
  }))
}

/** What is counted of the open problems. */
interface Counts {
  readonly totals: Pick<Board['totals'], 'open' | 'dueSoon' | 'overdue' | 'awaitingVerification'>
  /** By age band, in their order. A filter on the opening day already says which age is meant: then there is no band. */
  readonly ageing: readonly number[]
  readonly byUnit: readonly UnitCounts[]
  readonly byZone: readonly UnitCounts[]
  readonly byBody: readonly UnitCounts[]
}

function countTiles(problems: readonly ProblemTile[], tiles: readonly BoardTile[], bands: readonly Band[]): Counts {
  const count = (lamp: Lamp): number => tiles.filter((tile) => tile.lamp === lamp).length
  const units = (of: (problem: ProblemTile) => readonly [id: string | null, name: string | null]): UnitCounts[] => {
    const open = problems.map((problem) => ({ key: of(problem), count: 1 }))
    const ofLamp = (lamp: Lamp) => open.filter((_, place) => tiles[place]?.lamp === lamp)
    return unitCounts(open, ofLamp('due-soon'), ofLamp('overdue'))
  }
  return {
    totals: {
      open: tiles.length,
      dueSoon: count('due-soon'),
      overdue: count('overdue'),
      awaitingVerification: tiles.filter(({ state }) => state === 'reported').length,
    },
    ageing: bands.map(
      ({ openedFrom, openedTo }) =>
        problems.filter(({ openedOn }) => openedOn <= openedTo && (openedFrom === null || openedOn >= openedFrom))
          .length,
    ),
    byUnit: units(({ schoolId, schoolName }) => [schoolId, schoolName]),
    byZone: units(({ zoneId, zoneName }) => [zoneId, zoneName]),
    byBody: units(({ body }) => [body, body]),
  }
}

async function askCounts(
  problems: ProblemsAsOf,
  open: Where,
  { bands, calendar }: { readonly bands: readonly Band[]; readonly calendar: Calendar },
): Promise<Counts> {
  const { open: _, openedOn: __, ...where } = open
  const dueSoon: Where = { ...open, ...lampWhere('due-soon', problems.day, calendar) }
  const overdue: Where = { ...open, ...lampWhere('overdue', problems.day, calendar) }
  const units = async (by: readonly [id: string, name: string]): Promise<UnitCounts[]> =>
    unitCounts(await problems.group(by, open), await problems.group(by, dueSoon), await problems.group(by, overdue))
  const [all, soon, late, waiting, ageing, byUnit, byZone, byBody] = await Promise.all([
    problems.count(open),
    problems.count(dueSoon),
    problems.count(overdue),
    problems.count({ ...open, state: 'reported' }),
    Promise.all(
      bands.map(({ openedFrom, openedTo }) =>
        problems.count({
          ...where,
          open: true,
          openedOn: { lte: openedTo, ...(openedFrom === null ? {} : { gte: openedFrom }) },
        }),
      ),
    ),
    units(['schoolId', 'schoolName']),
    units(['zoneId', 'zoneName']),
    units(['body', 'body']),
  ])
  return {
    totals: { open: all, dueSoon: soon, overdue: late, awaitingVerification: waiting },
    ageing,
    byUnit,
    byZone,
    byBody,
  }
}

function tileOf(problem: ProblemTile, day: string, calendar: Calendar): BoardTile {
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

interface Group {
  readonly key: readonly unknown[]
  readonly count: number
}

/** A unit may appear under two names on a past day when it was renamed; its counts stay together under its id, and the first name in order. */
function unitCounts(open: readonly Group[], dueSoon: readonly Group[], overdue: readonly Group[]): UnitCounts[] {
  const units = new Map<string, { id: string; name: string; open: number; dueSoon: number; overdue: number }>()
  const add = (groups: readonly Group[], field: 'open' | 'dueSoon' | 'overdue'): void => {
    for (const { key, count } of groups) {
      const [id, name] = key
      if (typeof id !== 'string') continue
      const called = String(name ?? '')
      const unit = units.get(id) ?? { id, name: called, open: 0, dueSoon: 0, overdue: 0 }
      if (called < unit.name) unit.name = called
      unit[field] += count
      units.set(id, unit)
    }
  }
  add(open, 'open')
  add(dueSoon, 'dueSoon')
  add(overdue, 'overdue')
  return [...units.values()].sort((a, b) => b.overdue - a.overdue || b.open - a.open || (a.name < b.name ? -1 : 1))
}
