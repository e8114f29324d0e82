import { Link, useNavigate } from '@tanstack/react-router'
import { App, Button, InputNumber, Steps } from 'antd'
import { useState } from 'react'
import type { PlanProposal } from '../../api/types.ts'
import { ErrorState } from '../../kit/states.tsx'
import { count, day } from '../../words/format.ts'
import { Facts } from '../kit/facts.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { fromProposal } from './plan-items.ts'
import { PlanReading } from './plan-reading.tsx'
import { type PlanSource, PlanSourceField } from './plan-source.tsx'
import { usePlanImport } from './use-plan-import.ts'

/** Imports a plan exactly as published: take the document, look at what was understood, import it. */
export function PlanImport() {
  const { parse, store } = usePlanImport()
  const [source, setSource] = useState<PlanSource>()
  const take = (next: PlanSource) => {
    setSource(next)
    store.reset()
    parse.mutate(next)
  }
  const proposal = parse.data
  return (
    <>
      <PageHead crumbs={[{ title: '计划任务' }, { title: '年度计划', to: '/plans' }]} title="导入计划" />
      <Steps
        size="small"
        style={{ maxWidth: 640, marginBottom: 20 }}
        current={proposal === undefined ? 0 : 1}
        items={[{ title: '选择文件' }, { title: '查看识别结果' }, { title: '校正并采纳' }]}
      />
      {proposal === undefined || source === undefined ? (
        <div style={{ maxWidth: 880 }}>
          {parse.isError && (
            <Panel>
              <ErrorState error={parse.error} onRetry={() => source !== undefined && parse.mutate(source)} />
            </Panel>
          )}
          <Panel>
            <PlanSourceField busy={parse.isPending} onTake={take} />
          </Panel>
        </div>
      ) : (
        <Preview
          proposal={proposal}
          source={source}
          store={store}
          onAgain={() => {
            parse.reset()
            setSource(undefined)
          }}
        />
      )}
    </>
  )
}

interface PreviewProps {
  readonly proposal: PlanProposal
  readonly source: PlanSource
  readonly store: ReturnType<typeof usePlanImport>['store']
  readonly onAgain: () => void
}

function Preview({ proposal, source, store, onAgain }: PreviewProps) {
  const { plan, warnings, sourceHash, alreadyImported } = proposal
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [year, setYear] = useState(proposal.year)
  const items = fromProposal(plan.items)
  const found = (pick: (item: (typeof items)[number]) => number) => items.reduce((sum, item) => sum + pick(item), 0)
  const bring = () =>
    store.mutateAsync({ source, hash: sourceHash, year }).then(
      ({ id }) => {
        void message.success('计划已导入，请校正后采纳')
        void navigate({ to: `/plans/${id}` })
      },
      // Shown above, where it stays.
      () => {},
    )
  return (
    <>
      {store.isError && (
        <Panel>
          <ErrorState error={store.error} onRetry={bring} />
        </Panel>
      )}
      <Panel
        title={plan.title === '' ? '没有识别出标题' : plan.title}
        extra={
          <div className="form-actions" style={{ paddingTop: 0 }}>
            <label htmlFor="plan-year">年度</label>
            <InputNumber
              controls={false}
              id="plan-year"
              min={2000}
              max={2100}
              value={year}
              onChange={(value) => value !== null && setYear(value)}
              style={{ width: 90 }}
            />
            <Button onClick={onAgain}>换一个文件</Button>
            <Button type="primary" disabled={alreadyImported !== null} loading={store.isPending} onClick={bring}>
              导入，下一步校正
            </Button>
          </div>
        }
      >
        <Facts
          items={[
            { label: '条目', value: `${count(items.length)} 条` },
            { label: '责任单位', value: `${count(found((item) => item.bodies.length))} 处` },
            { label: '时限', value: `${count(found((item) => item.dates.length))} 处` },
            { label: '数量要求', value: `${count(found((item) => item.quantities.length))} 处` },
            { label: '发文字号', value: plan.documentNumber ?? '未识别' },
            { label: '印发日期', value: plan.issuedOn === undefined ? '未识别' : day(plan.issuedOn) },
            { label: '主送', value: plan.recipients.length === 0 ? '未识别' : plan.recipients.join('、'), wide: true },
          ]}
        />
      </Panel>
      {alreadyImported !== null && (
        <Panel>
          <p>
            这份文件已经导入过，不会再产生一份。<Link to={`/plans/${alreadyImported}`}>打开已导入的计划</Link>
          </p>
        </Panel>
      )}
      {warnings.length > 0 && (
        <Panel title={`请留意（${warnings.length}）`}>
          <ul className="warning-list">
            {warnings.map((warning) => (
              <li key={`${warning.code}-${warning.path ?? ''}`}>{warning.detail}</li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title="正文前">
        <p className="plan-text">{plan.preamble === '' ? '（无）' : plan.preamble}</p>
      </Panel>
      <Panel title="条目">
        <PlanReading items={items} />
      </Panel>
      {plan.trailing.trim() !== '' && (
        <Panel title="正文后">
          <p className="plan-text">{plan.trailing}</p>
        </Panel>
      )}
    </>
  )
}
