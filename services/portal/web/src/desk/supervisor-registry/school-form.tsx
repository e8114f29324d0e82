import { useNavigate } from '@tanstack/react-router'
import { App, Form, Input, InputNumber } from 'antd'
import type { Ownership, SchoolKind, SchoolStage } from '../../api/types.ts'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { SchoolFields } from './school-fields.tsx'

type SchoolValues = {
  code: string
  name: string
  kind: SchoolKind
  stage: SchoolStage
  ownership: Ownership
  address?: string
  zoneId?: string
  enrolment?: number | null
  overrideReason?: string
}

/** Registers a school. */
export function SchoolForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }, { title: '学校', to: '/schools' }]} title="登记学校" />
      <div className="form-column">
        <Panel>
          <CommandForm<'/api/supervisor-registry/schools', SchoolValues>
            path="/api/supervisor-registry/schools"
            draft="school-new"
            initial={{ kind: 'school', ownership: 'public' }}
            submitLabel="登记学校"
            toInput={({ address, zoneId, enrolment, overrideReason, ...values }) => ({
              body: {
                ...values,
                ...(address === undefined || address === '' ? {} : { address }),
                ...(zoneId === undefined ? {} : { zoneId }),
                ...(enrolment === undefined || enrolment === null ? {} : { enrolment }),
                ...(overrideReason === undefined || overrideReason === '' ? {} : { overrideReason }),
              },
            })}
            onDone={({ id }) => {
              void message.success('学校已登记')
              void navigate({ to: `/schools/${id}` })
            }}
            onCancel={() => void navigate({ to: '/schools' })}
          >
            <FormSection title="识别">
              <Form.Item
                name="code"
                label="学校标识码"
                rules={[
                  { required: true, whitespace: true },
                  { pattern: /^[0-9A-Z]{6,20}$/, message: '学校标识码为 6—20 位数字或大写字母' },
                ]}
                extra="教育部统一编码，在本室内不能重复"
              >
                <Input maxLength={20} inputMode="numeric" style={{ maxWidth: 240 }} />
              </Form.Item>
            </FormSection>
            <FormSection title="基本情况">
              <SchoolFields />
            </FormSection>
            <FormSection title="规模" lead="在校人数决定一名督学可以负责几所学校，以后每学期更新一次。">
              <Form.Item name="enrolment" label="在校人数">
                <InputNumber controls={false} min={0} max={100000} precision={0} suffix="人" style={{ width: 160 }} />
              </Form.Item>
            </FormSection>
          </CommandForm>
        </Panel>
      </div>
    </>
  )
}
