import { Link, useParams } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import type { VisitRecord } from '../../api/types.ts'
import { useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { count, day } from '../../words/format.ts'
import { visitStates } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import { SelfCheckOf } from '../routine/self-check-of.tsx'
import { AnswerTable } from './answer-table.tsx'
import { FindingDecisions } from './finding-decisions.tsx'
import { Signatures } from './signatures.tsx'
import { visitLamps } from './visit-list.tsx'

/** One visit: what was asked, answered, seen and signed; what is accepted as a problem. */
export function VisitPage() {
  const { visitId = '' } = useParams({ strict: false }) as { visitId?: string }
  const query = useThing('/api/inspections/visits/{id}', { path: { id: visitId } })
  return (
    <QueryView query={query}>
      {(visit, view) => (
        <RecordPage
          crumbs={[{ title: '督导检查' }, { title: '进校督查', to: '/visits' }]}
          title={`${visit.schoolName} · ${day(visit.visitedOn ?? visit.scheduledFor)}`}
          state={
            <StateLamp strong kind={visitLamps[visit.state]}>
              {visitStates[visit.state]}
            </StateLamp>
          }
          nextStep={<VisitNextStep visit={visit} />}
          facts={[
            { label: '学校', value: <Link to={`/schools/${visit.schoolId}`}>{visit.schoolName}</Link> },
            { label: '督学', value: visit.supervisorName },
            { label: '责任区', value: visit.zoneName ?? '—' },
            {
              label: '督查清单',
              value: <Link to={`/checklists/${visit.checklistId}`}>{visit.checklistTitle ?? '查看清单'}</Link>,
            },
            { label: '安排日期', value: day(visit.scheduledFor) },
            { label: '到校日期', value: day(visit.visitedOn) },
            { label: '答“否”', value: visit.state === 'recorded' ? `${count(visit.negatives)} 项` : '—' },
            {
              label: '当月学校自查',
              value: <SelfCheckOf schoolId={visit.schoolId} day={visit.visitedOn ?? visit.scheduledFor} />,
            },
            ...(visit.taskId === null
              ? []
              : [{ label: '对应任务', value: <Link to={`/tasks/${visit.taskId}`}>查看任务</Link> }]),
          ]}
          tabs={[
            ...(visit.findings.length > 0
              ? [
                  {
                    key: 'findings',
                    label: `发现的问题（${visit.findings.length}）`,
                    children: <FindingDecisions visit={visit} />,
                  },
                ]
              : []),
            { key: 'answers', label: '督查条目', children: <AnswerTable visit={visit} /> },
            { key: 'signatures', label: '签字', children: <Signatures visit={visit} /> },
          ]}
          timeline={<Timeline entries={visit.timeline} />}
          view={view}
        />
      )}
    </QueryView>
  )
}

function VisitNextStep({ visit }: { visit: VisitRecord }) {
  const open = visit.findings.filter((finding) => finding.state === 'proposed').length
  if (visit.state === 'recorded') {
    return open === 0 ? undefined : (
      <NextStep who="督导室、责任区组长" what={`有 ${open} 条发现等待确认：确认后立案整改，或说明不采纳的理由`} mine />
    )
  }
  if (visit.state === 'cancelled') return undefined
  return (
    <NextStep
      who={visit.supervisorName}
      what="到校后在手机上填写并提交"
      by={visit.scheduledFor === null ? undefined : day(visit.scheduledFor)}
    >
      <ActionDialog<'/api/inspections/visits/{id}/cancel', { reason: string }>
        label="取消督查"
        permission="visit.schedule"
        thing={visit}
        path="/api/inspections/visits/{id}/cancel"
        version={visit.version}
        toInput={(values) => ({ params: { path: { id: visit.visitId } }, body: values })}
        submitLabel="确认取消"
        doneMessage="督查已取消"
      >
        <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={200} />
        </Form.Item>
      </ActionDialog>
    </NextStep>
  )
}
