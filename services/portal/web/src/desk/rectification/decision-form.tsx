import { useNavigate } from '@tanstack/react-router'
import { App, Form, Input, Radio } from 'antd'
import { useRef, useState } from 'react'
import type { Problem } from '../../api/types.ts'
import { useApi } from '../../app/app-context.tsx'
import { usePages, useRead } from '../../app/use-read.ts'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { addDays, today } from '../../words/format.ts'
import { decisionForms, optionsOf, problemStates, severities } from '../../words/labels.ts'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import type { ConflictGuide } from '../kit/form/conflict.ts'
import { DayField } from '../kit/form/day-field.tsx'
import { LetterPaper } from '../kit/letter-paper.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import { ProblemChoice } from './problem-choice.tsx'
import { useLetterDraft } from './use-letter-draft.ts'

type DecisionValues = {
  form: 'writing' | 'meeting'
  meeting?: { title?: string; heldOn?: string; place?: string; attendees?: string; minutes?: string }
  demands?: Record<string, { demand?: string; dueOn?: string }>
  note?: string
}

/** 下达整改决定: chosen problems, each with its demand and date, and the paper beside it. */
export function DecisionForm() {
  const [search, setSearch] = useSearchState()
  const chosen = (search.problems ?? '').split('.').filter((id) => id !== '')
  const pages = usePages('/api/rectification/problems', { undecided: 'true', limit: 200 })
  const open = pages.data?.pages.flatMap((page) => page.body.items)
  const terms = useRead('/api/rectification/terms', { query: {} })
  const term = terms.data?.body.rectification
  const choose = (ids: readonly string[]) => setSearch({ problems: ids.length === 0 ? undefined : ids.join('.') })
  return (
    <>
      <PageHead crumbs={[{ title: '整改问责' }, { title: '整改决定', to: '/decisions' }]} title="下达整改决定" />
      {pages.isError && open === undefined && <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />}
      {(pages.isPending || terms.isPending) && <SkeletonLines lines={8} />}
      {open !== undefined && open.length === 0 && (
        <div className="panel">
          <EmptyState title="没有等待下达决定的问题">
            新立案的问题会出现在这里，选好后逐个写明整改要求和期限。
          </EmptyState>
        </div>
      )}
      {open !== undefined && open.length > 0 && !terms.isPending && (
        <Filled
          key={chosen.join('.')}
          open={open}
          chosen={open.filter((problem) => chosen.includes(problem.problemId))}
          onChoose={choose}
          dueOn={term?.dueOn ?? addDays(today(), 30)}
          workingDays={term?.workingDays}
          provisional={term?.provisionalYears ?? []}
        />
      )}
    </>
  )
}

interface FilledProps {
  readonly open: readonly Problem[]
  readonly chosen: readonly Problem[]
  readonly onChoose: (ids: readonly string[]) => void
  /** The usual limit by the office's rule. */
  readonly dueOn: string
  readonly workingDays: number | undefined
  /** Years whose holidays are not announced yet. */
  readonly provisional: readonly number[]
}

function Filled({ open, chosen, onChoose, dueOn, workingDays, provisional }: FilledProps) {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const initial: DecisionValues = {
    form: 'writing',
    demands: Object.fromEntries(chosen.map((problem) => [problem.problemId, { dueOn }])),
  }
  const [values, setValues] = useState<Partial<DecisionValues>>(initial)
  // Once both versions were shown, the service says in words why the decision cannot be issued any more.
  const compared = useRef(false)
  const conflict = useDecisionConflict(chosen, compared)
  const letter = useLetterDraft('/api/rectification/decisions/preview', {
    body: bodyOf({ form: 'writing', ...values }, chosen),
  })
  return (
    <div className="decision-layout">
      <Panel>
        <ProblemChoice open={open} chosen={chosen} onChoose={onChoose} />
        {chosen.length > 0 && (
          <CommandForm<'/api/rectification/decisions', DecisionValues>
            path="/api/rectification/decisions"
            draft={`decision.${chosen.map((problem) => problem.problemId).join('.')}`}
            initial={initial}
            onValues={setValues}
            submitLabel="下达整改决定"
            conflict={conflict}
            toInput={(filled) => ({ body: bodyOf(filled, chosen, !compared.current) })}
            onDone={({ id }) => {
              void message.success('整改决定已下达')
              void navigate({ to: `/decisions/${id}` })
            }}
            onCancel={() => void navigate({ to: '/problems' })}
          >
            <FormSection title="反馈形式">
              <Form.Item name="form" label="形式" rules={[{ required: true }]}>
                <Radio.Group options={optionsOf(decisionForms)} />
              </Form.Item>
              {values.form === 'meeting' && (
                <>
                  <Form.Item name={['meeting', 'title']} label="会议" rules={[{ required: true, whitespace: true }]}>
                    <Input maxLength={100} placeholder="如 2026年11月督导反馈会" />
                  </Form.Item>
                  <Form.Item name={['meeting', 'heldOn']} label="会议时间" rules={[{ required: true }]}>
                    <DayField to={today()} />
                  </Form.Item>
                  <Form.Item
                    name={['meeting', 'place']}
                    label="会议地点"
                    rules={[{ required: true, whitespace: true }]}
                  >
                    <Input maxLength={100} />
                  </Form.Item>
                  <Form.Item
                    name={['meeting', 'attendees']}
                    label="参会人员"
                    rules={[{ required: true, whitespace: true }]}
                  >
                    <Input maxLength={1000} placeholder="姓名之间用顿号隔开" />
                  </Form.Item>
                  <Form.Item
                    name={['meeting', 'minutes']}
                    label="会议记录"
                    rules={[{ required: true, whitespace: true }]}
                  >
                    <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={5000} />
                  </Form.Item>
                </>
              )}
            </FormSection>
            <FormSection title="逐项要求" lead={leadOf(workingDays, provisional)}>
              <div className="demand-grid">
                {chosen.map((problem) => (
                  <section key={problem.problemId} className="demand-card">
                    <h3>{problem.title}</h3>
                    <p className="quiet">
                      {problem.schoolName} · {problem.number} · {severities[problem.severity]}
                    </p>
                    <p className="problem-text" style={{ margin: '4px 0 10px' }}>
                      {problem.description}
                    </p>
                    <Form.Item
                      name={['demands', problem.problemId, 'demand']}
                      label="整改要求"
                      rules={[{ required: true, whitespace: true }]}
                    >
                      <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} />
                    </Form.Item>
                    <Form.Item
                      name={['demands', problem.problemId, 'dueOn']}
                      label="整改期限"
                      rules={[{ required: true }]}
                    >
                      <DayField from={addDays(today(), 1)} />
                    </Form.Item>
                  </section>
                ))}
              </div>
            </FormSection>
            <FormSection title="其他">
              <Form.Item name="note" label="补充说明">
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
              </Form.Item>
            </FormSection>
          </CommandForm>
        )}
      </Panel>
      <div className="paper-sticky">{letter !== undefined && <LetterPaper letter={letter} label="整改决定预览" />}</div>
    </div>
  )
}

function leadOf(workingDays: number | undefined, provisional: readonly number[]): string {
  const rule = workingDays === undefined ? '' : `期限默认为 ${workingDays} 个工作日，可以修改。`
  const warning = provisional.length === 0 ? '' : `${provisional.join('、')}年的放假安排还没有公布，期限按周末推算。`
  return `每个问题都要写明整改要求和期限，缺一项不能下达。${rule}${warning}`
}

function bodyOf(
  filled: Partial<DecisionValues> & Pick<DecisionValues, 'form'>,
  chosen: readonly Problem[],
  versioned = false,
) {
  const { form, meeting, demands, note } = filled
  return {
    form,
    ...(form === 'meeting'
      ? {
          meeting: {
            title: meeting?.title ?? '',
            heldOn: meeting?.heldOn ?? null,
            place: meeting?.place ?? null,
            attendees: (meeting?.attendees ?? '').split(/[、，,；;\s]+/).filter((name) => name !== ''),
            minutes: meeting?.minutes ?? null,
          },
        }
      : {}),
    problems: chosen.map(({ problemId, version }) => ({
      problemId,
      ...(versioned ? { version } : {}),
      demand: demands?.[problemId]?.demand ?? null,
      dueOn: demands?.[problemId]?.dueOn ?? null,
    })),
    ...(note === undefined || note === '' ? {} : { note }),
  }
}

/** Somebody may decide on one of the problems meanwhile: what they were and what they are, side by side. */
function useDecisionConflict(chosen: readonly Problem[], compared: { current: boolean }): ConflictGuide {
  const api = useApi()
  const stateOf = (problems: readonly Pick<Problem, 'problemId' | 'state'>[]) =>
    Object.fromEntries(problems.map((problem) => [problem.problemId, problemStates[problem.state]]))
  return {
    seen: stateOf(chosen),
    reload: async () => {
      const answers = await Promise.all(
        chosen.map(({ problemId }) => api.get('/api/rectification/problems/{id}', { path: { id: problemId } })),
      )
      compared.current = true
      return { version: 0, ...stateOf(answers.map(({ body }) => body)) }
    },
    labels: Object.fromEntries(chosen.map((problem) => [problem.problemId, `${problem.number} ${problem.title}`])),
    format: (_field, value) => String(value ?? '—'),
  }
}
