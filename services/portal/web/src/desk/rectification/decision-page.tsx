import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useMe } from '../../app/app-context.tsx'
import { useThing } from '../../app/use-read.ts'
import { day } from '../../words/format.ts'
import { decisionForms } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { LetterPaper, SaveMadeFile } from '../kit/letter-paper.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { LETTER_TAB, RecordPage } from '../kit/record-page.tsx'

/** One decision as issued: on paper, as a Word file, and who has acknowledged it. */
export function DecisionPage() {
  const { decisionId = '' } = useParams({ strict: false }) as { decisionId?: string }
  const me = useMe()
  const query = useThing('/api/rectification/decisions/{id}', { path: { id: decisionId } })
  return (
    <QueryView query={query}>
      {(decision, view) => {
        const demands = decision.problems
        const { meeting } = decision
        const schools = [...new Map(demands.map((demand) => [demand.schoolId, demand.schoolName]))]
        const mine = demands.find((demand) => demand.schoolId === me.school)
        const received = decision.receipts.some((receipt) => receipt.schoolId === me.school)
        return (
          <RecordPage
            crumbs={[{ title: '整改问责' }, { title: '整改决定', to: '/decisions' }]}
            title={decision.documentNumber}
            actions={
              <>
                {mine !== undefined && !received && (
                  <ActionDialog<'/api/rectification/decisions/{id}/receive', Record<string, never>>
                    kind="primary"
                    label="签收"
                    permission="problem.report"
                    thing={mine}
                    path="/api/rectification/decisions/{id}/receive"
                    lead="签收后，督导室可以看到本校已收到这份整改决定。"
                    toInput={() => ({ params: { path: { id: decisionId } } })}
                    doneMessage="已签收"
                  />
                )}
                <SaveMadeFile
                  url={`/api/rectification/decisions/${decisionId}/letter.docx`}
                  name={`整改决定 ${decision.documentNumber}.docx`}
                >
                  下载公文文档
                </SaveMadeFile>
                <Button onClick={() => window.print()}>打印</Button>
              </>
            }
            facts={[
              { label: '形式', value: decisionForms[decision.form] },
              { label: '下达日期', value: day(decision.issuedOn) },
              { label: '问题', value: `${demands.length} 个` },
              { label: '签收', value: `${decision.receipts.length} / ${schools.length} 所学校` },
              ...(meeting === null
                ? []
                : [
                    { label: '会议', value: meeting.title },
                    { label: '会议时间', value: day(meeting.heldOn) },
                    { label: '会议地点', value: meeting.place ?? '—' },
                    { label: '参会人员', value: meeting.attendees.join('、') || '—' },
                    { label: '会议记录', value: meeting.minutes ?? '—', wide: true },
                  ]),
            ]}
            tabs={[
              { key: LETTER_TAB, label: '正文', children: <DecisionLetter decisionId={decisionId} /> },
              {
                key: 'problems',
                label: `问题（${demands.length}）`,
                children: (
                  <ul className="stack">
                    {demands.map((demand) => (
                      <li key={demand.problemId} className="stack-row">
                        <Link to={`/problems/${demand.problemId}`}>
                          {demand.number} {demand.title}
                        </Link>
                        <span className="quiet">
                          {demand.schoolName} · 限 {day(demand.dueOn)}前
                        </span>
                      </li>
                    ))}
                  </ul>
                ),
              },
              {
                key: 'receipts',
                label: `签收（${decision.receipts.length}）`,
                children: (
                  <ul className="stack">
                    {schools.map(([schoolId, schoolName]) => {
                      const receipt = decision.receipts.find((one) => one.schoolId === schoolId)
                      return (
                        <li key={schoolId} className="stack-row">
                          <span>{schoolName}</span>
                          <span className="quiet">
                            {receipt === undefined ? '未签收' : `${day(receipt.receivedOn)} ${receipt.receivedBy}签收`}
                          </span>
                        </li>
                      )
                    })}
                  </ul>
                ),
              },
            ]}
            view={view}
          />
        )
      }}
    </QueryView>
  )
}

function DecisionLetter({ decisionId }: { decisionId: string }) {
  const letter = useThing('/api/rectification/decisions/{id}/letter', { path: { id: decisionId } })
  return <QueryView query={letter}>{(lines) => <LetterPaper letter={lines} label="整改决定正文" />}</QueryView>
}
