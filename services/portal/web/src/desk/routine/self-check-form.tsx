import { useNavigate, useParams } from '@tanstack/react-router'
import { App, Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import type { Answer, EvidenceRef, SelfCheckRecord } from '../../api/types.ts'
import { useThing } from '../../app/use-read.ts'
import { EmptyState } from '../../kit/states.tsx'
import { day, month as monthText } from '../../words/format.ts'
import { answers as answerWords, optionsOf } from '../../words/labels.ts'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { UploadField } from '../kit/form/upload-field.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { QueryView } from '../kit/query-view.tsx'
import './routine.css'

type Given = { answer?: Answer; note?: string; evidence?: EvidenceRef[] }
type SelfCheckValues = { answers?: Given[]; statement?: string }

/** 学校自查, item by item, as the principal fills it in. */
export function SelfCheckForm() {
  const { selfCheckId = '' } = useParams({ strict: false }) as { selfCheckId?: string }
  const query = useThing('/api/inspections/self-checks/{id}', { path: { id: selfCheckId } })
  return <QueryView query={query}>{(check) => <Filled check={check} />}</QueryView>
}

function Filled({ check }: { check: SelfCheckRecord }) {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const page = `/self-checks/${check.selfCheckId}`
  const before = new Map(check.answers.map((answer) => [answer.code, answer]))
  const initial: SelfCheckValues = {
    answers: check.items.map(({ code }) => {
      const given = before.get(code)
      return given === undefined
        ? {}
        : { answer: given.answer, evidence: given.evidence, ...(given.note === null ? {} : { note: given.note }) }
    }),
    ...(check.statement === null ? {} : { statement: check.statement }),
  }
  const [values, setValues] = useState<Partial<SelfCheckValues>>(initial)
  const crumbs = [
    { title: '督导检查' },
    { title: '学校自查', to: '/self-checks' },
    { title: check.schoolName, to: page },
  ]
  if (check.state === 'submitted') {
    return (
      <>
        <PageHead crumbs={crumbs} title={`填写${monthText(check.period)}自查`} />
        <EmptyState
          title="这份自查已经提交"
          action={<Button onClick={() => void navigate({ to: page })}>查看自查</Button>}
        >
          需要更正时，请联系责任区组长或督导室退回。
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <PageHead crumbs={crumbs} title={`填写${monthText(check.period)}自查`} />
      <Panel>
        <CommandForm<'/api/inspections/self-checks/{id}/submit', SelfCheckValues>
          path="/api/inspections/self-checks/{id}/submit"
          draft={`self-check.${check.selfCheckId}.${check.version}`}
          initial={initial}
          onValues={setValues}
          submitLabel="提交自查"
          toInput={(filled) => ({
            params: { path: { id: check.selfCheckId } },
            body: {
              statement: filled.statement ?? '',
              answers: check.items.map(({ code }, place) => {
                const { answer, note, evidence = [] } = filled.answers?.[place] ?? {}
                return {
                  code,
                  evidence,
                  ...(answer === undefined ? {} : { answer }),
                  ...(note === undefined || note.trim() === '' ? {} : { note }),
                }
              }),
            },
          })}
          onDone={() => {
            void message.success('自查已提交')
            void navigate({ to: page })
          }}
          onCancel={() => void navigate({ to: page })}
        >
          <FormSection
            title={check.checklistTitle}
            lead={`每一条都要选择；选“否”的请写明情况和已经采取的措施。${day(check.dueOn)}前提交。`}
          >
            {check.items.map((item, place) => {
              const negative = values.answers?.[place]?.answer === 'no'
              return (
                <section key={item.code} className="self-check-item">
                  <h3>
                    {item.code} {item.title}
                  </h3>
                  {item.prompt !== null && <p className="quiet">{item.prompt}</p>}
                  <Form.Item
                    name={['answers', place, 'answer']}
                    label={`${item.code} 结果`}
                    rules={[{ required: true, message: `请选择“${item.title}”的结果` }]}
                  >
                    <Radio.Group options={optionsOf(answerWords)} />
                  </Form.Item>
                  <Form.Item
                    name={['answers', place, 'note']}
                    label={`${item.code} 情况`}
                    hidden={!negative}
                    rules={
                      negative ? [{ required: true, whitespace: true, message: `请写明“${item.title}”的情况` }] : []
                    }
                  >
                    <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
                  </Form.Item>
                  <Form.Item name={['answers', place, 'evidence']} label={`${item.code} 照片`} hidden={!negative}>
                    <UploadField service="inspections" />
                  </Form.Item>
                </section>
              )
            })}
          </FormSection>
          <FormSection title="自查情况" lead="怎样开展、发现了什么、已经纠正了什么。">
            <Form.Item name="statement" label="自查情况" rules={[{ required: true, whitespace: true }]}>
              <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={4000} />
            </Form.Item>
          </FormSection>
        </CommandForm>
      </Panel>
    </>
  )
}
