import { ownersOf } from '@dulian/files'
import { type DataScope, inScope } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import { scopeFactsOf } from '../../problem/scope-facts.ts'
import type { ProblemViews } from '../problems/queries.ts'

/** A piece of evidence is seen by whoever may see a problem that names it. */
export function visibleFile(owners: ViewReader, problems: ProblemViews) {
  return async (scope: DataScope, hash: string): Promise<boolean> => {
    for (const { category, id } of await ownersOf(owners, scope.office, hash)) {
      const problem = category === 'problem' ? await problems.findProblem(scope.office, id) : undefined
      if (problem !== undefined && inScope(scope, scopeFactsOf(problem))) return true
    }
    return false
  }
}
