import { App, Button, Progress } from 'antd'
import type { ServiceName, ViewStatus } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useCommand } from '../../app/use-command.ts'
import { count, duration } from '../../words/format.ts'

/** Builds a view anew beside the live one; shows n/N, rate and what is left. */
export function RebuildCell({ service, view }: { service: ServiceName; view: ViewStatus }) {
  const rights = useRights()
  const { message } = App.useApp()
  const rebuild = useCommand(`/api/${service}/system/views/{name}/rebuild`)
  const running = view.rebuild
  if (running !== null && running.state !== 'failed') {
    const share = running.total === 0 ? 0 : running.done / running.total
    return (
      <div>
        <Progress percent={Math.floor(share * 100)} size="small" aria-label="重建进度" />
        <span className="quiet tabular">
          {count(running.done)} / {count(running.total)}
          {` · 每秒 ${count(Math.round(running.eventsPerSecond))} 条`}
          {running.remainingSeconds !== null && ` · 还要${duration(running.remainingSeconds)}`}
        </span>
      </div>
    )
  }
  if (!rights.can('system.operate')) return <span className="quiet">—</span>
  return (
    <Button
      size="small"
      loading={rebuild.isPending}
      onClick={() =>
        rebuild.mutate(
          { params: { path: { name: view.name } } },
          {
            onSuccess: () => void message.success('已开始重建，原视图继续服务'),
            onError: (problem) => void message.error(problem.detail),
          },
        )
      }
    >
      重建
    </Button>
  )
}
