import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useThing } from '../../app/use-read.ts'
import { day } from '../../words/format.ts'
import { decisionForms } from '../../words/labels.ts'
import { QueryView } from '../kit/query-view.tsx'
import { RecordPage } from '../kit/record-page.tsx'
import { DecisionPaper } from './decision-paper.tsx'

/** One decision as issued. */
export function DecisionPage() {
  const { decisionId = '' } = useParams({ strict: false }) as { decisionId?: string }
  const query = useThing('/api/rectification/decisions/{id}', { path: { id: decisionId } })
  return (
    <QueryView query={query}>
      {(decision, view) => {
        const demands = decision.problems
        return (
          <RecordPage
            crumbs={[{ title: '整改问责' }, { title: '整改决定', to: '/decisions' }]}
            title={decision.documentNumber}
            actions={<Button onClick={() => window.print()}>打印</Button>}
            facts={[
              { label: '形式', value: decisionForms[decision.form] },
              ...(decision.meeting === null ? [] : [{ label: '会议', value: decision.meeting }]),
              { label: '下达日期', value: day(decision.issuedOn) },
              { label: '问题', value: `${demands.length} 个` },
            ]}
            tabs={[
              {
                key: 'paper',
                label: '正文',
                children: (
                  <div style={{ maxWidth: 760 }}>
                    <DecisionPaper
                      documentNumber={decision.documentNumber}
                      issuedOn={decision.issuedOn}
                      form={decision.form}
                      meeting={decision.meeting ?? undefined}
                      note={decision.note ?? undefined}
                      items={demands.map((demand) => ({
                        key: demand.problemId,
                        schoolName: demand.schoolName,
                        title: demand.title,
                        demand: demand.demand,
                        dueOn: demand.dueOn,
                      }))}
                    />
                  </div>
                ),
              },
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
            ]}
            view={view}
          />
        )
      }}
    </QueryView>
  )
}
