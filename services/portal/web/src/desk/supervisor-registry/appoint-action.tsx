import { Form, Input } from 'antd'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'

interface AppointActionProps {
  readonly supervisorId: string
  readonly version: number
  readonly label: '聘任' | '续聘'
  readonly kind?: 'primary' | 'link'
  /** The term as proposed. */
  readonly termFrom: string
  readonly termTo?: string
  readonly decidedOn: string
}

/** Appoints for a term, by a decision of the committee; the papers get their number by themselves. */
export function AppointAction(props: AppointActionProps) {
  const { supervisorId, version, label, kind = 'primary', termFrom, termTo, decidedOn } = props
  return (
    <ActionDialog<
      '/api/supervisor-registry/supervisors/{id}/appoint',
      { termFrom: string; termTo?: string; decidedBy: string; decidedOn: string }
    >
      kind={kind}
      label={label}
      permission="registry.manage"
      path="/api/supervisor-registry/supervisors/{id}/appoint"
      version={version}
      draft={`appoint.${supervisorId}`}
      initial={{ termFrom, decidedOn, ...(termTo === undefined ? {} : { termTo }) }}
      toInput={({ termTo: to, ...values }) => ({
        params: { path: { id: supervisorId } },
        body: { ...values, ...(to === undefined ? {} : { termTo: to }) },
      })}
      doneMessage="聘任已登记"
    >
      <Form.Item name="termFrom" label="任期自" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
      <Form.Item name="termTo" label="任期至" extra="不填则按规定任期三年计算">
        <DayField />
      </Form.Item>
      <Form.Item name="decidedBy" label="决定机关" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} placeholder="如 示例区人民政府教育督导委员会" />
      </Form.Item>
      <Form.Item name="decidedOn" label="决定日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
    </ActionDialog>
  )
}
