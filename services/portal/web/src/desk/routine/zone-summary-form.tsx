import { useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input } from 'antd'
import type { AnswerOf } from '../../api/client.ts'
import { useThing } from '../../app/use-read.ts'
import { EmptyState } from '../../kit/states.tsx'
import { month as monthText } from '../../words/format.ts'
import { Facts } from '../kit/facts.tsx'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { GapList, NegativeList } from './gap-list.tsx'
import { MonthPick, useMonth } from './month-pick.tsx'
import './routine.css'
import { countFacts } from './zone-counts.tsx'

type SummaryValues = { text?: string; gapsReason?: string }

/** 责任区汇总: the month's counts are given, the head of the zone adds what they mean. */
export function ZoneSummaryForm() {
  const period = useMonth()
  const query = useThing('/api/inspections/zone-summary-draft', { query: { period } })
  return (
    <>
      <PageHead
        crumbs={[{ title: '督导检查' }, { title: '责任区汇总', to: '/zone-summaries' }]}
        title={`填写${monthText(period)}责任区汇总`}
        actions={<MonthPick />}
      />
      <QueryView query={query}>{(draft) => <Filled key={draft.period} draft={draft} />}</QueryView>
    </>
  )
}

function Filled({ draft }: { draft: AnswerOf<'/api/inspections/zone-summary-draft'> }) {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const page = `/zone-summaries/${draft.summaryId}`
  if (draft.zoneName === null || draft.summaryId === null) {
    return <EmptyState title="本责任区还没有学校">督导室把学校划入责任区后，这里会列出当月的数量。</EmptyState>
  }
  if (draft.state === 'submitted') {
    return (
      <EmptyState
        title="这个月的汇总已经提交"
        action={<Button onClick={() => void navigate({ to: page })}>查看汇总</Button>}
      >
        需要更正时，请联系督导室退回。
      </EmptyState>
    )
  }
  return (
    <>
      <Panel title={`${draft.zoneName}本月数量`}>
        <Facts items={countFacts(draft.counts)} />
      </Panel>
      <Panel title="问题条目">
        <NegativeList negatives={draft.negatives} />
      </Panel>
      <Panel title={`未完成的学校（${draft.gaps.length}）`}>
        <GapList gaps={draft.gaps} />
      </Panel>
      <Panel>
        <CommandForm<'/api/inspections/zone-summaries', SummaryValues>
          path="/api/inspections/zone-summaries"
          draft={`zone-summary.${draft.summaryId}.${draft.state}`}
          initial={{ text: draft.text }}
          submitLabel="提交责任区汇总"
          toInput={({ text, gapsReason }) => ({
            body: {
              period: draft.period,
              text: text ?? '',
              ...(gapsReason === undefined || gapsReason === '' ? {} : { gapsReason }),
            },
          })}
          onDone={() => {
            void message.success('责任区汇总已提交')
            void navigate({ to: page })
          }}
          onCancel={() => void navigate({ to: '/zone-summaries' })}
        >
          <FormSection
            title="责任区情况"
            lead={
              draft.returnReason === null
                ? '这段文字将原样写入督导室的通报。数量已由系统清点，可以接着写特点、问题和建议。'
                : `督导室退回意见：${draft.returnReason}`
            }
          >
            <Form.Item name="text" label="责任区情况" rules={[{ required: true, whitespace: true }]}>
              <Input.TextArea autoSize={{ minRows: 6, maxRows: 20 }} maxLength={8000} />
            </Form.Item>
            {draft.gaps.length > 0 && (
              <Form.Item
                name="gapsReason"
                label="未完成的原因"
                rules={[{ required: true, whitespace: true }]}
                extra="有学校没有完成自查或督查，须说明原因才能提交。"
              >
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
              </Form.Item>
            )}
          </FormSection>
        </CommandForm>
      </Panel>
    </>
  )
}
