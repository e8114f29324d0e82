import { Link, useParams } from '@tanstack/react-router'
import { Tag } from 'antd'
import type { School } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useRead, useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState } from '../../kit/states.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { count, day } from '../../words/format.ts'
import {
  ownerships,
  problemStates,
  schoolKinds,
  schoolStages,
  schoolStatuses,
  visitStates,
} from '../../words/labels.ts'
import { lampOfProblem, limitWords } from '../../words/lamps.ts'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import {
  CloseSchoolAction,
  CorrectSchoolAction,
  EndPostingAction,
  EnrolmentAction,
  PostingAction,
} from './school-actions.tsx'
import { SchoolChanges } from './school-changes.tsx'

/** One school: what it is, who answers for it, what was seen and found there. */
export function SchoolPage() {
  const { schoolId = '' } = useParams({ strict: false }) as { schoolId?: string }
  const rights = useRights()
  const query = useThing('/api/supervisor-registry/schools/{id}', { path: { id: schoolId } })
  return (
    <QueryView query={query}>
      {(school, view) => (
        <RecordPage
          crumbs={[{ title: '督学库' }, { title: '学校', to: '/schools' }]}
          title={school.name}
          state={
            <>
              <Tag>{schoolStatuses[school.status]}</Tag>
              {school.large && <Tag>大校 · 须专人负责</Tag>}
            </>
          }
          actions={
            school.status === 'open' && (
              <>
                <CorrectSchoolAction school={school} />
                <EnrolmentAction school={school} />
                <CloseSchoolAction school={school} />
              </>
            )
          }
          nextStep={<SchoolNextStep school={school} />}
          facts={[
            { label: '学校标识码', value: school.code },
            { label: '类型', value: `${schoolKinds[school.kind]} · ${schoolStages[school.stage]}` },
            { label: '举办者', value: ownerships[school.ownership] },
            { label: '责任区', value: school.zoneName ?? '未划入' },
            {
              label: '责任督学',
              value:
                school.supervisorId === null ? (
                  '未挂牌'
                ) : (
                  <Link to={`/supervisors/${school.supervisorId}`}>{school.supervisorName}</Link>
                ),
            },
            { label: '挂牌时间', value: day(school.postedFrom) },
            { label: '在校人数', value: school.enrolment === null ? '未填报' : `${count(school.enrolment)} 人` },
            { label: '地址', value: school.address ?? '—' },
          ]}
          tabs={[
            ...(rights.can('problem.read')
              ? [{ key: 'problems', label: '问题', children: <SchoolProblems school={school} /> }]
              : []),
            ...(rights.can('visit.read')
              ? [{ key: 'visits', label: '督查记录', children: <SchoolVisits school={school} /> }]
              : []),
            { key: 'postings', label: '挂牌情况', children: <SchoolPostings school={school} /> },
            { key: 'changes', label: '历年变动', children: <SchoolChanges schoolId={school.schoolId} /> },
          ]}
          timelineTitle="变更记录"
          timeline={<Timeline entries={school.history ?? []} newestFirst />}
          view={view}
        />
      )}
    </QueryView>
  )
}

function SchoolNextStep({ school }: { school: School }) {
  const rights = useRights()
  if (school.status === 'closed') return undefined
  if (school.supervisorId === null) {
    return (
      <NextStep who="督导室" what="这所学校还没有责任督学，请安排挂牌" mine={rights.can('posting.manage')}>
        <PostingAction school={school} />
      </NextStep>
    )
  }
  if (!rights.can('posting.manage')) return undefined
  return (
    <NextStep who={school.supervisorName ?? ''} what="每月进校走访">
      <PostingAction school={school} />
      <EndPostingAction school={school} />
    </NextStep>
  )
}

function SchoolProblems({ school }: { school: School }) {
  const list = useRead('/api/rectification/problems', { query: { schoolId: school.schoolId, limit: 50 } })
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.body.items ?? []
  if (list.data !== undefined && items.length === 0)
    return <EmptyState title="没有问题记录">督查中确认的问题会列在这里。</EmptyState>
  return (
    <ul className="stack">
      {items.map((problem) => (
        <li key={problem.problemId} className="stack-row">
          <span>
            <Link to={`/problems/${problem.problemId}`}>{problem.title}</Link>
            <span className="quiet aside">
              {problem.number} · {problemStates[problem.state]}
            </span>
          </span>
          <StateLamp kind={lampOfProblem(problem)}>{limitWords(problem)}</StateLamp>
        </li>
      ))}
    </ul>
  )
}

function SchoolVisits({ school }: { school: School }) {
  const list = useRead('/api/inspections/visits', { query: { schoolId: school.schoolId, limit: 50 } })
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.body.items ?? []
  if (list.data !== undefined && items.length === 0)
    return <EmptyState title="还没有督查记录">责任督学在手机上提交进校督查后，会列在这里。</EmptyState>
  return (
    <ul className="stack">
      {items.map((visit) => (
        <li key={visit.visitId} className="stack-row">
          <span>
            <Link to={`/visits/${visit.visitId}`}>{day(visit.visitedOn ?? visit.scheduledFor)}</Link>
            <span className="quiet aside">{visit.supervisorName}</span>
          </span>
          <span className="quiet">
            {visitStates[visit.state]}
            {visit.state === 'recorded' && ` · 答“否” ${visit.negatives} 项`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function SchoolPostings({ school }: { school: School }) {
  const list = useRead('/api/supervisor-registry/postings', { query: { schoolId: school.schoolId, limit: 50 } })
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.body.items ?? []
  if (list.data !== undefined && items.length === 0)
    return <EmptyState title="还没有挂牌">安排责任督学后，每次更换都会记在这里。</EmptyState>
  return (
    <ul className="stack">
      {items.map((posting) => (
        <li key={`${posting.supervisorId}-${posting.from}`} className="stack-row">
          <Link to={`/supervisors/${posting.supervisorId}`}>{posting.supervisorName ?? '督学'}</Link>
          <span className="quiet tabular">
            {day(posting.from)} — {posting.to === null ? '至今' : day(posting.to)}
          </span>
        </li>
      ))}
    </ul>
  )
}
