import { Navigate } from '@tanstack/react-router'
import { useRights } from '../../app/app-context.tsx'
import { SchoolRound } from '../visit/school-round.tsx'

/** Supervisors begin with their schools, everybody else with the problems or tasks that concern them. */
export function FieldHome() {
  const rights = useRights()
  if (rights.can('visit.record')) return <SchoolRound />
  if (rights.can('problem.read')) return <Navigate to="/problems" replace />
  return <Navigate to={rights.can('plan.read') ? '/tasks' : '/me'} replace />
}
