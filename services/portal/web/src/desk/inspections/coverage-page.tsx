import { Link } from '@tanstack/react-router'
import { Button, Checkbox, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useEffect } from 'react'
import { usePages } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { count, day, month as monthText, percent } from '../../words/format.ts'
import { usePeriod } from '../frame/period.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { LookBackControl, LookBackNote } from '../kit/past/look-back-control.tsx'
import { searchOf, useLookBack } from '../kit/past/use-look-back.ts'
import { useExport } from '../kit/table/use-export.ts'
import { TileRow } from '../kit/tile-row.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import { CoverageGroups } from './coverage-groups.tsx'
import './coverage.css'

/** Which schools somebody has been to this month, and which not, by zone. */
export function CoveragePage() {
  const period = usePeriod()
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const month = search.month ?? past?.day.slice(0, 7) ?? period.month
  const onlyMissing = search.missing === 'true'
  const pages = usePages('/api/inspections/coverage', { month, ...past?.query })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const first = pages.data?.pages[0]
  const all = pages.data?.pages.flatMap((page) => page.body.items) ?? []
  const rows = onlyMissing ? all.filter((row) => !row.covered) : all
  const totals = first?.body.totals
  const zones = [...new Set(rows.map((row) => row.zoneName ?? '未划责任区'))].sort((one, other) =>
    one.localeCompare(other, 'zh'),
  )
  const { mayExport, exporting, exportList } = useExport()
  const exportRows = () =>
    void exportList({
      list: 'coverage',
      title: '月度覆盖',
      fileName: `月度覆盖-${month}${past === undefined ? '' : `-${past.line}`}`,
      ...(past === undefined ? {} : { line: past.line }),
      head: ['责任区', '学校', '责任督学', '本月走访次数', '上次走访', '是否覆盖'],
      rows: rows.map((row) => [
        row.zoneName ?? '',
        row.name,
        row.supervisorName ?? '',
        String(row.visits),
        row.lastVisitOn ?? '',
        row.covered ? '是' : '否',
      ]),
      filters: `月份：${monthText(month)}${onlyMissing ? '；只看未走访的学校' : ''}`,
    })
  return (
    <>
      <PageHead
        crumbs={[{ title: '督导检查' }]}
        title={`${monthText(month)}走访覆盖`}
        looks={
          <>
            <DatePicker
              picker="month"
              aria-label="月份"
              allowClear={false}
              format="YYYY年M月"
              value={dayjs(month)}
              onChange={(next) => next !== null && setSearch({ month: next.format('YYYY-MM') })}
            />
            {mayExport && (
              <Button loading={exporting} onClick={exportRows}>
                导出
              </Button>
            )}
            <Button onClick={() => window.print()}>打印</Button>
          </>
        }
      />
      <div className="filter-bar no-print" style={{ marginBottom: 12 }}>
        <LookBackControl list="coverage" />
      </div>
      <LookBackNote />
      {pages.isError && pages.data === undefined && (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      )}
      {pages.isPending && <SkeletonLines lines={8} />}
      {totals !== undefined && (
        <TileRow
          tiles={[
            {
              label: '应走访',
              value: totals.schools,
              unit: '所',
              to: '/coverage/schools',
              search: { month, ...searchOf(past) },
            },
            {
              label: '已走访',
              value: totals.covered,
              unit: '所',
              to: '/visits',
              search: { month, state: 'recorded', ...searchOf(past) },
              lamp: 'on-time',
              note: totals.schools === 0 ? '' : `覆盖 ${percent(totals.covered / totals.schools)}`,
            },
            {
              label: '未走访',
              value: totals.schools - totals.covered,
              unit: '所',
              to: '/coverage/schools',
              search: { month, unvisited: 'true', ...searchOf(past) },
              lamp: 'due-soon',
            },
            {
              label: '未挂牌',
              value: totals.unposted,
              unit: '所',
              to: '/coverage/schools',
              search: { month, supervisorId: 'none', ...searchOf(past) },
              lamp: totals.unposted === 0 ? 'closed' : 'due-soon',
            },
            {
              label: '督查次数',
              value: totals.visits,
              unit: '次',
              to: '/visits',
              search: { month, state: 'recorded', ...searchOf(past) },
            },
          ]}
        />
      )}
      {first !== undefined && <CoverageGroups coverage={first.body} />}
      {first !== undefined && (
        <p className="no-print" style={{ marginBottom: 12 }}>
          <Checkbox
            checked={onlyMissing}
            onChange={(event) => setSearch({ missing: event.target.checked ? 'true' : undefined })}
          >
            只看未走访的学校
          </Checkbox>
        </p>
      )}
      {first !== undefined && rows.length === 0 && (
        <div className="panel">
          <EmptyState title={onlyMissing ? '每所学校都已走访' : '还没有学校'}>
            {onlyMissing ? '本月全覆盖已经完成。' : '学校在督学库中登记后，会自动列入每月走访。'}
          </EmptyState>
        </div>
      )}
      {zones.map((zone) => {
        const own = rows.filter((row) => (row.zoneName ?? '未划责任区') === zone)
        return (
          <section key={zone} className="panel coverage-zone">
            <div className="panel-title">
              <h2>{zone}</h2>
              <span className="quiet">
                已走访 {count(own.filter((row) => row.covered).length)} / {count(own.length)} 所
              </span>
            </div>
            <ul className="coverage-grid">
              {own.map((row) => (
                <li key={row.schoolId} className={row.covered ? 'coverage-cell' : 'coverage-cell is-missing'}>
                  <Link to={`/schools/${row.schoolId}`}>{row.name}</Link>
                  <StateLamp kind={row.covered ? 'on-time' : 'due-soon'}>
                    {row.covered ? `已走访 ${row.visits} 次` : '未走访'}
                  </StateLamp>
                  <span className="quiet">
                    {row.supervisorName ?? '未挂牌'}
                    {row.lastVisitOn !== null && ` · 上次 ${day(row.lastVisitOn)}`}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      <AsOfLine view={first?.view} />
    </>
  )
}
