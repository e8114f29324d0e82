import { Link } from '@tanstack/react-router'
import { useRead } from '../../app/use-read.ts'
import { selfCheckStates } from '../../words/labels.ts'

/** The school's own check of the month a visit belongs to. */
export function SelfCheckOf({ schoolId, day }: { schoolId: string; day: string }) {
  const query = { schoolId, period: day.slice(0, 7), limit: 1 }
  const check = useRead('/api/inspections/self-checks', { query }).data?.body.items[0]
  if (check === undefined) return '—'
  return (
    <Link to={`/self-checks/${check.selfCheckId}`}>
      {check.state === 'submitted' ? `已提交，答“否” ${check.negatives} 项` : selfCheckStates[check.state]}
    </Link>
  )
}
