import { Form, Select } from 'antd'
import type { Problem } from '../../api/types.ts'

interface ProblemChoiceProps {
  readonly open: readonly Problem[]
  readonly chosen: readonly Problem[]
  readonly onChoose: (ids: readonly string[]) => void
}

/** Which of the open problems the decision is about. */
export function ProblemChoice({ open, chosen, onChoose }: ProblemChoiceProps) {
  return (
    <Form layout="vertical" component="div">
      <Form.Item
        label="针对的问题"
        htmlFor="decision-problems"
        extra={chosen.length === 0 ? '请至少选择一个问题' : `已选 ${chosen.length} 个`}
      >
        <Select
          id="decision-problems"
          mode="multiple"
          placeholder="选择已立案、尚未下达决定的问题"
          value={chosen.map((problem) => problem.problemId)}
          onChange={(ids: string[]) => onChoose(ids)}
          showSearch={{ optionFilterProp: 'label' }}
          options={open.map((problem) => ({
            value: problem.problemId,
            label: `${problem.number} ${problem.title}（${problem.schoolName}）`,
          }))}
        />
      </Form.Item>
    </Form>
  )
}
