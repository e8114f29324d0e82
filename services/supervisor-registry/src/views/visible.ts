import type { DataScope } from '@dulian/http-kit'
import { scopeWhere } from '@dulian/http-kit'
import type { Where } from '@dulian/views'
import type { Views } from '../registry.ts'
import { findAll } from './find-all.ts'
import { SCHOOLS, type SchoolDocument } from './schools/projection.ts'

/**
 * A list's filters within what a person may see; `undefined` when they ask for something outside it, which for them
 * does not exist.
 */
export function within(scope: DataScope, filters: Where): Where | undefined {
  const limits = scopeWhere(scope)
  for (const [field, limit] of Object.entries(limits)) {
    const asked = filters[field]
    if (asked !== undefined && asked !== limit) return undefined
  }
  return { ...filters, ...limits }
}

/** The schools a narrower scope reaches; only for scopes other than the whole office. */
export async function visibleSchools(views: Views, scope: DataScope): Promise<readonly SchoolDocument[]> {
  return await findAll<SchoolDocument>(views.schoolsView, SCHOOLS, {
    where: scopeWhere(scope),
    sort: [['code', 'asc']],
  })
}

/** The supervisors a person sees: of the whole office (`undefined`), else those of the visible schools and the person. */
export async function visibleSupervisorIds(views: Views, scope: DataScope): Promise<readonly string[] | undefined> {
  if (scope.kind === 'office') return undefined
  const schools = await visibleSchools(views, scope)
  const ids = new Set(schools.flatMap(({ supervisorId }) => (supervisorId === null ? [] : [supervisorId])))
  if (scope.kind === 'supervisor' && scope.value !== undefined) ids.add(scope.value)
  return [...ids]
}
