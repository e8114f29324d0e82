import {
  type CommandContext,
  comparePositions,
  definePolicy,
  parseStreamName,
  START,
  type Streams,
  when,
} from '@dulian/event-sourcing'
import { type DecisionIssued, decisionEvents } from '../decision/events.ts'
import { setDemand } from '../problem/decide.ts'
import type { ProblemEvent } from '../problem/events.ts'
import type { Problem } from '../problem/state.ts'

/** Sets each listed problem's demand; whatever has it already stays as it is. Answers the newest position among them. */
export async function setDemands(
  problems: Streams<Problem, ProblemEvent>,
  context: CommandContext,
  decisionId: string,
  issued: DecisionIssued,
): Promise<string> {
  const { documentNumber, issuedOn, issuedBy } = issued
  let last = START
  for (const { problemId, demand, dueOn } of issued.problems) {
    const { position } = await problems.execute(problemId, context, {
      decide: (state) => setDemand({ decisionId, documentNumber, demand, dueOn, issuedOn, issuedBy }, state),
    })
    if (comparePositions(position, last) > 0) last = position
  }
  return last
}

/** Finishes what the issuing command began, should it have been cut off between the decision and its problems. */
export function setDemandsWhenDecisionIssued(problems: Streams<Problem, ProblemEvent>) {
  return definePolicy('set-demands-when-decision-issued', [
    when(decisionEvents, {
      DecisionIssued: async ({ data, envelope }, context) => {
        await setDemands(problems, context, parseStreamName(envelope.stream).id, data)
      },
    }),
  ])
}
