import { useNavigate } from '@tanstack/react-router'
import { App, Form, Input, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import type { ProblemSource, School, Severity } from '../../api/types.ts'
import { optionsOf, severities, sourceKinds, sourceLevels } from '../../words/labels.ts'
import { usePeriod } from '../frame/period.tsx'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { SchoolPick } from '../kit/pick/picks.tsx'

type ProblemValues = {
  schoolId: string
  schoolName: string
  title: string
  description: string
  severity: Severity
  source: ProblemSource
}

/** Enters a problem that did not come out of a visit. */
export function ProblemForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { year } = usePeriod()
  const [school, setSchool] = useState<School>()
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
              source: { kind: 'supervision-feedback', title: '', level: 'city', year: Number(year) },
            }}
            submitLabel="登记问题"
            toInput={(values) => ({ body: { ...values, schoolName: school?.name ?? values.schoolName } })}
            onDone={({ id }) => {
              void message.success('问题已登记')
              void navigate({ to: `/problems/${id}` })
            }}
            onCancel={() => void navigate({ to: '/problems' })}
          >
            <FormSection title="问题">
              <Form.Item name="schoolId" label="责任学校" rules={[{ required: true, message: '请选择学校' }]}>
                <SchoolPick onPick={setSchool} />
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
            </FormSection>
            <FormSection title="来源">
              <Form.Item name={['source', 'kind']} label="来源" rules={[{ required: true }]}>
                <Select options={optionsOf(sourceKinds)} />
              </Form.Item>
              <Form.Item name={['source', 'level']} label="反馈层级" rules={[{ required: true }]}>
                <Radio.Group options={optionsOf(sourceLevels)} />
              </Form.Item>
              <Form.Item name={['source', 'title']} label="名称" rules={[{ required: true, whitespace: true }]}>
                <Input maxLength={100} placeholder="如 2026年度市对区履行教育职责评价反馈" />
              </Form.Item>
              <Form.Item name={['source', 'year']} label="年度" rules={[{ required: true }]}>
                <InputNumber controls={false} min={2000} max={2100} precision={0} />
              </Form.Item>
            </FormSection>
          </CommandForm>
        </Panel>
      </div>
    </>
  )
}
