import type { Calendar } from '@dulian/calendar'
import { standingOn } from '../problems/lamp.ts'
import type { ProblemFacts } from '../problems/problem-document.ts'

/** The same problem in three lists: what it is, what is to be done, who answers. */
interface Listed {
  readonly problemId: string
  readonly number: string
  readonly zoneName: string
  readonly unit: string
  /** Checklist line or clause; the title where there is neither. */
  readonly item: string
  readonly state: ProblemFacts['state']
}

export interface ProblemRow extends Listed {
  readonly title: string
  readonly description: string
  readonly severity: ProblemFacts['severity']
  readonly sourceTitle: string
  readonly sourceYear: number
  readonly openedOn: string
}

export interface TaskRow extends Listed {
  /** The demand; null until a decision is issued, which is then the task. */
  readonly demand: string | null
  readonly dueOn: string | null
  readonly documentNumber: string | null
  readonly workingDaysLeft: number | null
  readonly overdue: boolean
}

export interface ResponsibilityRow {
  readonly zoneName: string
  readonly unit: string
  readonly body: string | null
  readonly supervisorName: string | null
  readonly items: readonly { readonly item: string; readonly problems: number }[]
  readonly problems: number
  readonly open: number
  readonly overdue: number
  readonly cancelled: number
}

/** How many of each list a zone, and within it a unit, has: the three agree. */
export interface ListCount {
  readonly name: string
  readonly problems: number
  readonly tasks: number
  readonly responsibilities: number
}

export interface ThreeLists {
  readonly problems: readonly ProblemRow[]
  readonly tasks: readonly TaskRow[]
  readonly responsibilities: readonly ResponsibilityRow[]
  readonly byZone: readonly ListCount[]
  readonly byUnit: readonly ListCount[]
  readonly byItem: readonly ListCount[]
}

const NO_ZONE = '未划责任区'

/** 问题清单、任务清单、责任清单 of one set of problems, in the order of zone, unit and item [X2]. */
export function threeLists(given: readonly ProblemFacts[], day: string, calendar: Calendar): ThreeLists {
  const sorted = given
    .map((problem) => ({ problem, listed: listedOf(problem), standing: standingOn(problem, day, calendar) }))
    .sort(
      ({ listed: one }, { listed: other }) =>
        compare(one.zoneName, other.zoneName) ||
        compare(one.unit, other.unit) ||
        compare(one.item, other.item) ||
        compare(one.number, other.number),
    )
  const problems = sorted.map(({ problem, listed }) => ({
    ...listed,
    title: problem.title,
    description: problem.description,
    severity: problem.severity,
    sourceTitle: problem.sourceTitle,
    sourceYear: problem.sourceYear,
    openedOn: problem.openedOn,
  }))
  const tasks = sorted.map(({ problem, listed, standing }) => ({
    ...listed,
    demand: problem.demand,
    dueOn: problem.dueOn,
    documentNumber: problem.documentNumber,
    workingDaysLeft: standing.workingDaysLeft,
    overdue: standing.overdue,
  }))
  const responsibilities = [...Map.groupBy(sorted, ({ problem }) => `${problem.schoolId}|${problem.body ?? ''}`)].map(
    ([, own]): ResponsibilityRow => {
      const [first] = own
      if (first === undefined) throw new RangeError('a group without members')
      return {
        zoneName: first.listed.zoneName,
        unit: first.listed.unit,
        body: first.problem.body,
        supervisorName:
          own.findLast(({ problem }) => problem.open)?.problem.supervisorName ?? first.problem.supervisorName,
        items: [...Map.groupBy(own, ({ listed }) => listed.item)].map(([item, same]) => ({
          item,
          problems: same.length,
        })),
        problems: own.length,
        open: own.filter(({ problem }) => problem.open).length,
        overdue: own.filter(({ standing }) => standing.overdue).length,
        cancelled: own.filter(({ problem }) => !problem.open).length,
      }
    },
  )
  // Counted in each list by itself: that they agree is to be seen, not supposed.
  const counts = (key: 'zoneName' | 'unit' | 'item', inCharge: (name: string) => number): ListCount[] =>
    [...new Set(problems.map((row) => row[key]))].map((name) => ({
      name,
      problems: problems.filter((row) => row[key] === name).length,
      tasks: tasks.filter((row) => row[key] === name).length,
      responsibilities: inCharge(name),
    }))
  const summed = (rows: readonly ResponsibilityRow[]): number => rows.reduce((sum, row) => sum + row.problems, 0)
  return {
    problems,
    tasks,
    responsibilities,
    byZone: counts('zoneName', (name) => summed(responsibilities.filter((row) => row.zoneName === name))),
    byUnit: counts('unit', (name) => summed(responsibilities.filter((row) => row.unit === name))),
    byItem: counts('item', (name) =>
      responsibilities
        .flatMap(({ items }) => items)
        .filter(({ item }) => item === name)
        .reduce((sum, one) => sum + one.problems, 0),
    ),
  }
}

function listedOf(problem: ProblemFacts): Listed {
  const { problemId, number, schoolName, state } = problem
  const item = problem.groundItem ?? problem.groundClause ?? problem.title
  return { problemId, number, zoneName: problem.zoneName ?? NO_ZONE, unit: schoolName, item, state }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
