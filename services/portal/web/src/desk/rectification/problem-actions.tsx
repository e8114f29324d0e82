import { Form, Input } from 'antd'
import type { EvidenceRef, ProblemRecord } from '../../api/types.ts'
import { useApi } from '../../app/app-context.tsx'
import { addDays, day, today } from '../../words/format.ts'
import { problemStates, word } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import type { ConflictGuide } from '../kit/form/conflict.ts'
import { DayField } from '../kit/form/day-field.tsx'
import { UploadField } from '../kit/form/upload-field.tsx'

interface ActionProps {
  readonly problem: ProblemRecord
}

export function useProblemConflict(problem: ProblemRecord): ConflictGuide {
  const api = useApi()
  return {
    seen: problem,
    reload: async () => (await api.get('/api/rectification/problems/{id}', { path: { id: problem.problemId } })).body,
    labels: { state: '办理状态', dueOn: '整改期限', demand: '整改要求', urgings: '督办次数', rebounds: '反弹次数' },
    format: (field, value) => {
      if (value === null || value === undefined || value === '') return '—'
      if (field === 'state') return word(problemStates, String(value))
      return field === 'dueOn' ? day(String(value)) : String(value)
    },
  }
}

export const target = (problem: ProblemRecord) => ({ params: { path: { id: problem.problemId } } })

export function ReportAction({ problem }: ActionProps) {
  const conflict = useProblemConflict(problem)
  return (
    <ActionDialog<'/api/rectification/problems/{id}/report', { text: string; evidence: EvidenceRef[] }>
      kind="primary"
      label="提交整改报告"
      permission="problem.report"
      thing={problem}
      path="/api/rectification/problems/{id}/report"
      version={problem.version}
      conflict={conflict}
      draft={`report.${problem.problemId}`}
      width={640}
      lead={problem.demand === null ? undefined : `整改要求：${problem.demand}`}
      toInput={(values) => ({ ...target(problem), body: values })}
      doneMessage="整改报告已提交，等待核查"
    >
      <Form.Item name="text" label="整改情况" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea
          autoSize={{ minRows: 5, maxRows: 14 }}
          maxLength={4000}
          showCount
          placeholder="采取了什么措施、现在怎么样、怎样防止再发生"
        />
      </Form.Item>
      <Form.Item
        name="evidence"
        label="照片和材料"
        rules={[{ required: true, message: '请至少上传一份能证明整改的照片或材料' }]}
      >
        <UploadField service="rectification" />
      </Form.Item>
    </ActionDialog>
  )
}

export function VerifyAction({ problem }: ActionProps) {
  const conflict = useProblemConflict(problem)
  return (
    <ActionDialog<'/api/rectification/problems/{id}/verify', { finding: string; evidence: EvidenceRef[] }>
      kind="primary"
      label="核查通过"
      permission="problem.verify"
      thing={problem}
      path="/api/rectification/problems/{id}/verify"
      version={problem.version}
      conflict={conflict}
      draft={`verify.${problem.problemId}`}
      toInput={(values) => ({ ...target(problem), body: { finding: values.finding, evidence: values.evidence ?? [] } })}
      doneMessage="核查已通过，等待批准销号"
    >
      <Form.Item name="finding" label="核查情况" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 10 }}
          maxLength={2000}
          placeholder="何时到校、看了什么、是否整改到位"
        />
      </Form.Item>
      <Form.Item
        name="evidence"
        label="核查照片和材料"
        rules={[{ required: true, message: '请至少上传一份核查照片或材料' }]}
      >
        <UploadField service="rectification" />
      </Form.Item>
    </ActionDialog>
  )
}

export function ReturnAction({ problem }: ActionProps) {
  const conflict = useProblemConflict(problem)
  return (
    <ActionDialog<'/api/rectification/problems/{id}/return', { reason: string; dueOn?: string }>
      label="退回重新整改"
      permission="problem.verify"
      thing={problem}
      path="/api/rectification/problems/{id}/return"
      version={problem.version}
      conflict={conflict}
      draft={`return.${problem.problemId}`}
      toInput={(values) => ({
        ...target(problem),
        body: { reason: values.reason, ...(values.dueOn === undefined ? {} : { dueOn: values.dueOn }) },
      })}
      doneMessage="已退回学校重新整改"
    >
      <Form.Item name="reason" label="哪里没有整改到位" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
      </Form.Item>
      <Form.Item name="dueOn" label="新的期限" extra="不填则按原期限">
        <DayField from={addDays(today(), 1)} />
      </Form.Item>
    </ActionDialog>
  )
}

export function CancelAction({ problem }: ActionProps) {
  const conflict = useProblemConflict(problem)
  return (
    <ActionDialog<'/api/rectification/problems/{id}/cancel', { note: string; reCheckFrom?: string }>
      kind="primary"
      label="批准销号"
      permission="problem.cancel"
      thing={problem}
      path="/api/rectification/problems/{id}/cancel"
      version={problem.version}
      conflict={conflict}
      lead="销号后问题从挂图作战中移除，全部过程和材料保留在台账中。"
      toInput={({ note, reCheckFrom }) => ({
        ...target(problem),
        body: { note, ...(reCheckFrom === undefined ? {} : { reCheckFrom }) },
      })}
      doneMessage="问题已销号，回头看已安排"
    >
      <Form.Item name="reCheckFrom" label="回头看开始日期" extra="不填则按销号后 30 个工作日安排">
        <DayField from={addDays(today(), 1)} />
      </Form.Item>
      <Form.Item name="note" label="销号意见" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={1000}
          placeholder="如 经核查整改到位，同意销号"
        />
      </Form.Item>
    </ActionDialog>
  )
}

export function ExtendAction({ problem }: ActionProps) {
  const conflict = useProblemConflict(problem)
  if (problem.state !== 'demanded' && problem.state !== 'returned') return null
  return (
    <ActionDialog<'/api/rectification/problems/{id}/extend', { dueOn: string; reason: string }>
      label="批准延期"
      permission="problem.extend"
      thing={problem}
      path="/api/rectification/problems/{id}/extend"
      version={problem.version}
      conflict={conflict}
      toInput={(values) => ({ ...target(problem), body: values })}
      doneMessage="已批准延期"
    >
      <Form.Item name="dueOn" label="延期到" rules={[{ required: true }]}>
        <DayField from={addDays(later(problem.dueOn ?? '', today()), 1)} />
      </Form.Item>
      <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} />
      </Form.Item>
    </ActionDialog>
  )
}

function later(one: string, other: string): string {
  return one > other ? one : other
}
