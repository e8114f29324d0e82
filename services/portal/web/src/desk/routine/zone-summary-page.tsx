import { Link, useParams } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import type { ZoneSummary } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { day, month as monthText } from '../../words/format.ts'
import { zoneSummaryStates } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import { GapList, NegativeList } from './gap-list.tsx'
import './routine.css'
import { countFacts } from './zone-counts.tsx'

/** One zone's summary of a month, with the counts it rests on. */
export function ZoneSummaryPage() {
  const { summaryId = '' } = useParams({ strict: false }) as { summaryId?: string }
  const query = useThing('/api/inspections/zone-summaries/{id}', { path: { id: summaryId } })
  return (
    <QueryView query={query}>
      {(summary, view) => (
        <RecordPage
          crumbs={[{ title: '督导检查' }, { title: '责任区汇总', to: '/zone-summaries' }]}
          title={`${summary.zoneName} · ${monthText(summary.period)}汇总`}
          state={
            <StateLamp strong kind={summary.state === 'submitted' ? 'on-time' : 'overdue'}>
              {zoneSummaryStates[summary.state]}
            </StateLamp>
          }
          nextStep={<SummaryNextStep summary={summary} />}
          facts={[
            ...countFacts(summary.counts),
            { label: '提交', value: `${day(summary.submittedOn)} ${summary.submittedBy}` },
            { label: '责任区情况', value: <p className="problem-text">{summary.text}</p>, wide: true },
            ...(summary.gapsReason === null ? [] : [{ label: '未完成的原因', value: summary.gapsReason, wide: true }]),
          ]}
          tabs={[
            { key: 'gaps', label: `未完成的学校（${summary.gaps.length}）`, children: <GapList gaps={summary.gaps} /> },
            { key: 'negatives', label: '问题条目', children: <NegativeList negatives={summary.negatives} /> },
          ]}
          view={view}
        />
      )}
    </QueryView>
  )
}

function SummaryNextStep({ summary }: { summary: ZoneSummary }) {
  const rights = useRights()
  if (summary.state === 'returned') {
    const mine = rights.can('zone-summary.submit', summary)
    return (
      <NextStep who="责任区组长" what={`按退回意见补正后重新提交：${summary.returnReason ?? ''}`} mine={mine}>
        {mine && (
          <Link to="/zone-summaries/new" search={{ period: summary.period } as never}>
            <Button type="primary">重新填写汇总</Button>
          </Link>
        )}
      </NextStep>
    )
  }
  return (
    <NextStep who="督导室" what="写入当月督导通报">
      <ActionDialog<'/api/inspections/zone-summaries/{id}/return', { reason: string }>
        label="退回汇总"
        permission="bulletin.manage"
        path="/api/inspections/zone-summaries/{id}/return"
        version={summary.version}
        toInput={(values) => ({ params: { path: { id: summary.summaryId } }, body: values })}
        doneMessage="已退回责任区"
      >
        <Form.Item name="reason" label="退回意见" rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
      </ActionDialog>
    </NextStep>
  )
}
