import { useQuery } from '@tanstack/react-query'
import { ApiProblem } from '../../api/problem.ts'
import { useApi } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { ErrorState } from '../../kit/states.tsx'
import { clock } from '../../words/format.ts'

/** Whether the instance says of itself that it is ready. */
export function HealthPanel() {
  const api = useApi()
  const query = useQuery({
    queryKey: ['health'],
    refetchInterval: 15_000,
    queryFn: async () => {
      try {
        await api.raw('/health/ready')
        return true
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 503) return false
        throw error
      }
    },
  })
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return (
    <div className="panel">
      <div className="panel-body stack-row">
        <span>
          {query.data === undefined ? (
            '正在查询…'
          ) : (
            <StateLamp kind={query.data ? 'on-time' : 'overdue'}>
              {query.data ? '整机就绪，可以正常使用' : '尚未就绪，部分页面可能暂时打不开'}
            </StateLamp>
          )}
        </span>
        <span className="quiet tabular">
          {query.dataUpdatedAt > 0 && `${clock(query.dataUpdatedAt)} 检查，每 15 秒一次`}
        </span>
      </div>
    </div>
  )
}
