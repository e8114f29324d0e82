import { useNavigate } from '@tanstack/react-router'
import { App, Form, Input, Radio } from 'antd'
import type { Employment, SupervisorCategory } from '../../api/types.ts'
import { employments, optionsOf, supervisorCategories } from '../../words/labels.ts'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'

type SupervisorValues = {
  name: string
  category: SupervisorCategory
  employment: Employment
  homeUnit: string
  field: string
  phone: string
}

/** Registers a person as supervisor; the appointment follows on the record. */
export function SupervisorForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }, { title: '督学', to: '/supervisors' }]} title="登记督学" />
      <div className="form-column">
        <Panel>
          <CommandForm<'/api/supervisor-registry/supervisors', SupervisorValues>
            path="/api/supervisor-registry/supervisors"
            draft="supervisor-new"
            initial={{ category: 'school', employment: 'part-time' }}
            submitLabel="登记督学"
            toInput={(values) => ({ body: values })}
            onDone={({ id }) => {
              void message.success('督学已登记，请办理聘任')
              void navigate({ to: `/supervisors/${id}` })
            }}
            onCancel={() => void navigate({ to: '/supervisors' })}
          >
            <FormSection title="本人">
              <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true }]}>
                <Input maxLength={30} style={{ maxWidth: 240 }} />
              </Form.Item>
              <Form.Item
                name="phone"
                label="电话"
                rules={[
                  { required: true, whitespace: true },
                  { pattern: /^\+?[0-9][0-9 -]{4,18}$/, message: '电话应为数字，可含空格和连字符' },
                ]}
                extra="只用于工作联系，页面上隐去中间四位"
              >
                <Input maxLength={20} inputMode="tel" style={{ maxWidth: 240 }} />
              </Form.Item>
              <Form.Item name="homeUnit" label="所在单位" rules={[{ required: true, whitespace: true }]}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name="field" label="专长" rules={[{ required: true, whitespace: true }]}>
                <Input maxLength={100} placeholder="如 小学语文、学校安全" />
              </Form.Item>
            </FormSection>
            <FormSection title="督学身份">
              <Form.Item name="category" label="类别" rules={[{ required: true }]}>
                <Radio.Group options={optionsOf(supervisorCategories)} />
              </Form.Item>
              <Form.Item name="employment" label="专兼职" rules={[{ required: true }]}>
                <Radio.Group options={optionsOf(employments)} />
              </Form.Item>
            </FormSection>
          </CommandForm>
        </Panel>
      </div>
    </>
  )
}
