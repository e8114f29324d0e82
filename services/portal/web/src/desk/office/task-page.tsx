import { Link, useParams } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import type { TaskRecord } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useRead, useThing } from '../../app/use-read.ts'
import { EvidenceList } from '../../kit/evidence-list.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { count, day, moment, today } from '../../words/format.ts'
import { bodyRoles, campaignStages, problemStandings, taskStates, word } from '../../words/labels.ts'
import { lampOfTask } from '../../words/lamps.ts'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import { AssignAction, CompleteAction, EvidenceAction, ProgressAction, ReopenAction } from './task-actions.tsx'

/** One task: what was asked, how far it is, what proves it. */
export function TaskPage() {
  const { taskId = '' } = useParams({ strict: false }) as { taskId?: string }
  const query = useThing('/api/office/tasks/{id}', { path: { id: taskId } })
  return (
    <QueryView query={query}>
      {(task, view) => (
        <RecordPage
          crumbs={[
            { title: '计划任务' },
            { title: task.planTitle, to: `/plans/${task.planId}` },
            { title: '任务', to: '/tasks' },
          ]}
          title={task.title}
          state={
            <StateLamp strong kind={lampOfTask(task, today())}>
              {taskStates[task.state]}
            </StateLamp>
          }
          actions={<AssignAction task={task} />}
          nextStep={<TaskNextStep task={task} />}
          facts={[
            { label: '条目', value: task.itemPath },
            { label: '时限', value: day(task.dueOn) },
            {
              label: '进度',
              value: (
                <Progress percent={task.progressPercent} size="small" aria-label="进度" style={{ maxWidth: 220 }} />
              ),
            },
            { label: '未销号问题', value: `${count(task.openProblems)} 个` },
            {
              label: '责任单位',
              wide: true,
              value:
                task.bodies.length === 0
                  ? '未定'
                  : task.bodies.map((body) => `${body.name}（${bodyRoles[body.role]}）`).join('、'),
            },
          ]}
          tabs={[
            { key: 'text', label: '任务内容', children: <p className="plan-text">{task.text}</p> },
            { key: 'evidence', label: `印证材料（${task.evidence.length}）`, children: <TaskEvidence task={task} /> },
            { key: 'campaigns', label: '专项与综合督导', children: <LinkedCampaigns task={task} /> },
            {
              key: 'visits',
              label: `关联督查（${task.linked.visits.length}）`,
              children: <LinkedVisits task={task} />,
            },
            {
              key: 'problems',
              label: `关联问题（${task.linked.problems.length}）`,
              children: <LinkedProblems task={task} />,
            },
          ]}
          timeline={<Timeline entries={task.timeline} newestFirst />}
          view={view}
        />
      )}
    </QueryView>
  )
}

function TaskNextStep({ task }: { task: TaskRecord }) {
  const rights = useRights()
  if (task.state === 'completed') {
    return (
      <NextStep who="督导室" what="任务已完成">
        <ReopenAction task={task} />
      </NextStep>
    )
  }
  const ready = task.progressPercent >= 100
  return (
    <NextStep
      who={task.lead}
      what={ready ? '进展已到 100%，请督导室确认完成' : '填报进展，提交印证材料'}
      by={task.dueOn === null ? undefined : `${day(task.dueOn)}前`}
      mine={ready ? rights.can('task.complete') : rights.can('task.report')}
    >
      <ProgressAction task={task} primary={!ready} />
      <EvidenceAction task={task} />
      <CompleteAction task={task} primary={ready} />
    </NextStep>
  )
}

function TaskEvidence({ task }: { task: TaskRecord }) {
  if (task.evidence.length === 0) {
    return <EmptyState title="还没有印证材料">责任单位在“提交印证材料”中上传文件、照片后，会列在这里。</EmptyState>
  }
  return (
    <ul className="stack">
      {task.evidence.map((piece) => (
        <li key={`${piece.evidence.hash}-${piece.at}`}>
          <EvidenceList files={[piece.evidence]} />
          <p className="quiet">
            {moment(piece.at)}
            {piece.note !== null && piece.note !== '' && ` · ${piece.note}`}
          </p>
        </li>
      ))}
    </ul>
  )
}

/** The inspections that are carried out for the task, and the way to plan one. */
function LinkedCampaigns({ task }: { task: TaskRecord }) {
  const rights = useRights()
  const read = useRead(
    '/api/inspections/campaigns',
    { query: { taskId: task.taskId, limit: 100 } },
    { enabled: rights.can('visit.read') },
  )
  const campaigns = read.data?.body.items ?? []
  const plan = rights.can('campaign.manage') ? (
    <Link to="/campaigns/new" search={{ taskId: task.taskId } as never}>
      <Button>为这项任务拟定督导</Button>
    </Link>
  ) : undefined
  if (campaigns.length === 0) {
    return (
      <EmptyState title="还没有为这项任务组织督导" action={plan}>
        从这里拟定专项督导或综合督导，进展会列在这项任务下；综合督导结束后，年度计划可以据此办结。
      </EmptyState>
    )
  }
  return (
    <>
      <ul className="stack">
        {campaigns.map((campaign) => (
          <li key={campaign.campaignId}>
            <Link to={`/campaigns/${campaign.campaignId}`}>{campaign.title}</Link>
            <span className="quiet aside">
              {campaignStages[campaign.stage]} · 已督查 {count(campaign.visited)} / {count(campaign.schools)} 所
            </span>
          </li>
        ))}
      </ul>
      {plan}
    </>
  )
}

function LinkedVisits({ task }: { task: TaskRecord }) {
  if (task.linked.visits.length === 0)
    return <EmptyState title="还没有关联的督查">安排进校督查时选择这项任务，督查记录就会列在这里。</EmptyState>
  return (
    <ul className="stack">
      {task.linked.visits.map((visit) => (
        <li key={visit.visitId}>
          <Link to={`/visits/${visit.visitId}`}>{visit.schoolName}</Link>
          <span className="quiet aside">
            {day(visit.visitedOn)} · {visit.negatives === 0 ? '没有发现问题' : `答“否” ${visit.negatives} 项`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function LinkedProblems({ task }: { task: TaskRecord }) {
  if (task.linked.problems.length === 0)
    return <EmptyState title="没有关联的问题">从关联督查中确认的问题会列在这里，销号后计入任务成效。</EmptyState>
  return (
    <ul className="stack">
      {task.linked.problems.map((problem) => (
        <li key={problem.problemId}>
          <Link to={`/problems/${problem.problemId}`}>{problem.title}</Link>
          <span className="quiet aside">
            {problem.schoolName} · {word(problemStandings, problem.state)}
          </span>
        </li>
      ))}
    </ul>
  )
}
