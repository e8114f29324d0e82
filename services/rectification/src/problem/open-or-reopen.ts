import { referenceTo, ruleAt } from '@dulian/dated-rules'
import type { CommandContext, Executed, Streams } from '@dulian/event-sourcing'
import type { NumberRegister } from '../document-register/document-register.ts'
import { reboundsSince, reboundWindow } from '../rules/aftercare-rules.ts'
import type { ProblemViews } from '../views/problems/queries.ts'
import { openProblem } from './decide.ts'
import { hasTaken, reboundAsFound } from './decide-aftercare.ts'
import type { Person, ProblemEvent, ProblemOpened } from './events.ts'
import type { Problem } from './state.ts'

export interface OpenOrReopenOptions {
  readonly problems: Streams<Problem, ProblemEvent>
  readonly numbers: NumberRegister
  readonly views: Pick<ProblemViews, 'findSameGround'>
}

export interface Seen {
  /** The problem it becomes when it is a new one. */
  readonly problemId: string
  readonly opening: Omit<ProblemOpened, 'number'>
  readonly cause: 'finding' | 'entry'
  readonly foundOn: string
  readonly foundBy: Person
  readonly expected?: 'none'
}

export interface OpenedOrReopened extends Pick<Executed<Problem>, 'version' | 'position' | 'repeated'> {
  readonly problemId: string
  readonly number: string
  /** An old problem is open once more. */
  readonly reopened: boolean
}

/**
 * A problem was seen: where the same school had it under the same ground not long ago and it was cancelled, the old one
 * rebounds; else a new one is opened [N9]. Doing it twice is doing it once.
 */
export async function openOrReopen(
  { problems, numbers, views }: OpenOrReopenOptions,
  context: CommandContext,
  seen: Seen,
): Promise<OpenedOrReopened> {
  const { office } = context
  const { problemId, opening, cause, foundOn, foundBy } = seen
  const since = reboundsSince(foundOn)
  const occurrence = {
    cause,
    occurrenceId: problemId,
    findingId: opening.findingId,
    visitId: opening.visitId,
    taskId: opening.taskId,
    description: opening.description,
    evidence: opening.evidence,
    severity: opening.severity,
    source: opening.source,
    rule: referenceTo(ruleAt(reboundWindow, foundOn)),
    since,
    foundOn,
    foundBy,
  }
  const isNew = (await problems.load(office, problemId)).version === 0
  for (const known of isNew ? await views.findSameGround(office, opening.schoolId, opening.ground) : []) {
    const { state } = await problems.load(office, known.problemId)
    if (!hasTaken(state, problemId) && reboundAsFound(occurrence, state).length === 0) continue
    const executed = await problems.execute(known.problemId, context, {
      decide: (current) => reboundAsFound(occurrence, current),
    })
    if (!hasTaken(executed.state, problemId)) continue
    const { version, position, repeated } = executed
    return { problemId: known.problemId, number: known.number, reopened: true, version, position, repeated }
  }
  const number = await numbers.take(context, { series: 'problem', day: opening.openedOn, purpose: problemId })
  const { version, position, repeated } = await problems.execute(problemId, context, {
    ...(seen.expected === undefined ? {} : { expected: seen.expected }),
    decide: (state) => openProblem({ ...opening, number }, state),
  })
  return { problemId, number, reopened: false, version, position, repeated }
}
