import type { ProblemFacts, ProblemLabels } from './problem-document.ts'

/**
 * A problem under its school's new labels, or `undefined` when nothing changes. A new school name or zone holds for
 * all its problems; a new supervisor takes over what is open or still to be re-checked, not what is closed. Nobody posted leaves who found it.
 */
export function relabelled<P extends ProblemFacts>(
  problem: P,
  labels: ProblemLabels,
  what: 'school' | 'posting',
): P | undefined {
  const change: Partial<ProblemLabels> =
    what === 'school'
      ? { schoolName: labels.schoolName, zoneId: labels.zoneId, zoneName: labels.zoneName }
      : (problem.open || problem.reCheckOpen) && labels.supervisorId !== null
        ? { supervisorId: labels.supervisorId, supervisorName: labels.supervisorName }
        : {}
  const fields = Object.keys(change) as (keyof ProblemLabels)[]
  if (fields.every((field) => problem[field] === change[field])) return undefined
  return { ...problem, ...change }
}
