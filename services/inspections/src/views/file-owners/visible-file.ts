import { ownersOf } from '@dulian/files'
import type { DataScope } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import type { KnownSchools } from '../known-schools/queries.ts'
import type { SelfCheckViews } from '../self-checks/queries.ts'
import { isInSight } from '../self-checks/routes.ts'
import type { VisitViews } from '../visits/queries.ts'
import { isVisible } from '../visits/routes.ts'

interface Owning {
  readonly visits: VisitViews
  readonly selfChecks: SelfCheckViews
  readonly schools: KnownSchools
}

/** A photograph is seen by whoever may see a visit or self-check that names it: a sister zone does not. */
export function visibleFile(owners: ViewReader, { visits, selfChecks, schools }: Owning) {
  const sees = async (scope: DataScope, category: string, id: string): Promise<boolean> => {
    if (category === 'visit') {
      const visit = await visits.findVisit(scope.office, id)
      return visit !== undefined && isVisible(scope, visit)
    }
    const check = await selfChecks.findSelfCheck(scope.office, id)
    return check !== undefined && (await isInSight(scope, check, schools))
  }
  return async (scope: DataScope, hash: string): Promise<boolean> => {
    for (const { category, id } of await ownersOf(owners, scope.office, hash)) {
      if (await sees(scope, category, id)) return true
    }
    return false
  }
}
