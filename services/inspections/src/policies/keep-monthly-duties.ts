import { chinaDate } from '@dulian/calendar'
import { ruleAt } from '@dulian/dated-rules'
import {
  type CommandContext,
  definePolicy,
  type EventStore,
  parseStreamName,
  type Streams,
  when,
} from '@dulian/event-sourcing'
import { awaitPosition, clockEvents, type ViewReader } from '@dulian/service-host'
import { inbox } from '../integration/consume.ts'
import { beginDuty, countVisit, missDuty, reassignDuty, waiveDuty } from '../monthly-duty/decide.ts'
import type { DutyParties, MonthlyDutyEvent } from '../monthly-duty/events.ts'
import { monthlyDutyId } from '../monthly-duty/monthly-duty.ts'
import { type MonthlyDuty, partiesOfDuty } from '../monthly-duty/state.ts'
import { visitFrequency } from '../rules/visit-frequency.ts'
import type { CoveredMonth } from '../views/coverage/projection.ts'
import { type KnownSchool, postingOn } from '../views/known-schools/known-school.ts'
import { DUTIES, type DutyDocument } from '../views/monthly-duties/projection.ts'
import { pageByPage } from '../views/page-by-page.ts'
import { visitEvents } from '../visit/events.ts'

interface Options {
  readonly duties: Streams<MonthlyDuty, MonthlyDutyEvent>
  /** The views of what is known of schools, of the visits by month, and of the duties. */
  readonly schools: ViewReader
  readonly visits: ViewReader
  readonly dutiesView: ViewReader
  readonly store: Pick<EventStore, 'head'>
}

/**
 * Every school has its visit of the month: begun when the month (or, in its course, the school) begins, following the
 * posting from day to day, missed when the month is over. Days that begin belatedly, after a long stop, begin each month
 * once; schools are gone through a page at a time.
 */
export function keepMonthlyDuties({ duties, schools, visits, dutiesView, store }: Options) {
  /** Decided on the duty itself: the view may not show yet what this policy made of the event before. */
  const keep = async (school: KnownSchool, date: string, context: CommandContext, since = date): Promise<void> => {
    const month = date.slice(0, 7)
    const covered = await visits.get<CoveredMonth>('months', `${month}:${school.schoolId}`)
    const earlier = covered?.document.visits.map(({ visitId, visitedOn }) => ({ visitId, visitedOn })) ?? []
    const rule = ruleAt(visitFrequency, date)
    const parties = partiesOn(school, date)
    await duties.execute(
      monthlyDutyId(month, school.schoolId),
      { ...context, office: school.office },
      {
        decide: (state) =>
          state.stage === 'none'
            ? beginDuty({ month, parties, rule, earlier }, state)
            : reassignDuty({ parties, on: date, since }, state),
      },
    )
  }

  /** The duties of a page of schools: those that stand in the view as they should are left alone. */
  const keepAll = async (page: readonly KnownSchool[], date: string, context: CommandContext): Promise<void> => {
    const month = date.slice(0, 7)
    const visited = page.filter((school) => isVisited(school, date))
    const known = await dutiesView.getMany<DutyDocument>(
      DUTIES,
      visited.map(({ schoolId }) => monthlyDutyId(month, schoolId)),
    )
    for (const school of visited) {
      const duty = known.get(monthlyDutyId(month, school.schoolId))?.document
      const isKept =
        duty !== undefined && JSON.stringify(partiesOn(school, date)) === JSON.stringify(partiesOfDuty(duty))
      if (!isKept) await keep(school, date, context)
    }
  }

  const schoolChanged = async (
    { office, schoolId }: { readonly office: string; readonly schoolId: string },
    position: string,
    context: CommandContext,
    since?: string | null,
  ): Promise<void> => {
    await awaitPosition(schools, position)
    const found = await schools.get<KnownSchool>('schools', schoolId)
    const date = chinaDate(context.at)
    if (found?.document.office !== office || !isVisited(found.document, date)) return
    await awaitPosition(visits, position)
    await keep(found.document, date, context, since ?? undefined)
  }

  return definePolicy('keep-monthly-duties', [
    when(clockEvents, {
      DayBegan: async ({ data: { date }, envelope }, context) => {
        for (const view of [schools, visits]) await awaitPosition(view, envelope.position)
        // Days that begin belatedly stand one behind the other, and what the former of them began behind them all.
        await awaitPosition(dutiesView, await store.head())
        const over = { state: 'due', month: { lt: date.slice(0, 7) } }
        for await (const page of pageByPage<DutyDocument>(dutiesView, DUTIES, { where: over })) {
          for (const { dutyId, office } of page) {
            await duties.execute(dutyId, { ...context, office }, { decide: (state) => missDuty({ date }, state) })
          }
        }
        for await (const page of pageByPage<KnownSchool>(schools, 'schools', { where: { status: 'open' } })) {
          await keepAll(page, date, context)
        }
      },
    }),
    when(inbox, {
      SchoolRegistered: ({ data, envelope }, context) => schoolChanged(data, envelope.position, context),
      SchoolChanged: ({ data, envelope }, context) => schoolChanged(data, envelope.position, context, data.validFrom),
      PostingChanged: ({ data, envelope }, context) => schoolChanged(data, envelope.position, context, data.from),
      SchoolClosed: async ({ data: { office, schoolId, closedOn } }, context) => {
        await duties.execute(
          monthlyDutyId(chinaDate(context.at).slice(0, 7), schoolId),
          { ...context, office },
          { decide: (state) => waiveDuty({ closedOn }, state) },
        )
      },
    }),
    when(visitEvents, {
      VisitRecorded: async ({ data: { schoolId, visitedOn }, envelope }, context) => {
        const { id: visitId } = parseStreamName(envelope.stream)
        await duties.execute(monthlyDutyId(visitedOn.slice(0, 7), schoolId), context, {
          decide: (state) => countVisit({ visitId, visitedOn }, state),
        })
      },
    }),
  ])
}

/** Whether a school is to be visited in the month of a day: open, of one of the rule's kinds, and known by then. */
function isVisited(school: KnownSchool, date: string): boolean {
  const { kinds } = ruleAt(visitFrequency, date).value
  const isKnown = (school.knownSince ?? '').slice(0, 7) <= date.slice(0, 7)
  return kinds.includes(school.kind) && school.status === 'open' && isKnown
}

function partiesOn(school: KnownSchool, date: string): DutyParties {
  const posting = postingOn(school.postings, date)
  return {
    schoolId: school.schoolId,
    schoolName: school.name,
    kind: school.kind as DutyParties['kind'],
    zoneId: school.zoneId,
    zoneName: school.zoneName,
    supervisorId: posting?.supervisorId ?? null,
    supervisorName: posting?.supervisorName ?? null,
  }
}
