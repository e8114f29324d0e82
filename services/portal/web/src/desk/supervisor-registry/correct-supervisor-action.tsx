import { Form, Input } from 'antd'
import type { Supervisor } from '../../api/types.ts'
import { useApi } from '../../app/app-context.tsx'
import { today } from '../../words/format.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'

type Correction = { homeUnit: string; field: string; phone?: string; effectiveFrom?: string; reason: string }

/** 更正信息: home unit, field and phone of a supervisor. The phone is typed anew: the page knows its masked form only. */
export function CorrectSupervisorAction({ supervisor }: { supervisor: Supervisor }) {
  const api = useApi()
  return (
    <ActionDialog<'/api/supervisor-registry/supervisors/{id}/correct', Correction>
      label="更正信息"
      permission="registry.manage"
      path="/api/supervisor-registry/supervisors/{id}/correct"
      version={supervisor.version}
      conflict={{
        seen: supervisor,
        reload: async () =>
          (await api.get('/api/supervisor-registry/supervisors/{id}', { path: { id: supervisor.supervisorId } })).body,
        labels: { homeUnit: '所在单位', field: '专长', phoneMasked: '电话' },
      }}
      initial={{ homeUnit: supervisor.homeUnit, field: supervisor.field }}
      lead="更换所在单位后，原单位如为在册学校，三年内仍须回避。"
      toInput={(values) => ({
        params: { path: { id: supervisor.supervisorId } },
        body: changesOf(supervisor, values),
      })}
      doneMessage="督学信息已更正"
    >
      <Form.Item name="homeUnit" label="所在单位" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="field" label="专长" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="phone"
        label={`新电话（现为 ${supervisor.phoneMasked}，不更换则不填）`}
        rules={[{ pattern: /^\+?[0-9][0-9 -]{4,18}$/, message: '电话应为数字，可含空格和连字符' }]}
      >
        <Input maxLength={20} inputMode="tel" />
      </Form.Item>
      <Form.Item name="effectiveFrom" label="自何日起如此（不填则自今日起）">
        <DayField to={today()} />
      </Form.Item>
      <Form.Item name="reason" label="更正原因" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} placeholder="如 工作调动、登记有误" />
      </Form.Item>
    </ActionDialog>
  )
}

/** Only what differs is a correction. */
function changesOf(supervisor: Supervisor, { homeUnit, field, phone, effectiveFrom, reason }: Correction) {
  const given = (value: string | undefined): value is string => value !== undefined && value !== ''
  return {
    reason,
    ...(homeUnit === supervisor.homeUnit ? {} : { homeUnit }),
    ...(field === supervisor.field ? {} : { field }),
    ...(given(phone) ? { phone } : {}),
    ...(given(effectiveFrom) ? { effectiveFrom } : {}),
  }
}
