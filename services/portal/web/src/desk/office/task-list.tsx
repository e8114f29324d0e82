import { Progress } from 'antd'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { day, today } from '../../words/format.ts'
import { optionsOf, taskStates } from '../../words/labels.ts'
import { lampOfTask } from '../../words/lamps.ts'
import { PageHead } from '../kit/page-head.tsx'
import { PlanPick } from '../kit/pick/picks.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

/** Every task of every plan. */
export function TaskList() {
  return (
    <>
      <PageHead crumbs={[{ title: '计划任务' }]} title="任务" />
      <DataTable
        name="tasks"
        past="tasks"
        path="/api/office/tasks"
        caption="任务"
        rowKey={(task) => task.taskId}
        rowTo={(task) => `/tasks/${task.taskId}`}
        filters={[
          { kind: 'search', key: 'q', label: '任务内容' },
          { kind: 'pick', key: 'planId', label: '计划', render: (props) => <PlanPick {...props} width={200} /> },
          { kind: 'select', key: 'state', label: '状态', options: optionsOf(taskStates) },
          { kind: 'toggle', key: 'overdue', label: '只看逾期' },
        ]}
        empty={
          <EmptyState title="这里将列出计划分解出的任务">
            督导室采纳年度计划后，每个条目自动成为一项任务，写明牵头和配合单位。
          </EmptyState>
        }
        columns={[
          { key: 'title', title: '任务', render: (task) => task.title, isTitle: true },
          { key: 'path', title: '条目', render: (task) => task.itemPath, width: 130 },
          { key: 'lead', title: '牵头单位', render: (task) => task.lead ?? '未定', width: 150 },
          {
            key: 'bodies',
            title: '配合单位',
            optional: true,
            render: (task) =>
              task.bodies
                .filter((body) => body.role === 'cooperating')
                .map((body) => body.name)
                .join('、') || '—',
          },
          { key: 'due', title: '时限', render: (task) => day(task.dueOn), width: 140 },
          {
            key: 'state',
            title: '状态',
            width: 110,
            text: (task) => taskStates[task.state],
            render: (task) => <StateLamp kind={lampOfTask(task, today())}>{taskStates[task.state]}</StateLamp>,
          },
          {
            key: 'progress',
            title: '进度',
            width: 130,
            text: (task) => `${task.progressPercent}%`,
            render: (task) => <Progress percent={task.progressPercent} size="small" aria-label="进度" />,
          },
          {
            key: 'visits',
            optional: true,
            title: '督查',
            render: (task) => String(task.linkedVisits),
            width: 70,
            align: 'right',
          },
          {
            key: 'problems',
            title: '未销号问题',
            render: (task) => String(task.openProblems),
            width: 100,
            align: 'right',
          },
          {
            key: 'evidence',
            optional: true,
            title: '印证材料',
            render: (task) => String(task.evidence),
            width: 90,
            align: 'right',
          },
          { key: 'plan', title: '所属计划', render: (task) => task.planTitle, optional: true },
        ]}
      />
    </>
  )
}
