import { Link } from '@tanstack/react-router'
import { useMe } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { day, month as monthText, today } from '../../words/format.ts'
import { selfCheckStates } from '../../words/labels.ts'
import { KeptNote } from '../kit/kept-note.tsx'
import { useFieldRead } from '../store/use-field-read.ts'

/** The school's self-checks: what is still to be handed in, and the last ones. */
export function SelfCheckTasks() {
  const me = useMe()
  const read = useFieldRead(me.subject, '/api/inspections/self-checks', { query: { limit: 6 } })
  const checks = read.data?.body.items ?? []
  return (
    <>
      <h2 className="field-group">学校自查</h2>
      <KeptNote keptAt={read.data?.keptAt} />
      {read.isPending && <SkeletonLines lines={3} />}
      {read.isError && <ErrorState error={read.error} onRetry={() => void read.refetch()} />}
      {read.isSuccess && checks.length === 0 && (
        <p className="field-card quiet">还没有开启的自查。每月初系统会自动开启。</p>
      )}
      <ul className="field-list">
        {checks.map((check) => (
          <li key={check.selfCheckId}>
            <Link to={`/self-checks/${check.selfCheckId}`} className="field-row">
              <span className="field-row-words">
                <strong>{monthText(check.period)}自查</strong>
                <span className="quiet">{day(check.dueOn)}前提交</span>
              </span>
              <StateLamp
                kind={check.state === 'submitted' ? 'on-time' : check.dueOn < today() ? 'overdue' : 'due-soon'}
              >
                {selfCheckStates[check.state]}
              </StateLamp>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
