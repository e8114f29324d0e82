import { appliesToSchool } from '../checklist/checklist-item.ts'
import type { KnownSchool } from '../views/known-schools/known-school.ts'
import type { KnownSchools } from '../views/known-schools/queries.ts'
import type { CampaignPlan, CampaignSchool, CampaignScope } from './events.ts'

/** The open schools that a plan's scope names and its checklist is for, by name. */
export async function schoolsInReach(
  office: string,
  { scope, checklist }: Pick<CampaignPlan, 'scope' | 'checklist'>,
  schools: KnownSchools,
): Promise<KnownSchool[]> {
  const open = await schools.listSchools({ office, status: 'open' })
  return open.filter((school) => isNamed(scope, school) && appliesToSchool(checklist.appliesTo, school))
}

/** Each with whoever is posted there now. */
export function campaignSchoolsOf(reach: readonly KnownSchool[]): CampaignSchool[] {
  return reach.map(({ schoolId, name, zoneId, zoneName, supervisorId, supervisorName }) => ({
    schoolId,
    schoolName: name,
    zoneId,
    zoneName,
    supervisorId,
    supervisorName,
  }))
}

function isNamed(scope: CampaignScope, school: KnownSchool): boolean {
  if (scope.schoolIds.length > 0) return scope.schoolIds.includes(school.schoolId)
  const among = (wanted: readonly string[], value: string | null) =>
    wanted.length === 0 || (value !== null && wanted.includes(value))
  return (
    among(scope.kinds, school.kind) &&
    among(scope.stages, school.stage) &&
    among(scope.ownerships, school.ownership) &&
    among(scope.zoneIds, school.zoneId)
  )
}
