import { ownersOf } from '@dulian/files'
import type { DataScope } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import type { VisitViews } from '../visits/queries.ts'
import { isVisible } from '../visits/routes.ts'

/** A photograph is seen by whoever may see a visit that names it: a sister zone does not. */
export function visibleFile(owners: ViewReader, visits: VisitViews) {
  return async (scope: DataScope, hash: string): Promise<boolean> => {
    for (const { category, id } of await ownersOf(owners, scope.office, hash)) {
      const visit = category === 'visit' ? await visits.findVisit(scope.office, id) : undefined
      if (visit !== undefined && isVisible(scope, visit)) return true
    }
    return false
  }
}
