import { useRights } from '../../app/app-context.tsx'
import { Redirect } from '../../app/redirect.tsx'
import { SchoolRound } from '../visit/school-round.tsx'

/** Supervisors begin with their schools, everybody else with the problems or tasks that concern them. */
export function FieldHome() {
  const rights = useRights()
  if (rights.can('visit.record')) return <SchoolRound />
  if (rights.can('problem.read')) return <Redirect to="/problems" />
  return <Redirect to={rights.can('plan.read') ? '/tasks' : '/me'} />
}
