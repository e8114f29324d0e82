import { addDays, chinaDate } from '@dulian/calendar'
import { defineProjection, on, type UnitOfWork } from '@dulian/event-sourcing'
import { clockEvents } from '@dulian/service-host'
import { inbox } from '../../integration/consume.ts'
import { visitEvents } from '../../visit/events.ts'
import { type KnownSchool, type KnownSupervisor, standingOn, unknownSchool, withPosting } from './known-school.ts'

/** Postings announced for a day to come, under that day. */
type Awaited = { readonly schoolIds: readonly string[] }
type LastDay = { readonly date: string }

const CLOCK = 'last-day'

/** 学校、督学、任务 as far as visits need them, with who is posted where and how many problems are open. */
export const knownSchoolsProjection = defineProjection(
  {
    name: 'known-schools',
    revision: 4,
    collections: {
      schools: {
        indexes: {
          byName: ['office', 'name'],
          byStatus: ['office', 'status', 'name'],
          bySupervisor: ['office', 'supervisorId', 'name'],
          byZone: ['office', 'zoneId', 'name'],
          bySchool: ['office', 'schoolId', 'name'],
          // Across offices, for the clock.
          everyOpen: ['status', 'schoolId'],
        },
      },
      supervisors: { indexes: { byName: ['office', 'name'] } },
      tasks: { indexes: { byTitle: ['office', 'title'] } },
      awaited: { indexes: {} },
      clock: { indexes: {} },
    },
  },
  [
    on(inbox, {
      SchoolRegistered: ({ data, envelope }, unit) => keepSchool(unit, data, chinaDate(envelope.time)),
      SchoolChanged: ({ data, envelope }, unit) => keepSchool(unit, data, chinaDate(envelope.time)),
      SchoolClosed: ({ data }, unit) =>
        change(unit, data.office, data.schoolId, (school) => ({
          ...school,
          status: 'closed',
          closedOn: data.closedOn,
        })),
      SupervisorAppointed: ({ data }, unit) => {
        const { office, supervisorId, name, termFrom, termTo } = data
        unit.put('supervisors', supervisorId, { office, supervisorId, name, termFrom, termTo })
      },
      SupervisorDismissed: async ({ data }, unit) => {
        const known = await unit.get<KnownSupervisor>('supervisors', data.supervisorId)
        if (known === undefined) return
        const termTo = addDays(data.dismissedOn, -1)
        if (termTo < known.termTo) unit.put('supervisors', data.supervisorId, { ...known, termTo })
      },
      PostingChanged: async ({ data, envelope }, unit) => {
        const { office, schoolId, supervisorId, supervisorName, from } = data
        const today = await dayOf(unit, envelope.time)
        await change(unit, office, schoolId, (school) =>
          standingOn(
            { ...school, postings: withPosting(school.postings, { supervisorId, supervisorName, from }) },
            today,
          ),
        )
        if (from > today) {
          const awaited = await unit.get<Awaited>('awaited', from)
          unit.put('awaited', from, { schoolIds: [...new Set([...(awaited?.schoolIds ?? []), schoolId])].sort() })
        }
      },
      TaskAssigned: ({ data }, unit) => {
        const { office, taskId, title, planTitle, itemPath } = data
        unit.put('tasks', taskId, { office, taskId, title, planTitle, itemPath })
      },
      ProblemOpened: ({ data }, unit) => change(unit, data.office, data.schoolId, withOpen(data.problemId)),
      ProblemRebounded: ({ data }, unit) => change(unit, data.office, data.schoolId, withOpen(data.problemId)),
      ProblemCancelled: ({ data }, unit) =>
        change(unit, data.office, data.schoolId, (school) => ({
          ...school,
          openProblemIds: school.openProblemIds.filter((id) => id !== data.problemId),
        })),
    }),
    on(visitEvents, {
      VisitRecorded: ({ data, envelope }, unit) =>
        change(unit, envelope.meta.office, data.schoolId, (school) => ({
          ...school,
          lastVisitOn: later(school.lastVisitOn, data.visitedOn),
        })),
    }),
    on(clockEvents, {
      DayBegan: async ({ data }, unit) => {
        unit.put('clock', CLOCK, { date: data.date })
        const awaited = await unit.get<Awaited>('awaited', data.date)
        if (awaited === undefined) return
        for (const schoolId of awaited.schoolIds) {
          const school = await unit.get<KnownSchool>('schools', schoolId)
          if (school !== undefined) unit.put('schools', schoolId, standingOn(school, data.date))
        }
        unit.remove('awaited', data.date)
      },
    }),
  ],
)

/** A problem that came back counts once, as it did before. */
function withOpen(problemId: string) {
  return (school: KnownSchool): KnownSchool => ({
    ...school,
    openProblemIds: [...new Set([...school.openProblemIds, problemId])],
  })
}

async function keepSchool(
  unit: UnitOfWork,
  data: Pick<
    KnownSchool,
    'office' | 'schoolId' | 'name' | 'kind' | 'stage' | 'ownership' | 'zoneId' | 'zoneName' | 'enrolment'
  >,
  on: string,
): Promise<void> {
  const { office, schoolId, name, kind, stage, ownership, zoneId, zoneName, enrolment } = data
  await change(unit, office, schoolId, (school) => ({
    ...school,
    name,
    kind,
    stage,
    ownership,
    zoneId,
    zoneName,
    enrolment,
    status: school.status === 'closed' ? 'closed' : 'open',
    knownSince: school.knownSince ?? on,
  }))
}

async function change(
  unit: UnitOfWork,
  office: string,
  schoolId: string,
  to: (school: KnownSchool) => KnownSchool,
): Promise<void> {
  const known = await unit.get<KnownSchool>('schools', schoolId)
  unit.put('schools', schoolId, to(known ?? unknownSchool(office, schoolId)))
}

/** The day an event belongs to; never before the last day that began, so that a clock set back loses no posting. */
async function dayOf(unit: UnitOfWork, time: string): Promise<string> {
  const began = await unit.get<LastDay>('clock', CLOCK)
  return later(began?.date ?? null, chinaDate(time))
}

function later(a: string | null, b: string): string {
  return a !== null && a > b ? a : b
}
