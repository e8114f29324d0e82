import { chinaDate } from '@dulian/calendar'
import { on, type ProjectionPart, type UnitOfWork } from '@dulian/event-sourcing'
import { clockEvents } from '@dulian/service-host'
import { inbox } from '../../integration/consume.ts'
import type { ProblemFacts, ProblemLabels } from './problem-document.ts'
import { relabelled } from './relabelled.ts'

type Posting = { readonly supervisorId: string | null; readonly supervisorName: string | null; readonly from: string }

/** A school as problems are filed under it, with the problems that follow its labels. */
export type LabelledSchool = ProblemLabels & {
  readonly office: string
  readonly schoolId: string
  readonly status: 'unknown' | 'open' | 'closed'
  readonly postings: readonly Posting[]
  readonly problemIds: readonly string[]
}

/** Postings announced for a day to come, under that day. */
type Awaited = { readonly schoolIds: readonly string[] }
type LastDay = { readonly date: string }

const CLOCK = 'last-day'

/** Collections that `labelParts` keeps in a view beside its problems. */
export const labelCollections = {
  schools: { indexes: { byName: ['office', 'schoolName'] } },
  awaited: { indexes: {} },
  clock: { indexes: {} },
} as const

/** Gives a problem its new labels; `time` is when the change became known. */
export type Relabel = (
  unit: UnitOfWork,
  problemId: string,
  labels: ProblemLabels,
  cause: { readonly time: string; readonly what: 'school' | 'posting' },
) => Promise<void>

/** Follows schools and postings, so that a problem is seen by whoever answers for its school now. */
export function labelParts(relabel: Relabel): readonly ProjectionPart[] {
  const relabelAll = async (
    unit: UnitOfWork,
    school: LabelledSchool,
    cause: { readonly time: string; readonly what: 'school' | 'posting' },
  ): Promise<void> => {
    unit.put('schools', school.schoolId, school)
    await unit.prefetch('problems', school.problemIds)
    for (const problemId of school.problemIds) await relabel(unit, problemId, labelsOf(school), cause)
  }
  const keepSchool = async (
    unit: UnitOfWork,
    data: { readonly office: string; readonly schoolId: string; readonly name: string } & Pick<
      ProblemLabels,
      'zoneId' | 'zoneName'
    >,
    time: string,
  ): Promise<void> => {
    const { office, schoolId, name, zoneId, zoneName } = data
    const school = await schoolOf(unit, office, schoolId)
    const status = school.status === 'closed' ? 'closed' : 'open'
    await relabelAll(unit, { ...school, schoolName: name, zoneId, zoneName, status }, { time, what: 'school' })
  }
  return [
    on(inbox, {
      SchoolRegistered: ({ data, envelope }, unit) => keepSchool(unit, data, envelope.time),
      SchoolChanged: ({ data, envelope }, unit) => keepSchool(unit, data, envelope.time),
      SchoolClosed: async ({ data }, unit) => {
        const school = await schoolOf(unit, data.office, data.schoolId)
        unit.put('schools', data.schoolId, { ...school, status: 'closed' })
      },
      PostingChanged: async ({ data, envelope }, unit) => {
        const { office, schoolId, supervisorId, supervisorName, from } = data
        const school = await schoolOf(unit, office, schoolId)
        const postings = [
          ...school.postings.filter((posting) => posting.from < from),
          { supervisorId, supervisorName, from },
        ]
        const today = await dayOf(unit, envelope.time)
        const cause = { time: envelope.time, what: 'posting' } as const
        await relabelAll(unit, postedOn({ ...school, postings }, today), cause)
        if (from > today) {
          const awaited = await unit.get<Awaited>('awaited', from)
          unit.put('awaited', from, { schoolIds: [...new Set([...(awaited?.schoolIds ?? []), schoolId])].sort() })
        }
      },
    }),
    on(clockEvents, {
      DayBegan: async ({ data, envelope }, unit) => {
        unit.put('clock', CLOCK, { date: data.date } satisfies LastDay)
        const awaited = await unit.get<Awaited>('awaited', data.date)
        if (awaited === undefined) return
        for (const schoolId of awaited.schoolIds) {
          const school = await unit.get<LabelledSchool>('schools', schoolId)
          if (school === undefined) continue
          await relabelAll(unit, postedOn(school, data.date), { time: envelope.time, what: 'posting' })
        }
        unit.remove('awaited', data.date)
      },
    }),
  ]
}

/**
 * Files a problem under its school, so that it follows the school's labels from now on. The finding may be older than
 * the school's newest name and zone: those count.
 */
export async function fileUnderSchool<P extends ProblemFacts>(unit: UnitOfWork, problem: P): Promise<P> {
  const school = await schoolOf(unit, problem.office, problem.schoolId)
  if (!school.problemIds.includes(problem.problemId)) {
    unit.put('schools', problem.schoolId, { ...school, problemIds: [...school.problemIds, problem.problemId] })
  }
  if (school.status === 'unknown') return problem
  return relabelled(problem, labelsOf(school), 'school') ?? problem
}

async function schoolOf(unit: UnitOfWork, office: string, schoolId: string): Promise<LabelledSchool> {
  const known = await unit.get<LabelledSchool>('schools', schoolId)
  return (
    known ?? {
      office,
      schoolId,
      status: 'unknown',
      schoolName: '',
      zoneId: null,
      zoneName: null,
      supervisorId: null,
      supervisorName: null,
      postings: [],
      problemIds: [],
    }
  )
}

/** The school with whoever is posted on that day. */
function postedOn(school: LabelledSchool, day: string): LabelledSchool {
  const posting = school.postings.findLast(({ from }) => from <= day)
  return {
    ...school,
    supervisorId: posting?.supervisorId ?? null,
    supervisorName: posting?.supervisorName ?? null,
  }
}

function labelsOf({ schoolName, zoneId, zoneName, supervisorId, supervisorName }: ProblemLabels): ProblemLabels {
  return { schoolName, zoneId, zoneName, supervisorId, supervisorName }
}

/** The day an event belongs to; never before the last day that began, so that a clock set back loses no posting. */
async function dayOf(unit: UnitOfWork, time: string): Promise<string> {
  const day = chinaDate(time)
  const began = await unit.get<LastDay>('clock', CLOCK)
  return began !== undefined && began.date > day ? began.date : day
}
