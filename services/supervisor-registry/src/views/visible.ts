import type { DataScope } from '@dulian/http-kit'
import { scopeWhere } from '@dulian/http-kit'
import { findAll } from '@dulian/views'
import type { Views } from '../registry.ts'
import { SCHOOLS, type SchoolDocument } from './schools/projection.ts'

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
