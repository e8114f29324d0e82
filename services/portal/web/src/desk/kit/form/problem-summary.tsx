import type { FormInstance } from 'antd'
import { useEffect, useRef } from 'react'
import type { ApiProblem } from '../../../api/problem.ts'
import { TraceId } from '../../../kit/states.tsx'
import type { FieldPath } from './field-path.ts'

export interface FieldMessage {
  readonly path: FieldPath
  readonly message: string
}

interface ProblemSummaryProps {
  readonly problem: ApiProblem | undefined
  readonly messages: readonly FieldMessage[]
  readonly form: FormInstance
}

/** All that keeps a form from being submitted, at its top; a click leads to the field. */
export function ProblemSummary({ problem, messages, form }: ProblemSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  // The button that was pressed may stand a screen below.
  useEffect(() => {
    if (problem !== undefined) box.current?.scrollIntoView({ block: 'center' })
  }, [problem])
  if (problem === undefined && messages.length === 0) return null
  return (
    <div ref={box} className="problem-summary" role="alert">
      <h2>{problem?.title ?? `有 ${messages.length} 处需要修改`}</h2>
      {problem !== undefined && !messages.some(({ message }) => message === problem.detail) && <p>{problem.detail}</p>}
      {messages.length > 0 && (
        <ul>
          {messages.map((item) => (
            <li key={`${item.path.join('/')}-${item.message}`}>
              <button type="button" onClick={() => goTo(form, item.path)}>
                {item.message}
              </button>
            </li>
          ))}
        </ul>
      )}
      {problem !== undefined && <TraceId problem={problem} />}
    </div>
  )
}

function goTo(form: FormInstance, path: FieldPath): void {
  form.scrollToField(path, { block: 'center' })
  form.focusField(path)
}
