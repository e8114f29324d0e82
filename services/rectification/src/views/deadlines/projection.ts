import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { problemEvents } from '../../problem/events.ts'

/** One problem's deadline. `waiting`: it counts, and its passing is not on record yet. */
export type Deadline = {
  readonly office: string
  readonly problemId: string
  readonly dueOn: string
  readonly passedDueOn: string | null
  readonly counting: boolean
  readonly waiting: boolean
}

/** 整改期限 that the clock has to look at, in all offices. */
export const deadlinesProjection = defineProjection(
  { name: 'deadlines', revision: 1, collections: { deadlines: { indexes: { byWaiting: ['waiting', 'dueOn'] } } } },
  [
    on(problemEvents, {
      DemandSet: (event, unit) => change(unit, event, { dueOn: event.data.dueOn, counting: true }),
      DeadlineExtended: (event, unit) => change(unit, event, { dueOn: event.data.dueOn }),
      ProblemUrged: (event, unit) => change(unit, event, { dueOn: event.data.dueOn }),
      DeadlinePassed: (event, unit) => change(unit, event, { passedDueOn: event.data.dueOn }),
      RectificationReported: (event, unit) => change(unit, event, { counting: false }),
      RectificationReturned: (event, unit) => change(unit, event, { dueOn: event.data.dueOn, counting: true }),
      ProblemCancelled: (event, unit) => unit.remove('deadlines', streamOf(event).id),
      ReboundFound: (event, unit) => unit.remove('deadlines', streamOf(event).id),
    }),
  ],
)

async function change(
  unit: UnitOfWork,
  event: Pick<Decoded<object>, 'envelope'>,
  to: Partial<Deadline>,
): Promise<void> {
  const { office, id } = streamOf(event)
  const before = await unit.get<Deadline>('deadlines', id)
  if (before === undefined && to.dueOn === undefined) return
  const deadline = { office, problemId: id, passedDueOn: null, counting: false, dueOn: '', ...before, ...to }
  const waiting = deadline.counting && deadline.passedDueOn !== deadline.dueOn
  unit.put('deadlines', id, { ...deadline, waiting } satisfies Deadline)
}
