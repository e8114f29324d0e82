import { Link } from '@tanstack/react-router'
import { Progress } from 'antd'
import { useEffect } from 'react'
import type { Plan, PlanItem, Task } from '../../api/types.ts'
import { usePages } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { ErrorState } from '../../kit/states.tsx'
import { day, today } from '../../words/format.ts'
import { taskStates } from '../../words/labels.ts'
import { lampOfTask } from '../../words/lamps.ts'
import './plan-tree.css'

/** The plan's own outline with the state of every task that came out of it. */
export function PlanTree({ plan }: { plan: Plan }) {
  const pages = usePages('/api/office/tasks', { planId: plan.planId, limit: 200 })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  if (pages.isError) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
  const tasks = new Map((pages.data?.pages ?? []).flatMap((page) => page.body.items).map((task) => [task.taskId, task]))
  const items = [...plan.items].sort((one, other) => one.order - other.order)
  return (
    <table className="plan-tree">
      <thead>
        <tr>
          <th scope="col">条目</th>
          <th scope="col">责任单位</th>
          <th scope="col">时限</th>
          <th scope="col">状态</th>
          <th scope="col" style={{ width: 130 }}>
            进度
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <TreeRow
            key={item.itemId}
            item={item}
            task={item.taskId === undefined || item.taskId === null ? undefined : tasks.get(item.taskId)}
          />
        ))}
      </tbody>
    </table>
  )
}

function TreeRow({ item, task }: { item: PlanItem; task: Task | undefined }) {
  const words = `${item.marker}${item.heading ?? ''}${item.heading === undefined || item.heading === null || item.heading === '' ? item.text : ''}`
  if (task === undefined) {
    return (
      <tr className="is-section">
        <td colSpan={5} style={{ paddingLeft: 10 + (item.level - 1) * 20 }}>
          <span className="plan-tree-words">{words}</span>
        </td>
      </tr>
    )
  }
  return (
    <tr>
      <td style={{ paddingLeft: 10 + (item.level - 1) * 20 }}>
        <Link to={`/tasks/${task.taskId}`}>
          <span className="plan-tree-words">{words}</span>
        </Link>
      </td>
      <td>{task.bodies.map((body) => body.name).join('、') || '未定'}</td>
      <td className="nowrap tabular">{day(task.dueOn)}</td>
      <td className="nowrap">
        <StateLamp kind={lampOfTask(task, today())}>{taskStates[task.state]}</StateLamp>
      </td>
      <td>
        <Progress percent={task.progressPercent} size="small" aria-label="进度" />
      </td>
    </tr>
  )
}
