import { Button, Progress } from 'antd'
import type { ServiceName, ViewStatus } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { count, duration } from '../../words/format.ts'
import { useAction } from './use-action.ts'

/** Builds a view anew beside the live one; shows n/N, rate and what is left. */
export function RebuildCell({ service, view }: { service: ServiceName; view: ViewStatus }) {
  const rights = useRights()
  const rebuild = useAction(`/api/${service}/system/views/{name}/rebuild`, '已开始重建，原视图继续服务')
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
      onClick={() => rebuild.run({ params: { path: { name: view.name } } })}
    >
      重建
    </Button>
  )
}
