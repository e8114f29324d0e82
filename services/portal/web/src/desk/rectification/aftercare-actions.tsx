import { Form, Input, Radio } from 'antd'
import type { EvidenceRef, ProblemRecord } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { addDays, day, today } from '../../words/format.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { UploadField } from '../kit/form/upload-field.tsx'
import { target, useProblemConflict } from './problem-actions.tsx'

interface ActionProps {
  readonly problem: ProblemRecord
}

type ReCheckValues = { result: 'lasting' | 'rebound'; finding: string; evidence: EvidenceRef[] }

/** 回头看: it lasts, or it is back; a rebound may be found before the re-check is due. */
export function ReCheckAction({ problem }: ActionProps) {
  const conflict = useProblemConflict(problem)
  const state = problem.reCheck?.state
  const early = state === 'waiting'
  const done = state === 'done'
  return (
    <ActionDialog<'/api/rectification/problems/{id}/re-check', ReCheckValues>
      kind={early || done ? 'default' : 'primary'}
      label={early || done ? '登记反弹' : '登记回头看'}
      permission="problem.recheck"
      thing={problem}
      path="/api/rectification/problems/{id}/re-check"
      version={problem.version}
      conflict={conflict}
      draft={`re-check.${problem.problemId}`}
      lead={
        early
          ? `回头看从${day(problem.reCheck?.from)}开始。此前发现问题反弹的，可以随时登记，原问题连同全部过程重新立案。`
          : '问题反弹的，原问题连同全部过程重新立案，严重程度和督办级别各提高一级。'
      }
      initial={{ result: early || done ? 'rebound' : 'lasting' }}
      toInput={(values) => ({ ...target(problem), body: { ...values, evidence: values.evidence ?? [] } })}
      doneMessage="回头看结果已登记"
    >
      <Form.Item name="result" label="结果" rules={[{ required: true }]}>
        <Radio.Group
          options={[
            ...(early || done ? [] : [{ value: 'lasting', label: '整改成效保持' }]),
            { value: 'rebound', label: '问题反弹' },
          ]}
        />
      </Form.Item>
      <Form.Item name="finding" label="复查情况" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} placeholder="何时到校、看了什么" />
      </Form.Item>
      <Form.Item
        name="evidence"
        label="复查照片和材料"
        rules={[{ required: true, message: '请至少上传一份复查照片或材料' }]}
      >
        <UploadField service="rectification" />
      </Form.Item>
    </ActionDialog>
  )
}

export function ConfirmEffectAction({ problem }: ActionProps) {
  const conflict = useProblemConflict(problem)
  return (
    <ActionDialog<'/api/rectification/problems/{id}/confirm-effect', { note: string }>
      kind="primary"
      label="确认整改成效"
      permission="problem.cancel"
      thing={problem}
      path="/api/rectification/problems/{id}/confirm-effect"
      version={problem.version}
      conflict={conflict}
      lead="确认后，问题不再标为“成效未确认”。"
      toInput={(values) => ({ ...target(problem), body: values })}
      doneMessage="整改成效已确认"
    >
      <Form.Item name="note" label="成效意见" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={1000}
          placeholder="如 经回头看，整改见底见效，长效机制已建立"
        />
      </Form.Item>
    </ActionDialog>
  )
}

/** 请部门协办: from then on the waiting time counts as the department's. */
export function AskBodyAction({ problem }: ActionProps) {
  const conflict = useProblemConflict(problem)
  if (problem.state === 'cancelled' || problem.askedBody !== null) return null
  return (
    <ActionDialog<'/api/rectification/problems/{id}/ask-body', { body: string; question: string; replyDueOn: string }>
      label="请部门协办"
      permission="problem.decide"
      thing={problem}
      path="/api/rectification/problems/{id}/ask-body"
      version={problem.version}
      conflict={conflict}
      lead="收到部门回复以前，等待时间记在该部门名下；学校的整改期限不变。"
      initial={{ ...(problem.body === null ? {} : { body: problem.body }), replyDueOn: addDays(today(), 10) }}
      toInput={(values) => ({ ...target(problem), body: values })}
      doneMessage="已请部门协办"
    >
      <Form.Item name="body" label="责任部门" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} disabled={problem.body !== null} placeholder="如 区住建委" />
      </Form.Item>
      <Form.Item name="question" label="协办事项" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} />
      </Form.Item>
      <Form.Item name="replyDueOn" label="回复期限" rules={[{ required: true }]}>
        <DayField from={addDays(today(), 1)} />
      </Form.Item>
    </ActionDialog>
  )
}

/** By the department itself, or by the office for a reply on paper. */
export function ReplyAction({ problem }: ActionProps) {
  const conflict = useProblemConflict(problem)
  const rights = useRights()
  if (problem.askedBody === null) return null
  return (
    <ActionDialog<'/api/rectification/problems/{id}/reply', { text: string; evidence: EvidenceRef[] }>
      kind="primary"
      label={rights.scope('problem.reply') === 'body' ? '回复协办事项' : '登记部门回复'}
      permission="problem.reply"
      thing={problem}
      path="/api/rectification/problems/{id}/reply"
      version={problem.version}
      conflict={conflict}
      draft={`reply.${problem.problemId}`}
      toInput={(values) => ({ ...target(problem), body: { text: values.text, evidence: values.evidence ?? [] } })}
      doneMessage="回复已登记"
    >
      <Form.Item name="text" label="回复内容" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
      </Form.Item>
      <Form.Item name="evidence" label="附件">
        <UploadField service="rectification" />
      </Form.Item>
    </ActionDialog>
  )
}
