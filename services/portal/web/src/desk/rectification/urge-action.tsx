import { Form, Input } from 'antd'
import { useState } from 'react'
import type { ProblemRecord } from '../../api/types.ts'
import { useRead } from '../../app/use-read.ts'
import { addDays, today } from '../../words/format.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { LetterPaper } from '../kit/letter-paper.tsx'
import { target, useProblemConflict } from './problem-actions.tsx'
import { useLetterDraft } from './use-letter-draft.ts'

type UrgeValues = { newDueOn: string; text?: string; consequence?: string }

/** 督办: what the notice will say stands beside the form; its number is taken when it is issued. */
export function UrgeAction({ problem }: { problem: ProblemRecord }) {
  const conflict = useProblemConflict(problem)
  const terms = useRead('/api/rectification/terms', { query: {} }, { enabled: problem.overdue })
  const [values, setValues] = useState<Partial<UrgeValues>>({})
  const newDueOn = terms.data?.body.urging.dueOn
  if (!problem.overdue || newDueOn === undefined) return null
  return (
    <ActionDialog<'/api/rectification/problems/{id}/urge', UrgeValues>
      label="发督办通知"
      permission="problem.urge"
      thing={problem}
      path="/api/rectification/problems/{id}/urge"
      version={problem.version}
      conflict={conflict}
      draft={`urge.${problem.problemId}`}
      lead="发出后自动取得文号，学校的整改期限改为新的期限。"
      width={720}
      initial={{ newDueOn }}
      onValues={setValues}
      toInput={(filled) => ({ ...target(problem), body: written(filled) })}
      doneMessage="督办通知已发出"
    >
      <Form.Item name="newDueOn" label="限期整改到" rules={[{ required: true }]}>
        <DayField from={addDays(today(), 1)} />
      </Form.Item>
      <Form.Item name="text" label="督办要求">
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} />
      </Form.Item>
      <Form.Item name="consequence" label="逾期后果" extra="不填则按督办级别的规定写明">
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} />
      </Form.Item>
      <Preview problemId={problem.problemId} values={{ newDueOn, ...values }} />
    </ActionDialog>
  )
}

function Preview({ problemId, values }: { problemId: string; values: UrgeValues }) {
  const letter = useLetterDraft('/api/rectification/problems/{id}/urge/preview', {
    params: { path: { id: problemId } },
    body: written(values),
  })
  return letter === undefined ? null : <LetterPaper letter={letter} label="督办通知预览" />
}

function written({ newDueOn, text, consequence }: UrgeValues) {
  return {
    newDueOn,
    ...(text === undefined || text === '' ? {} : { text }),
    ...(consequence === undefined || consequence === '' ? {} : { consequence }),
  }
}
