import type { CommandContext, Streams } from '@dulian/event-sourcing'
import { type DataScope, requireInScope } from '@dulian/http-kit'
import { rectificationError } from '../errors.ts'
import type { ProblemViews } from '../views/problems/queries.ts'
import type { ProblemEvent } from './events.ts'
import { scopeFactsOf } from './scope-facts.ts'
import type { Problem } from './state.ts'

export interface ProblemInScope {
  readonly state: Exclude<Problem, { stage: 'none' }>
  readonly version: number
  readonly zoneId: string | null
  readonly supervisorId: string | null
}

/** The problem, if it exists for this person. The view knows who answers for the school now; the opening, who did then. */
export function problemsInScope(problems: Streams<Problem, ProblemEvent>, views: Pick<ProblemViews, 'findProblem'>) {
  return async (id: string, context: CommandContext, scope: DataScope): Promise<ProblemInScope> => {
    const { office } = context
    const { state, version } = await problems.get(office, id)
    if (state.stage === 'none') throw rectificationError('PROBLEM_NOT_FOUND')
    const known = (await views.findProblem(office, id)) ?? state.facts
    requireInScope(scope, scopeFactsOf({ ...known, office }))
    return { state, version, zoneId: known.zoneId, supervisorId: known.supervisorId }
  }
}
