import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import { useEffect, useState } from 'react'
import type { ImportJob } from '../../api/types.ts'
import { useCommand } from '../../app/use-command.ts'
import { useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { ErrorState } from '../../kit/states.tsx'
import { count, duration, moment } from '../../words/format.ts'
import { importStates } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import { Facts } from '../kit/facts.tsx'
import { Panel } from '../kit/panel.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { type ErrorFile, ProblemTable, SaveErrors } from './import-preview.tsx'

export const importLamps: Record<ImportJob['state'], LampKind> = {
  running: 'information',
  finished: 'on-time',
  cancelled: 'closed',
  failed: 'overdue',
  interrupted: 'overdue',
}

/** What is to be done when an import did not come to its end by itself. */
const remarks: Partial<Record<ImportJob['state'], string>> = {
  cancelled: '已保存的内容保留，其余的行没有处理。再次导入同一份文件，只会补上其余的行。',
  failed: '存储暂时不可用，导入没有完成。已保存的内容保留；请稍后再次导入同一份文件，只会补上其余的行。',
  interrupted: '服务曾经停止，导入中断。已保存的内容保留；请再次导入同一份文件，只会补上其余的行。',
}

const LOOK_EVERY = 700

interface ImportProgressProps {
  readonly id: string
  readonly kind: 'schools' | 'supervisors'
  readonly thing: string
  readonly errorFile: ErrorFile
  readonly onAgain: () => void
}

/** How far an import is and what it came to; the address holds its id, so that a reload finds it again. */
export function ImportProgress({ id, kind, thing, errorFile, onAgain }: ImportProgressProps) {
  const cache = useQueryClient()
  const [isOver, setOver] = useState(false)
  const query = useThing(
    '/api/supervisor-registry/imports/jobs/{id}',
    { path: { id } },
    { every: isOver ? false : LOOK_EVERY },
  )
  const cancel = useCommand('/api/supervisor-registry/imports/jobs/{id}/cancel')
  const state = query.data?.body.state
  useEffect(() => {
    if (state === undefined || state === 'running') return
    setOver(true)
    // Lists, counts and choices of every screen have changed with it.
    void cache.invalidateQueries()
  }, [state, cache])
  return (
    <QueryView query={query}>
      {(job) => (
        <>
          {cancel.isError && (
            <Panel>
              <ErrorState error={cancel.error} />
            </Panel>
          )}
          <Panel
            title={job.fileName}
            extra={
              <div className="form-actions" style={{ paddingTop: 0 }}>
                {job.state === 'running' ? (
                  <Button danger loading={cancel.isPending} onClick={() => cancel.mutate({ params: { path: { id } } })}>
                    停止导入
                  </Button>
                ) : (
                  <>
                    {job.refused > 0 && <SaveErrors errorFile={errorFile} />}
                    <Button onClick={onAgain}>再导入一份</Button>
                    <Link to={`/${kind}`}>
                      <Button type="primary">查看{thing}</Button>
                    </Link>
                  </>
                )}
              </div>
            }
          >
            <p>
              <StateLamp kind={importLamps[job.state]}>{importStates[job.state]}</StateLamp>
            </p>
            {isLost(job) ? (
              <p role="status">共 {count(job.total)} 行，中断前保存了多少行没有记下。</p>
            ) : (
              <>
                <Progress
                  percent={job.total === 0 ? 100 : Math.floor((job.done / job.total) * 100)}
                  status={job.state === 'running' ? 'active' : 'normal'}
                  aria-label="导入进度"
                />
                <p role="status" className="tabular">
                  {count(job.done)}/{count(job.total)} 行{paceOf(job)}
                </p>
              </>
            )}
            {remarks[job.state] !== undefined && <p>{remarks[job.state]}</p>}
            {job.refused > 0 && job.state !== 'running' && errorFile.save === undefined && (
              <p>需要错误清单的，请再次选择这份文件检查，检查结果里可以下载。</p>
            )}
            <Facts
              items={[
                { label: '新建', value: isLost(job) ? '—' : `${count(job.created)} 行` },
                { label: '更正', value: isLost(job) ? '—' : `${count(job.changed)} 行` },
                { label: '没有变化', value: isLost(job) ? '—' : `${count(job.unchanged)} 行` },
                { label: '有问题', value: isLost(job) ? '—' : `${count(job.refused)} 行` },
                { label: '开始', value: moment(job.startedAt) },
                { label: '结束', value: job.endedAt === null ? '—' : moment(job.endedAt) },
              ]}
            />
            {errorFile.problem !== null && <ErrorState error={errorFile.problem} onRetry={errorFile.save} />}
          </Panel>
          <ProblemTable problems={job.problems} more={job.problems.length === 0 ? 0 : job.moreProblems} />
        </>
      )}
    </QueryView>
  )
}

/** Its counts went with the process. */
function isLost({ state }: ImportJob): boolean {
  return state === 'interrupted'
}

function paceOf({ state, perSecond, secondsLeft }: ImportJob): string {
  if (state !== 'running' || perSecond === null || secondsLeft === null) return ''
  return `，每秒约 ${count(Math.round(perSecond))} 行，还需${duration(secondsLeft)}`
}
