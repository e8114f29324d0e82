import { Link, useParams } from '@tanstack/react-router'
import { Form, Input, Select } from 'antd'
import type { Supervisor } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useRead, useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState } from '../../kit/states.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { addDays, count, day, month as monthText, today } from '../../words/format.ts'
import {
  dismissalGrounds,
  employments,
  optionsOf,
  paperStates,
  relationKinds,
  relationStandings,
  schoolKinds,
  supervisorCategories,
  termStates,
  visitStates,
} from '../../words/labels.ts'
import { usePeriod } from '../frame/period.tsx'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import { AppointAction } from './appoint-action.tsx'
import { CorrectSupervisorAction } from './correct-supervisor-action.tsx'
import { paperLamps } from './paper-lamps.ts'
import { RegisterRelationAction, RelationOfficeActions } from './relation-actions.tsx'
import { RevealPhone } from './reveal-phone.tsx'
import { termLamps } from './supervisor-list.tsx'

/** One supervisor: appointment, schools, this month's visits. */
export function SupervisorPage() {
  const { supervisorId = '' } = useParams({ strict: false }) as { supervisorId?: string }
  const rights = useRights()
  const query = useThing('/api/supervisor-registry/supervisors/{id}', { path: { id: supervisorId } })
  return (
    <QueryView query={query}>
      {(supervisor, view) => (
        <RecordPage
          crumbs={[{ title: '督学库' }, { title: '督学', to: '/supervisors' }]}
          title={supervisor.name}
          state={
            <StateLamp strong kind={termLamps[supervisor.termState]}>
              {termStates[supervisor.termState]}
            </StateLamp>
          }
          actions={
            <>
              {supervisor.status !== 'dismissed' && <CorrectSupervisorAction supervisor={supervisor} />}
              {supervisor.termState !== 'none' && supervisor.termState !== 'ended' && (
                <DismissAction supervisor={supervisor} />
              )}
            </>
          }
          nextStep={<SupervisorNextStep supervisor={supervisor} />}
          facts={[
            {
              label: '类别',
              value: `${supervisorCategories[supervisor.category]} · ${employments[supervisor.employment]}`,
            },
            { label: '所在单位', value: supervisor.homeUnit },
            { label: '专长', value: supervisor.field },
            {
              label: '电话',
              value: (
                <RevealPhone
                  masked={supervisor.phoneMasked}
                  path="/api/supervisor-registry/supervisors/{id}/reveal-phone"
                  params={{ id: supervisor.supervisorId }}
                />
              ),
            },
            {
              label: '任期',
              value:
                supervisor.termFrom === null ? '未聘任' : `${day(supervisor.termFrom)} 至 ${day(supervisor.termTo)}`,
            },
            {
              label: '督学证号',
              value:
                supervisor.certificateState === 'none' ? (
                  '—'
                ) : (
                  <>
                    <Link to={`/supervisors/${supervisor.supervisorId}/papers/${supervisor.certificateTermFrom ?? ''}`}>
                      {supervisor.certificateNumber}
                    </Link>{' '}
                    <StateLamp kind={paperLamps[supervisor.certificateState]}>
                      {paperStates[supervisor.certificateState]}
                    </StateLamp>
                  </>
                ),
            },
            { label: '负责学校', value: `${count(supervisor.schools)} 所` },
          ]}
          tabs={[
            { key: 'schools', label: '负责的学校', children: <OwnSchools supervisor={supervisor} /> },
            { key: 'visits', label: '本月督查', children: <OwnVisits supervisor={supervisor} /> },
            { key: 'papers', label: '聘书与督学证', children: <OwnPapers supervisor={supervisor} /> },
            ...(rights.can('relation.manage')
              ? [{ key: 'relations', label: '回避关系', children: <OwnTies supervisor={supervisor} /> }]
              : []),
          ]}
          timelineTitle="履历"
          timeline={<Timeline entries={supervisor.history ?? []} newestFirst />}
          view={view}
        />
      )}
    </QueryView>
  )
}

function SupervisorNextStep({ supervisor }: { supervisor: Supervisor }) {
  const rights = useRights()
  if (supervisor.termState === 'running') return undefined
  const what =
    supervisor.termState === 'near-end'
      ? '任期将满，请决定是否续聘'
      : supervisor.termState === 'ended'
        ? '任期已届满'
        : '办理聘任，发放督学证'
  return (
    <NextStep who="督导室" what={what} mine={rights.can('registry.manage')}>
      <AppointAction
        label={supervisor.termFrom === null ? '聘任' : '续聘'}
        supervisorId={supervisor.supervisorId}
        version={supervisor.version}
        termFrom={nextTermFrom(supervisor)}
        decidedOn={today()}
      />
    </NextStep>
  )
}

/** A renewal in time follows the running term; a late one begins today. */
function nextTermFrom({ termTo }: Supervisor): string {
  return termTo === null || termTo < today() ? today() : addDays(termTo, 1)
}

function DismissAction({ supervisor }: { supervisor: Supervisor }) {
  return (
    <ActionDialog<
      '/api/supervisor-registry/supervisors/{id}/dismiss',
      { ground: keyof typeof dismissalGrounds; on: string; reason: string }
    >
      label="解聘"
      danger
      permission="registry.manage"
      path="/api/supervisor-registry/supervisors/{id}/dismiss"
      version={supervisor.version}
      initial={{ on: today() }}
      lead="解聘后督学证失效，其负责的学校需要另行安排责任督学。"
      submitLabel="确认解聘"
      toInput={(values) => ({ params: { path: { id: supervisor.supervisorId } }, body: values })}
      doneMessage="解聘已登记"
    >
      <Form.Item name="ground" label="情形" rules={[{ required: true, message: '请选择情形' }]}>
        <Select options={optionsOf(dismissalGrounds)} placeholder="请选择" />
      </Form.Item>
      <Form.Item name="on" label="解聘日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
      <Form.Item name="reason" label="具体原因" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
    </ActionDialog>
  )
}

function OwnSchools({ supervisor }: { supervisor: Supervisor }) {
  const list = useRead('/api/supervisor-registry/schools', {
    query: { supervisorId: supervisor.supervisorId, limit: 50 },
  })
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.body.items ?? []
  if (list.data !== undefined && items.length === 0)
    return <EmptyState title="还没有负责的学校">在学校页面“安排责任督学”后，会列在这里。</EmptyState>
  return (
    <ul className="stack">
      {items.map((school) => (
        <li key={school.schoolId} className="stack-row">
          <Link to={`/schools/${school.schoolId}`}>{school.name}</Link>
          <span className="quiet">
            {schoolKinds[school.kind]} · {school.enrolment === null ? '人数未填报' : `${count(school.enrolment)} 人`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function OwnPapers({ supervisor }: { supervisor: Supervisor }) {
  const list = useRead('/api/supervisor-registry/certificates', {
    query: { supervisorId: supervisor.supervisorId, limit: 50 },
  })
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.body.items ?? []
  if (list.data !== undefined && items.length === 0)
    return <EmptyState title="还没有聘书和督学证">办理聘任后自动编号，可在此打印。</EmptyState>
  return (
    <ul className="stack">
      {items.map((papers) => (
        <li key={papers.termFrom} className="stack-row">
          <span>
            <Link to={`/supervisors/${papers.supervisorId}/papers/${papers.termFrom}`}>{papers.certificateNumber}</Link>
            <span className="quiet aside">
              {day(papers.termFrom)} 至 {day(papers.termTo)}，{papers.decidedBy} {day(papers.decidedOn)}决定
            </span>
          </span>
          <StateLamp kind={paperLamps[papers.state]}>{paperStates[papers.state]}</StateLamp>
        </li>
      ))}
    </ul>
  )
}

function OwnTies({ supervisor }: { supervisor: Supervisor }) {
  const list = useRead('/api/supervisor-registry/relations', {
    query: { supervisorId: supervisor.supervisorId, limit: 50 },
  })
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.body.items ?? []
  const register = <RegisterRelationAction supervisorId={supervisor.supervisorId} />
  if (list.data !== undefined && items.length === 0)
    return (
      <EmptyState title="没有登记的回避关系" action={register}>
        本人申报或督导室登记后列在这里，安排挂牌时自动检查。
      </EmptyState>
    )
  return (
    <>
      {register}
      <ul className="stack">
        {items.map((relation) => (
          <li key={relation.factId} className="stack-row">
            <span>
              <Link to={`/schools/${relation.schoolId}`}>{relation.schoolName}</Link>
              <span className="aside">{relation.description}</span>
              <span className="quiet aside">
                {relationKinds[relation.kind]} · {relationStandings[relation.standing]}
                {relation.to !== null && ` · 至 ${day(relation.to)}`}
              </span>
            </span>
            <span className="no-print">
              <RelationOfficeActions relation={relation} />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function OwnVisits({ supervisor }: { supervisor: Supervisor }) {
  const { month } = usePeriod()
  const list = useRead('/api/inspections/visits', {
    query: { supervisorId: supervisor.supervisorId, month, limit: 50 },
  })
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.body.items ?? []
  if (list.data !== undefined && items.length === 0)
    return (
      <EmptyState title={`${monthText(month)}还没有督查`}>可在“进校督查”中安排，或由督学在手机上直接开展。</EmptyState>
    )
  return (
    <ul className="stack">
      {items.map((visit) => (
        <li key={visit.visitId} className="stack-row">
          <Link to={`/visits/${visit.visitId}`}>{visit.schoolName}</Link>
          <span className="quiet">
            {day(visit.visitedOn ?? visit.scheduledFor)} · {visitStates[visit.state]}
          </span>
        </li>
      ))}
    </ul>
  )
}
