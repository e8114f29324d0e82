import type { Answer } from '../../api/types.ts'
import { answers } from '../../words/labels.ts'

const choices: readonly Answer[] = ['yes', 'no', 'not-applicable']

interface AnswerChoiceProps {
  readonly name: string
  readonly label: string
  readonly value: Answer | undefined
  readonly onChange: (answer: Answer) => void
}

/** 是 / 否 / 不适用 as three large targets. */
export function AnswerChoice({ name, label, value, onChange }: AnswerChoiceProps) {
  return (
    <fieldset className="answer-choice">
      <legend className="visually-hidden">{label}</legend>
      {choices.map((answer) => (
        <label
          key={answer}
          className={value === answer ? `answer answer-${answer} is-chosen` : `answer answer-${answer}`}
        >
          <input type="radio" name={name} checked={value === answer} onChange={() => onChange(answer)} />
          {answers[answer]}
        </label>
      ))}
    </fieldset>
  )
}
