import { Link, useParams } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import type { Answer, SelfCheckRecord } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useRead, useThing } from '../../app/use-read.ts'
import { EvidenceList } from '../../kit/evidence-list.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { count, day, month as monthText } from '../../words/format.ts'
import { answers as answerWords, schoolKinds, selfCheckStates, word } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import '../inspections/answer-table.css'
import { selfCheckLamps } from './self-check-list.tsx'

const lamps: Record<Answer, LampKind> = { yes: 'on-time', no: 'overdue', 'not-applicable': 'closed' }

/** One school's self-check of a month, and what the supervisor found on the same items. */
export function SelfCheckPage() {
  const { selfCheckId = '' } = useParams({ strict: false }) as { selfCheckId?: string }
  const query = useThing('/api/inspections/self-checks/{id}', { path: { id: selfCheckId } })
  return (
    <QueryView query={query}>
      {(check, view) => (
        <RecordPage
          crumbs={[{ title: '督导检查' }, { title: '学校自查', to: '/self-checks' }]}
          title={`${check.schoolName} · ${monthText(check.period)}自查`}
          state={
            <StateLamp strong kind={selfCheckLamps[check.state] ?? 'information'}>
              {selfCheckStates[check.state]}
            </StateLamp>
          }
          nextStep={<SelfCheckNextStep check={check} />}
          facts={[
            { label: '学校', value: <Link to={`/schools/${check.schoolId}`}>{check.schoolName}</Link> },
            { label: '类别', value: word(schoolKinds, check.kind) },
            { label: '责任区', value: check.zoneName ?? '—' },
            { label: '清单', value: check.checklistTitle },
            { label: '开启日期', value: day(check.openedOn) },
            { label: '截止日期', value: day(check.dueOn) },
            {
              label: '提交',
              value:
                check.submittedOn === null
                  ? '—'
                  : `${day(check.submittedOn)} ${check.submittedBy ?? ''}${check.late ? '（逾期提交）' : ''}`,
            },
            { label: '答“否”', value: check.submittedOn === null ? '—' : `${count(check.negatives)} 项` },
            ...(check.statement === null ? [] : [{ label: '自查情况', value: check.statement, wide: true }]),
          ]}
          tabs={[{ key: 'answers', label: '自查条目与督查结果', children: <Compared check={check} /> }]}
          timeline={<Timeline entries={check.timeline} />}
          view={view}
        />
      )}
    </QueryView>
  )
}

/** Item by item, the school's own answer beside the supervisor's of the same month. */
function Compared({ check }: { check: SelfCheckRecord }) {
  const visits = useRead('/api/inspections/visits', {
    query: { schoolId: check.schoolId, month: check.period, state: 'recorded', limit: 1 },
  })
  const visitId = visits.data?.body.items[0]?.visitId
  const visit = useThing(
    '/api/inspections/visits/{id}',
    { path: { id: visitId ?? '' } },
    { enabled: visitId !== undefined },
  ).data?.body
  const own = new Map(check.answers.map((answer) => [answer.code, answer]))
  const seen = new Map(visit?.answers.map((answer) => [answer.code, answer]))
  return (
    <>
      {visit === undefined ? (
        <p className="quiet">本月督学还没有提交这所学校的督查记录。</p>
      ) : (
        <p>
          督学 {visit.supervisorName} 于 {day(visit.visitedOn)} 到校，
          <Link to={`/visits/${visit.visitId}`}>查看督查记录</Link>
        </p>
      )}
      <table className="answer-table">
        <thead>
          <tr>
            <th scope="col" style={{ width: 70 }}>
              编号
            </th>
            <th scope="col">条目</th>
            <th scope="col" style={{ width: 110 }}>
              学校自查
            </th>
            <th scope="col" style={{ width: 110 }}>
              督学督查
            </th>
            <th scope="col" style={{ width: '36%' }}>
              情况与照片
            </th>
          </tr>
        </thead>
        <tbody>
          {check.items.map((item) => {
            const said = own.get(item.code)
            const found = seen.get(item.code)
            return (
              <tr key={item.code}>
                <td className="tabular">{item.code}</td>
                <td>{item.title}</td>
                <td>
                  <Mark answer={said?.answer} />
                </td>
                <td>
                  <Mark answer={found?.answer} />
                  {said?.answer === 'yes' && found?.answer === 'no' && <p className="quiet">与自查不一致</p>}
                </td>
                <td>
                  {said?.note != null && <p>自查：{said.note}</p>}
                  <EvidenceList files={said?.evidence ?? []} label={`${item.title}的自查照片`} />
                  {found?.note != null && <p>督查：{found.note}</p>}
                  <EvidenceList files={found?.evidence ?? []} label={`${item.title}的督查照片`} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}

function Mark({ answer }: { answer: Answer | undefined }) {
  if (answer === undefined) return <span className="quiet">未填</span>
  return <StateLamp kind={lamps[answer]}>{answerWords[answer]}</StateLamp>
}

function SelfCheckNextStep({ check }: { check: SelfCheckRecord }) {
  const rights = useRights()
  const mine = rights.can('self-check.submit', check)
  if (check.state !== 'submitted') {
    const what =
      check.state === 'returned' ? `按退回意见补正后重新提交：${check.returnReason ?? ''}` : '对照清单逐项自查后提交'
    return (
      <NextStep who={check.schoolName} what={what} by={`${day(check.dueOn)}前`} mine={mine}>
        {mine && (
          <Link to={`/self-checks/${check.selfCheckId}/form`}>
            <Button type="primary">填写自查</Button>
          </Link>
        )}
      </NextStep>
    )
  }
  return (
    <NextStep who="责任督学、责任区组长" what="进校督查，核对自查是否属实">
      <ActionDialog<'/api/inspections/self-checks/{id}/return', { reason: string }>
        label="退回自查"
        permission="finding.decide"
        thing={check}
        path="/api/inspections/self-checks/{id}/return"
        version={check.version}
        toInput={(values) => ({ params: { path: { id: check.selfCheckId } }, body: values })}
        doneMessage="已退回学校"
      >
        <Form.Item name="reason" label="退回意见" rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
      </ActionDialog>
    </NextStep>
  )
}
