import { useNavigate } from '@tanstack/react-router'
import { App, Form, Input, Radio } from 'antd'
import type { ProblemSource, Severity } from '../../api/types.ts'
import { optionsOf, severities } from '../../words/labels.ts'
import { usePeriod } from '../frame/period.tsx'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { SchoolPick } from '../kit/pick/picks.tsx'
import { SourceFields } from './source-fields.tsx'

type ProblemValues = {
  schoolId: string
  title: string
  description: string
  severity: Severity
  body?: string
  itemTitle?: string
  clause?: string
  source: ProblemSource
}

/** Enters a problem that did not come out of a visit. */
export function ProblemForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { year } = usePeriod()
  return (
    <>
      <PageHead crumbs={[{ title: '整改问责' }, { title: '问题台账', to: '/problems' }]} title="登记问题" />
      <div className="form-column">
        <Panel>
          <CommandForm<'/api/rectification/problems', ProblemValues>
            path="/api/rectification/problems"
            draft="problem-new"
            initial={{
              severity: 'ordinary',
              source: {
                kind: 'supervision-feedback',
                title: '',
                level: 'city',
                year: Number(year),
                documentNumber: null,
              },
            }}
            submitLabel="登记问题"
            toInput={({ body, ...values }) => ({
              body: { ...values, ...(body === undefined || body === '' ? {} : { body }) },
            })}
            onDone={({ id, reopened }) => {
              void message.success(reopened ? '同校同一条款不久前已销号，原问题反弹，已重新立案' : '问题已登记')
              void navigate({ to: `/problems/${id}` })
            }}
            onCancel={() => void navigate({ to: '/problems' })}
          >
            <FormSection title="问题">
              <Form.Item name="schoolId" label="责任学校" rules={[{ required: true, message: '请选择学校' }]}>
                <SchoolPick />
              </Form.Item>
              <Form.Item name="title" label="问题" rules={[{ required: true, whitespace: true }]}>
                <Input maxLength={100} placeholder="一句话说明" />
              </Form.Item>
              <Form.Item name="description" label="具体情况" rules={[{ required: true, whitespace: true }]}>
                <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={2000} showCount />
              </Form.Item>
              <Form.Item name="severity" label="严重程度" rules={[{ required: true }]}>
                <Radio.Group options={optionsOf(severities)} />
              </Form.Item>
              <Form.Item name="body" label="责任部门">
                <Input maxLength={100} placeholder="学校以外还要负责的部门" />
              </Form.Item>
              <Form.Item name="itemTitle" label="对应条目">
                <Input maxLength={200} placeholder="如 消防通道畅通" />
              </Form.Item>
              <Form.Item
                name="clause"
                label="依据条款"
                extra="同校同一条款或条目销号后再次出现的，原问题反弹并重新立案"
              >
                <Input maxLength={200} placeholder="如 《中小学校办学质量督导评估办法》第八条" />
              </Form.Item>
            </FormSection>
            <SourceFields />
          </CommandForm>
        </Panel>
      </div>
    </>
  )
}
