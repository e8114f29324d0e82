/** A problem as the list shows it. */
export interface DemoProblem {
  readonly problemId: string
  readonly number: string
  readonly schoolId: string
  readonly title: string
  readonly description: string
  readonly state: string
  readonly overdue: boolean
  readonly urgings: number
  readonly dueOn: string | null
  readonly openedOn: string
  readonly version: number
}

export type Act = 'report' | 'return' | 'verify' | 'cancel' | 'urge' | 'extend'

/**
 * How schools differ. `prompt`: done well before the date · `sloppy`: the first report is returned · `slow-office`: the report
 * lies unread · `unsigned`: verified, waits for the director · `late`: overdue and nobody has urged yet · `urged`: overdue,
 * urged, then done · `extended`: asks for more time.
 */
const courses = ['prompt', 'late', 'sloppy', 'slow-office', 'prompt', 'urged', 'unsigned', 'extended'] as const
export type Course = (typeof courses)[number]

/** Days before the end of the story in which a course may still hang; what is older has been brought to its end. */
const UNSETTLED = 75

export function courseOf(problem: Pick<DemoProblem, 'number'>): Course {
  return courses[Number(problem.number.match(/\d+$/)?.[0] ?? 0) % courses.length] ?? 'prompt'
}

/** What is returned in so many days before the end stays with the school. */
export const CORRECTING = 10

/** Calendar days from the decision to its date; those decided last fall due around the end of the story. */
export function daysGiven(problem: Pick<DemoProblem, 'number'>, daysLeft: number): number {
  const spread = Number(problem.number.match(/\d+$/)?.[0] ?? 0)
  if (courseOf(problem) === 'late' && daysLeft > 8) return Math.max(5, Math.min(20, daysLeft - 4 - (spread % 9)))
  if (daysLeft < 25) return daysLeft + 1 + ((spread * 5) % 16)
  return 12 + (spread % 3) * 5
}

/** What happens to a problem on a day, if anything. `daysToDue` is negative when overdue; `daysLeft` are those of the story. */
export function nextAct(
  problem: DemoProblem,
  day: { readonly daysToDue: number; readonly age: number; readonly daysLeft: number },
): Act | undefined {
  const course = courseOf(problem)
  const settled = day.age + day.daysLeft > UNSETTLED
  switch (problem.state) {
    case 'demanded':
      if (problem.overdue) {
        if (problem.urgings === 0) return (course === 'urged' || settled) && day.daysToDue <= -6 ? 'urge' : undefined
        return undefined
      }
      if (course === 'extended' && day.daysToDue === 3 && problem.version < 4) return 'extend'
      if (problem.urgings > 0) return day.daysToDue <= 4 ? 'report' : undefined
      if (course === 'late' || course === 'urged') return undefined
      // Due just after the story's end: the boards of today have something that is due soon.
      if (day.daysLeft < 6 && day.daysToDue > day.daysLeft) return undefined
      return day.daysToDue <= 5 ? 'report' : undefined
    case 'returned':
      return day.daysLeft < CORRECTING ? undefined : 'report'
    case 'reported':
      if (course === 'sloppy' && problem.version < 5) return 'return'
      return course !== 'slow-office' || settled ? 'verify' : undefined
    case 'verified':
      return course !== 'unsigned' || settled ? 'cancel' : undefined
    default:
      return undefined
  }
}
