import { useQueryClient } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { type ReactNode, useState } from 'react'
import type { CommandAnswerOf, PostPath } from '../../../api/client.ts'
import type { ApiProblem } from '../../../api/problem.ts'
import { type CommandInput, useCommand } from '../../../app/use-command.ts'
import { moment } from '../../../words/format.ts'
import { type ConflictGuide, type Difference, differencesOf } from './conflict.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { byField } from './field-path.ts'
import { type FieldMessage, ProblemSummary } from './problem-summary.tsx'
import { useDraft } from './use-draft.ts'

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the form puts the label in
const validateMessages = { required: '请填写${label}', whitespace: '请填写${label}' }
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: the form puts the label in

export type FormValues = Record<string, unknown>

export interface CommandFormProps<P extends PostPath, V extends FormValues> {
  readonly path: P
  /** Builds the command from what was filled in. */
  readonly toInput: (values: V) => Omit<CommandInput<P>, 'version'>
  readonly submitLabel: string
  readonly onDone: (answer: CommandAnswerOf<P>) => void
  readonly onCancel?: () => void
  readonly initial?: Partial<V>
  /** Names the draft; without it nothing is kept. */
  readonly draft?: string
  /** Version of the thing that the person saw. */
  readonly version?: number | undefined
  readonly conflict?: ConflictGuide | undefined
  readonly danger?: boolean
  readonly inDialog?: boolean
  readonly children?: ReactNode
  readonly onValues?: (values: Partial<V>) => void
}

/**
 * The one way to fill something in: draft kept until it is submitted, errors at the field and summed at the top,
 * the same request number over retries, both versions shown when somebody else was quicker.
 */
export function CommandForm<P extends PostPath, V extends FormValues>(props: CommandFormProps<P, V>) {
  const {
    path,
    toInput,
    submitLabel,
    onDone,
    onCancel,
    initial,
    danger = false,
    inDialog = false,
    children,
    onValues,
  } = props
  const [form] = Form.useForm<V>()
  // What was on screen when the form opened: a page read anew meanwhile must not pass for what the person saw.
  const [{ version, conflict }] = useState({ version: props.version, conflict: props.conflict })
  const cache = useQueryClient()
  const command = useCommand(path)
  const draft = useDraft(props.draft)
  const [problem, setProblem] = useState<ApiProblem>()
  const [messages, setMessages] = useState<readonly FieldMessage[]>([])
  const [clash, setClash] = useState<{ version: number; differences: Difference[]; values: V }>()

  const submit = (values: V, onVersion: number | undefined) => {
    setProblem(undefined)
    setMessages([])
    // Awaited rather than by callbacks, which are dropped when the new data take the form off the page first.
    command.mutateAsync({ ...toInput(values), version: onVersion } as CommandInput<P>).then(
      (answer) => {
        draft.forget()
        onDone(answer)
      },
      (refused: ApiProblem) => void explain(refused, values),
    )
  }
  const explain = async (refused: ApiProblem, values: V) => {
    if (refused.status === 412 && conflict !== undefined) {
      const now = await conflict.reload()
      setClash({ version: now.version, differences: differencesOf(conflict, now, values), values })
      return
    }
    const fields = byField(refused.errors)
    form.setFields(fields.map(({ path: name, messages: errors }) => ({ name: name as never, errors })))
    setMessages(
      fields.flatMap(({ path: name, messages: errors }) => errors.map((message) => ({ path: name, message }))),
    )
    setProblem(refused)
  }
  return (
    <>
      <ProblemSummary problem={problem} messages={messages} form={form} />
      {draft.restored !== undefined && (
        <div className="draft-note">
          <span>已恢复您在 {moment(draft.restored.at)} 填写、尚未提交的内容。</span>
          <Button
            size="small"
            onClick={() => {
              draft.forget()
              form.setFieldsValue({
                ...Object.fromEntries(Object.keys(form.getFieldsValue(true)).map((key) => [key, undefined])),
                ...initial,
              } as never)
            }}
          >
            放弃草稿
          </Button>
        </div>
      )}
      <Form<V>
        form={form}
        layout="vertical"
        requiredMark={(label, { required }) => (
          <>
            {label}
            {!required && <span className="quiet">（选填）</span>}
          </>
        )}
        initialValues={{ ...initial, ...draft.restored?.values }}
        onValuesChange={(_changed, all) => {
          draft.keep(all)
          onValues?.(all as Partial<V>)
        }}
        onFinish={(values) => submit(values, version)}
        onFinishFailed={({ errorFields }) => {
          setProblem(undefined)
          setMessages(
            errorFields.flatMap(({ name, errors }) =>
              errors.map((message) => ({ path: name as (string | number)[], message })),
            ),
          )
        }}
        validateMessages={validateMessages}
        scrollToFirstError={{ block: 'center' }}
      >
        {children}
        <div className={inDialog ? 'form-actions form-actions-end' : 'form-actions'}>
          {inDialog && onCancel !== undefined && <Button onClick={onCancel}>取消</Button>}
          <Button type="primary" htmlType="submit" danger={danger} loading={command.isPending}>
            {submitLabel}
          </Button>
          {!inDialog && onCancel !== undefined && <Button onClick={onCancel}>返回</Button>}
        </div>
      </Form>
      {clash !== undefined && (
        <ConflictDialog
          differences={clash.differences}
          onClose={() => setClash(undefined)}
          onTakeTheirs={() => {
            setClash(undefined)
            draft.forget()
            void cache.invalidateQueries()
            onCancel?.()
          }}
          onSubmitMine={() => {
            setClash(undefined)
            submit(clash.values, clash.version)
          }}
        />
      )}
    </>
  )
}

/** A part of a form under a heading of its own. */
export function FormSection({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className="form-section">
      <h2>{title}</h2>
      {lead !== undefined && <p>{lead}</p>}
      {children}
    </section>
  )
}
