import { Link } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { usePages } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { count, day } from '../../words/format.ts'
import { findingStates, optionsOf } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { LookBackControl, LookBackNote } from '../kit/past/look-back-control.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { useSearchState } from '../kit/use-search-state.ts'
import { FindingCard } from './finding-decisions.tsx'

/** What was found on visits and waits for a decision. */
export function FindingList() {
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const state = search.state ?? 'proposed'
  const pages = usePages('/api/inspections/findings', { state, limit: 30, ...past?.query })
  const rows = pages.data?.pages.flatMap((page) => page.body.items) ?? []
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }]} title="待确认问题" />
      <div className="filter-bar no-print" style={{ marginBottom: 12 }}>
        <Segmented
          aria-label="状态"
          value={state}
          options={optionsOf(findingStates)}
          onChange={(next) => setSearch({ state: next === 'proposed' ? undefined : String(next) })}
        />
        <LookBackControl list="findings" />
      </div>
      <LookBackNote />
      {pages.isError && pages.data === undefined && (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      )}
      {pages.isPending && <SkeletonLines lines={8} />}
      {pages.data !== undefined && rows.length === 0 && (
        <div className="panel">
          <EmptyState title="这里将列出督查中发现的情况">
            督学提交督查记录后，每个答“否”的条目都会列到这里，由督导室或责任区组长确认或说明不采纳的理由。
          </EmptyState>
        </div>
      )}
      {rows.map((finding) => (
        <FindingCard key={finding.findingId} finding={finding} visitId={finding.visitId ?? ''} thing={finding}>
          <p className="quiet">
            {finding.schoolName} · {finding.supervisorName} · {day(finding.foundOn)}{' '}
            {finding.visitId !== undefined && <Link to={`/visits/${finding.visitId}`}>查看督查记录</Link>}
          </p>
        </FindingCard>
      ))}
      {rows.length > 0 && (
        <div className="list-foot">
          <span className="tabular">已显示 {count(rows.length)} 条</span>
          {pages.hasNextPage && (
            <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              加载更多
            </Button>
          )}
          <AsOfLine view={pages.data?.pages.slice(-1)[0]?.view} />
        </div>
      )}
    </>
  )
}
