import { Link, useParams } from '@tanstack/react-router'
import { Tag } from 'antd'
import type { ProblemRecord } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useThing } from '../../app/use-read.ts'
import { EvidenceList } from '../../kit/evidence-list.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { day } from '../../words/format.ts'
import {
  objectionTo,
  problemStates,
  reCheckStates,
  reportOutcomes,
  severities,
  sourceKinds,
  sourceLevels,
  word,
} from '../../words/labels.ts'
import { lampOfProblem, limitWords } from '../../words/lamps.ts'
import { Facts } from '../kit/facts.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { RecordPage, type RecordTab } from '../kit/record-page.tsx'
import { AskBodyAction, ReCheckAction } from './aftercare-actions.tsx'
import { ExtendAction } from './problem-actions.tsx'
import { ProblemNextStep } from './problem-next-step.tsx'
import { StageBar } from './stage-bar.tsx'
import { WaitingBars } from './waiting-bars.tsx'
import './problem.css'

/** One problem from the checklist line to its cancellation. The school sees its next step and nothing it cannot do. */
export function ProblemPage() {
  const { problemId = '' } = useParams({ strict: false }) as { problemId?: string }
  const rights = useRights()
  const query = useThing('/api/rectification/problems/{id}', { path: { id: problemId } })
  return (
    <QueryView query={query}>
      {(problem, view) => (
        <RecordPage
          crumbs={[{ title: '整改问责' }, { title: '问题台账', to: '/problems' }, { title: problem.number }]}
          title={problem.title}
          state={
            <>
              <StateLamp
                strong
                kind={lampOfProblem(problem)}
                title={problem.dueOn === null ? undefined : `${day(problem.dueOn)}到期`}
              >
                {limitWords(problem)}
              </StateLamp>
              {problem.rebounds > 0 && <Tag color="volcano">反弹 {problem.rebounds} 次</Tag>}
              {problem.effect === 'unconfirmed' && <Tag color="gold">成效未确认</Tag>}
              {problem.workingDaysLeft !== null && <span className="quiet">{problemStates[problem.state]}</span>}
            </>
          }
          actions={
            <>
              {problem.state === 'cancelled' && problem.reCheck?.state === 'done' && (
                <ReCheckAction problem={problem} />
              )}
              <AskBodyAction problem={problem} />
              <ExtendAction problem={problem} />
            </>
          }
          nextStep={
            <>
              <StageBar state={problem.state} />
              <ProblemNextStep problem={problem} />
            </>
          }
          facts={[
            { label: '编号', value: problem.number },
            { label: '学校', value: <Link to={`/schools/${problem.schoolId}`}>{problem.schoolName}</Link> },
            { label: '责任区', value: problem.zoneName ?? '—' },
            { label: '责任督学', value: problem.supervisorName ?? '—' },
            { label: '严重程度', value: severities[problem.severity] },
            { label: '整改期限', value: <Limit problem={problem} /> },
            {
              label: '来源',
              value: `${word(sourceKinds, problem.source.kind)} · ${sourceLevels[problem.source.level]} · ${problem.source.year}年`,
            },
            ...(problem.body === null ? [] : [{ label: '责任部门', value: problem.body }]),
            ...(problem.urgingLevel === 0 ? [] : [{ label: '督办级别', value: `${problem.urgingLevel} 级` }]),
            ...(problem.reCheck === null
              ? []
              : [{ label: '回头看', value: <ReCheckFact reCheck={problem.reCheck} /> }]),
            { label: '立案日期', value: day(problem.openedOn) },
          ]}
          tabs={tabsOf(problem, rights.scope('problem.read') === 'school')}
          timeline={<Timeline entries={problem.timeline} next={nextWords(problem)} />}
          view={view}
        />
      )}
    </QueryView>
  )
}

function Limit({ problem }: { problem: ProblemRecord }) {
  if (problem.dueOn === null) return '未下达'
  const moved = problem.originalDueOn !== null && problem.originalDueOn !== problem.dueOn
  return (
    <>
      {day(problem.dueOn)}
      {moved && <span className="quiet">（原定 {day(problem.originalDueOn)}）</span>}
    </>
  )
}

function ReCheckFact({ reCheck }: { reCheck: NonNullable<ProblemRecord['reCheck']> }) {
  if (reCheck.checkedOn !== null) return `已于 ${day(reCheck.checkedOn)}完成`
  if (reCheck.from === null) return '正在安排'
  return `${reCheckStates[reCheck.state]}（${day(reCheck.from)}至${day(reCheck.dueOn)}）`
}

function receiptOf(receivedOn: string | null): string {
  return receivedOn === null ? '未签收' : `${day(receivedOn)}签收`
}

function nextWords(problem: ProblemRecord): string | undefined {
  if (problem.nextStep === null) return undefined
  const { action, by } = problem.nextStep
  return by === null ? action : `${action}（${day(by)}前）`
}

function tabsOf(problem: ProblemRecord, school: boolean): RecordTab[] {
  const evidence = problem.originEvidence
  const objection = objectionTo(problem)
  const tabs: RecordTab[] = [
    {
      key: 'problem',
      label: '问题与要求',
      children: (
        <Facts
          items={[
            ...(objection === undefined
              ? []
              : [{ label: '退回意见', value: <p className="problem-text">{objection}</p>, wide: true }]),
            { label: '问题描述', value: <p className="problem-text">{problem.description}</p>, wide: true },
            {
              label: '整改要求',
              value: <p className="problem-text">{problem.demand ?? '尚未下达整改决定'}</p>,
              wide: true,
            },
            ...(evidence.length === 0
              ? []
              : [{ label: '现场照片', value: <EvidenceList files={evidence} />, wide: true }]),
            {
              label: '来源名称',
              value:
                problem.source.documentNumber === null
                  ? problem.source.title
                  : `${problem.source.title}（${problem.source.documentNumber}）`,
              wide: true,
            },
            ...(problem.itemTitle === null
              ? []
              : [{ label: '对应条目', value: `${problem.itemCode ?? ''} ${problem.itemTitle}`.trim() }]),
            ...(problem.clause === null ? [] : [{ label: '依据条款', value: problem.clause }]),
            ...(problem.visitId === null || school
              ? []
              : [{ label: '督查记录', value: <Link to={`/visits/${problem.visitId}`}>查看当次督查</Link> }]),
            ...(problem.taskId === null || school
              ? []
              : [{ label: '对应任务', value: <Link to={`/tasks/${problem.taskId}`}>查看任务</Link> }]),
          ]}
        />
      ),
    },
    { key: 'reports', label: `整改报告（${problem.reports.length}）`, children: <Reports problem={problem} /> },
    ...(school ? [] : [{ key: 'waiting', label: '等待时间', children: <Waiting problem={problem} /> }]),
    {
      key: 'documents',
      label: `决定与通知（${problem.decisions.length + problem.notices.length}）`,
      children: <Documents problem={problem} />,
    },
  ]
  return tabs
}

function Reports({ problem }: { problem: ProblemRecord }) {
  if (problem.reports.length === 0)
    return <EmptyState title="还没有整改报告">学校整改后提交报告和照片，会列在这里。</EmptyState>
  return [...problem.reports].reverse().map((report) => (
    <section key={`${report.reportedOn}-${report.text}`} className="report">
      <p className="quiet">
        {day(report.reportedOn)} · {report.reportedBy} · {reportOutcomes[report.outcome]}
      </p>
      <p className="problem-text">{report.text}</p>
      <EvidenceList files={report.evidence} />
      {report.outcomeNote !== null && (
        <p className="report-outcome">
          {report.outcome === 'returned' ? '退回意见' : '核查意见'}：{report.outcomeNote}
        </p>
      )}
    </section>
  ))
}

function Documents({ problem }: { problem: ProblemRecord }) {
  if (problem.decisions.length + problem.notices.length === 0) {
    return <EmptyState title="还没有文书">下达整改决定、发出督办通知后，会按文号列在这里。</EmptyState>
  }
  return (
    <ul className="stack">
      {problem.decisions.map((decision) => (
        <li key={decision.decisionId} className="stack-row">
          <Link to={`/decisions/${decision.decisionId}`}>{decision.documentNumber}</Link>
          <span className="quiet">整改决定 · {receiptOf(decision.receivedOn)}</span>
        </li>
      ))}
      {problem.notices.map((notice) => (
        <li key={notice.noticeId} className="stack-row">
          <Link to={`/notices/${notice.noticeId}`}>{notice.documentNumber}</Link>
          <span className="quiet">
            {notice.levelName}通知 · {day(notice.issuedOn)} · 新期限 {day(notice.newDueOn)} ·{' '}
            {receiptOf(notice.receivedOn)}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** 为何迟滞: for whom how long. */
function Waiting({ problem }: { problem: ProblemRecord }) {
  const { total, parties: split } = problem.waiting
  return <WaitingBars total={total} parties={split} />
}
