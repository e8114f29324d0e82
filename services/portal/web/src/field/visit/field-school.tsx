import { Link, useParams } from '@tanstack/react-router'
import { useMe } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { count, day } from '../../words/format.ts'
import { visitStates } from '../../words/labels.ts'
import { lampOfProblem, limitWords } from '../../words/lamps.ts'
import { FieldHead } from '../kit/field-head.tsx'
import { KeptNote } from '../kit/kept-note.tsx'
import { useFieldRead } from '../store/use-field-read.ts'
import { StartVisit } from './start-visit.tsx'
import { useScheduledVisits } from './use-scheduled-visits.ts'

/** One of my schools: what is open there, when somebody was last there. */
export function FieldSchool() {
  const me = useMe()
  const { schoolId = '' } = useParams({ strict: false }) as { schoolId?: string }
  const mine = useFieldRead(me.subject, '/api/inspections/my-schools', {})
  const problems = useFieldRead(me.subject, '/api/rectification/problems', { query: { schoolId, limit: 20 } })
  const visits = useFieldRead(me.subject, '/api/inspections/visits', { query: { schoolId, limit: 10 } })
  const scheduled = useScheduledVisits().visits.find((visit) => visit.schoolId === schoolId)
  const school = mine.data?.body.items.find((one) => one.schoolId === schoolId)
  const open = problems.data?.body.items.filter((problem) => problem.state !== 'cancelled') ?? []
  return (
    <>
      <FieldHead title={school?.name ?? '学校'} back="/" />
      <main className="field-content">
        <KeptNote keptAt={problems.data?.keptAt} />
        {mine.isPending && <SkeletonLines lines={4} />}
        {mine.isError && <ErrorState error={mine.error} onRetry={() => void mine.refetch()} />}
        {mine.isSuccess && school === undefined && <EmptyState title="没有这所学校">它可能不再由您负责。</EmptyState>}
        {school !== undefined && (
          <section className="field-card">
            <p>
              {school.zoneName ?? '未划责任区'} ·{' '}
              {school.enrolment === null ? '人数未填报' : `${count(school.enrolment)} 人`}
            </p>
            <p>上次走访：{day(school.lastVisitOn)}</p>
            {scheduled !== undefined && (
              <p>
                已安排：{day(scheduled.scheduledFor)} · {scheduled.checklistTitle}
              </p>
            )}
            <StartVisit schoolId={school.schoolId} schoolName={school.name} label="开始督查" large />
          </section>
        )}
        <h2 className="field-group">未销号的问题（{open.length}）</h2>
        {problems.isSuccess && open.length === 0 && <p className="field-card quiet">这所学校没有未销号的问题。</p>}
        <ul className="field-list">
          {open.map((problem) => (
            <li key={problem.problemId}>
              <Link to={`/problems/${problem.problemId}`} className="field-row">
                <strong>{problem.title}</strong>
                <StateLamp kind={lampOfProblem(problem)}>{limitWords(problem)}</StateLamp>
              </Link>
            </li>
          ))}
        </ul>
        <h2 className="field-group">走访记录</h2>
        {visits.isSuccess && visits.data.body.items.length === 0 && (
          <p className="field-card quiet">还没有走访记录。</p>
        )}
        <ul className="field-list">
          {(visits.data?.body.items ?? []).map((visit) => (
            <li key={visit.visitId} className="field-row">
              <strong>{day(visit.visitedOn ?? visit.scheduledFor)}</strong>
              <span className="quiet">
                {visitStates[visit.state]}
                {visit.state === 'recorded' && ` · 答“否” ${visit.negatives} 项`}
              </span>
            </li>
          ))}
        </ul>
      </main>
    </>
  )
}
