import { Button, Form, Input, Select, Slider } from 'antd'
import type { Body, EvidenceRef, TaskRecord } from '../../api/types.ts'
import { useApi } from '../../app/app-context.tsx'
import { bodyRoles, optionsOf, taskStates, word } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import type { ConflictGuide } from '../kit/form/conflict.ts'
import { DayField } from '../kit/form/day-field.tsx'
import { UploadField } from '../kit/form/upload-field.tsx'
import { DeleteOutlined, PlusOutlined } from '../kit/icons.tsx'

function useTaskConflict(task: TaskRecord): ConflictGuide {
  const api = useApi()
  return {
    seen: { ...task, percent: task.progressPercent },
    reload: async () => {
      const { body } = await api.get('/api/office/tasks/{id}', { path: { id: task.taskId } })
      return { ...body, percent: body.progressPercent }
    },
    labels: { state: '状态', percent: '进度', dueOn: '时限', lead: '牵头单位' },
    format: (field, value) =>
      field === 'state' ? word(taskStates, String(value)) : value === null || value === undefined ? '—' : String(value),
  }
}

export function ProgressAction({ task, primary }: { task: TaskRecord; primary: boolean }) {
  const conflict = useTaskConflict(task)
  return (
    <ActionDialog<'/api/office/tasks/{id}/progress', { percent: number; note: string }>
      kind={primary ? 'primary' : 'default'}
      label="填报进展"
      permission="task.report"
      path="/api/office/tasks/{id}/progress"
      version={task.version}
      conflict={conflict}
      draft={`task-progress.${task.taskId}`}
      initial={{ percent: task.progressPercent }}
      toInput={(values) => ({
        params: { path: { id: task.taskId } },
        body: { percent: values.percent, note: values.note },
      })}
      doneMessage="进展已填报"
    >
      <Form.Item name="percent" label="完成到" rules={[{ required: true }]}>
        <Slider
          min={0}
          max={100}
          step={5}
          marks={{ 0: '0%', 50: '50%', 100: '100%' }}
          tooltip={{ formatter: (value) => `${value}%` }}
        />
      </Form.Item>
      <Form.Item name="note" label="进展情况" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea
          autoSize={{ minRows: 4, maxRows: 12 }}
          maxLength={2000}
          showCount
          placeholder="做了什么、取得什么成效、还有什么困难"
        />
      </Form.Item>
    </ActionDialog>
  )
}

export function EvidenceAction({ task }: { task: TaskRecord }) {
  return (
    <ActionDialog<'/api/office/tasks/{id}/evidence', { files: EvidenceRef[]; note?: string }>
      label="提交印证材料"
      permission="task.report"
      path="/api/office/tasks/{id}/evidence"
      version={task.version}
      toInput={(values) => {
        const [evidence] = values.files
        if (evidence === undefined) throw new Error('no file chosen')
        return {
          params: { path: { id: task.taskId } },
          body: { evidence, ...(values.note === undefined || values.note === '' ? {} : { note: values.note }) },
        }
      }}
      doneMessage="印证材料已提交"
    >
      <Form.Item name="files" label="文件" rules={[{ required: true, message: '请选择一个文件' }]}>
        <UploadField service="office" single hint="一次一份，照片、文档、表格都可以" />
      </Form.Item>
      <Form.Item name="note" label="说明">
        <Input maxLength={200} placeholder="这份材料证明什么" />
      </Form.Item>
    </ActionDialog>
  )
}

export function CompleteAction({ task, primary }: { task: TaskRecord; primary: boolean }) {
  const conflict = useTaskConflict(task)
  return (
    <ActionDialog<'/api/office/tasks/{id}/complete', { note: string }>
      kind={primary ? 'primary' : 'default'}
      label="确认完成"
      permission="task.complete"
      path="/api/office/tasks/{id}/complete"
      version={task.version}
      conflict={conflict}
      toInput={(values) => ({ params: { path: { id: task.taskId } }, body: { note: values.note } })}
      doneMessage="任务已确认完成"
    >
      <Form.Item name="note" label="完成情况" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} />
      </Form.Item>
    </ActionDialog>
  )
}

export function ReopenAction({ task }: { task: TaskRecord }) {
  return (
    <ActionDialog<'/api/office/tasks/{id}/reopen', { reason: string }>
      label="重新打开"
      permission="task.complete"
      path="/api/office/tasks/{id}/reopen"
      version={task.version}
      toInput={(values) => ({ params: { path: { id: task.taskId } }, body: { reason: values.reason } })}
      doneMessage="任务已重新打开"
    >
      <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={500} />
      </Form.Item>
    </ActionDialog>
  )
}

export function AssignAction({ task }: { task: TaskRecord }) {
  const conflict = useTaskConflict(task)
  if (task.state === 'completed') return null
  return (
    <ActionDialog<'/api/office/tasks/{id}/assign', { bodies: Body[]; dueOn?: string }>
      label="调整责任单位和时限"
      permission="plan.manage"
      path="/api/office/tasks/{id}/assign"
      version={task.version}
      conflict={conflict}
      width={640}
      initial={{ bodies: task.bodies, ...(task.dueOn === null ? {} : { dueOn: task.dueOn }) }}
      toInput={(values) => ({
        params: { path: { id: task.taskId } },
        body: { bodies: values.bodies, ...(values.dueOn === undefined ? {} : { dueOn: values.dueOn }) },
      })}
      doneMessage="责任单位和时限已调整"
    >
      <Form.Item label="责任单位" required>
        <Form.List name="bodies">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <div key={field.key} style={{ display: 'flex', gap: 8, marginBottom: 8 }}>
                  <Form.Item name={[field.name, 'role']} noStyle>
                    <Select style={{ width: 90 }} options={optionsOf(bodyRoles)} aria-label="牵头或配合" />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'name']}
                    noStyle
                    rules={[{ required: true, message: '请填写单位名称' }]}
                  >
                    <Input aria-label="单位名称" />
                  </Form.Item>
                  <Button icon={<DeleteOutlined />} aria-label="移除此单位" onClick={() => remove(field.name)} />
                </div>
              ))}
              <Button
                size="small"
                icon={<PlusOutlined />}
                onClick={() => add({ name: '', role: fields.length === 0 ? 'lead' : 'cooperating' })}
              >
                加一个单位
              </Button>
            </>
          )}
        </Form.List>
      </Form.Item>
      <Form.Item name="dueOn" label="时限">
        <DayField />
      </Form.Item>
    </ActionDialog>
  )
}
