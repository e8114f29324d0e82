import { useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd-mobile'
import type { ProblemRecord } from '../../api/types.ts'
import { useMe, useRights } from '../../app/app-context.tsx'
import { EvidenceList } from '../../kit/evidence-list.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { day } from '../../words/format.ts'
import { objectionTo } from '../../words/labels.ts'
import { lampOfProblem, limitWords } from '../../words/lamps.ts'
import { FieldHead } from '../kit/field-head.tsx'
import { KeptNote } from '../kit/kept-note.tsx'
import { useFieldStore } from '../store/field-store.tsx'
import type { ProblemAction } from '../store/problem-drafts.ts'
import { problemDraftId } from '../store/problem-drafts.ts'
import { useFieldRead } from '../store/use-field-read.ts'
import { useLive } from '../store/use-live.ts'

const labels: Record<ProblemAction, string> = {
  report: '提交整改报告',
  verify: '核查通过',
  return: '退回重新整改',
  lasting: '整改成效保持',
  rebound: '问题反弹',
}

/** One problem on the phone: what is demanded, the next step, and what happened so far. */
export function FieldProblem() {
  const me = useMe()
  const { problemId = '' } = useParams({ strict: false }) as { problemId?: string }
  const query = useFieldRead(me.subject, '/api/rectification/problems/{id}', { path: { id: problemId } })
  const problem = query.data?.body
  return (
    <>
      <FieldHead title={problem?.number ?? '问题'} back="/problems" />
      <main className="field-content">
        <KeptNote keptAt={query.data?.keptAt} />
        {query.isPending && <SkeletonLines lines={6} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {problem !== undefined && <Shown problem={problem} />}
      </main>
    </>
  )
}

function Shown({ problem }: { problem: ProblemRecord }) {
  const objection = objectionTo(problem)
  return (
    <>
      <section className="field-card">
        <h2 className="problem-title">{problem.title}</h2>
        <p>
          <StateLamp strong kind={lampOfProblem(problem)}>
            {limitWords(problem)}
          </StateLamp>
          {problem.rebounds > 0 && <span className="quiet"> 反弹 {problem.rebounds} 次</span>}
        </p>
        <dl className="field-facts">
          <dt>学校</dt>
          <dd>{problem.schoolName}</dd>
          <dt>问题</dt>
          <dd>{problem.description}</dd>
          {objection !== undefined && (
            <>
              <dt>退回意见</dt>
              <dd>{objection}</dd>
            </>
          )}
          <dt>整改要求</dt>
          <dd>{problem.demand ?? '尚未下达整改决定'}</dd>
          <dt>期限</dt>
          <dd>{problem.dueOn === null ? '—' : `${day(problem.dueOn)}前`}</dd>
        </dl>
        <EvidenceList files={problem.originEvidence} label="现场照片" />
      </section>
      <NextActions problem={problem} />
      <h2 className="field-group">办理过程</h2>
      <section className="field-card">
        <Timeline
          entries={problem.timeline}
          {...(problem.nextStep === null ? {} : { next: problem.nextStep.action })}
        />
      </section>
    </>
  )
}

function NextActions({ problem }: { problem: ProblemRecord }) {
  const rights = useRights()
  const navigate = useNavigate()
  const { db } = useFieldStore()
  const queued = useLive(`queued ${problem.problemId}`, async () => {
    const ids = (['report', 'verify', 'return', 'lasting', 'rebound'] as const).map((action) =>
      problemDraftId(action, problem.problemId),
    )
    const drafts = await db.problemDrafts.bulkGet(ids)
    return drafts.some((draft) => draft?.state === 'queued')
  })
  const actions: ProblemAction[] = []
  if (problem.state === 'demanded' || problem.state === 'returned') {
    if (rights.can('problem.report', problem)) actions.push('report')
  } else if (problem.state === 'reported' && rights.can('problem.verify', problem)) {
    actions.push('verify', 'return')
  } else if (problem.state === 'cancelled' && rights.can('problem.recheck', problem)) {
    const due = problem.reCheck?.state === 'due' || problem.reCheck?.state === 'overdue'
    if (due) actions.push('lasting')
    actions.push('rebound')
  }
  if (problem.nextStep === null) return null
  return (
    <section className="field-card next-card">
      <p className="quiet">下一步</p>
      <p className="next-words">
        {problem.nextStep.action}
        {problem.nextStep.by !== null && `（${day(problem.nextStep.by)}前）`}
      </p>
      {queued === true ? (
        <p>已填写完成，正在等待发送。</p>
      ) : (
        actions.map((action, index) => (
          <Button
            key={action}
            block
            size="large"
            color={index === 0 && action !== 'rebound' ? 'primary' : 'default'}
            onClick={() => void navigate({ to: `/problems/${problem.problemId}/${action}` })}
          >
            {labels[action]}
          </Button>
        ))
      )}
    </section>
  )
}
