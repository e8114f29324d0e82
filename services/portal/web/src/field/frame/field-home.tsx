import { Navigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useRights } from '../../app/app-context.tsx'
import { SkeletonLines } from '../../kit/states.tsx'

const SchoolRound = lazy(async () => ({ default: (await import('../visit/school-round.tsx')).SchoolRound }))

/** Supervisors begin with their schools, everybody else with the problems or tasks that concern them. */
export function FieldHome() {
  const rights = useRights()
  if (rights.can('visit.record')) {
    return (
      <Suspense fallback={<SkeletonLines lines={6} />}>
        <SchoolRound />
      </Suspense>
    )
  }
  if (rights.can('problem.read')) return <Navigate to="/problems" replace />
  return <Navigate to={rights.can('plan.read') ? '/tasks' : '/me'} replace />
}
