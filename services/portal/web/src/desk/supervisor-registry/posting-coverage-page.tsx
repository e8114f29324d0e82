import { Link } from '@tanstack/react-router'
import { Button, Checkbox, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useRead } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day, dayOfMonth, month as monthText } from '../../words/format.ts'
import { usePeriod } from '../frame/period.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { LookBackControl, LookBackNote, NothingThen } from '../kit/past/look-back-control.tsx'
import { searchOf, useLookBack } from '../kit/past/use-look-back.ts'
import { QueryView } from '../kit/query-view.tsx'
import { useExport } from '../kit/table/use-export.ts'
import { TileRow } from '../kit/tile-row.tsx'
import { useSearchState } from '../kit/use-search-state.ts'

/** Who answered for each school on which days of a month, and the days on which nobody did. */
export function PostingCoveragePage() {
  const period = usePeriod()
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const month = search.month ?? past?.day.slice(0, 7) ?? period.month
  const onlyGaps = search.gaps === 'true'
  const from = `${month}-01`
  const to = dayjs(from).endOf('month').format('YYYY-MM-DD')
  const { mayExport, exporting, exportList } = useExport()
  const query = useRead('/api/supervisor-registry/postings/coverage', { query: { from, to, ...past?.query } })
  return (
    <QueryView query={query}>
      {(report, view) => {
        const rows = onlyGaps ? report.items.filter(({ uncovered }) => uncovered.length > 0) : report.items
        const told = (spans: readonly { from: string; to: string }[]) =>
          spans.map((span) => `${dayOfMonth(span.from)}—${dayOfMonth(span.to)}`).join('、')
        const exportRows = () =>
          void exportList({
            list: 'posting-coverage',
            title: '挂牌覆盖',
            fileName: `挂牌覆盖-${month}${past === undefined ? '' : `-${past.line}`}`,
            ...(past === undefined ? {} : { line: past.line }),
            head: ['责任区', '学校', '责任督学', '空档'],
            rows: rows.map((row) => [
              row.zoneName ?? '',
              row.name,
              row.periods.map((one) => `${one.supervisorName} ${told([one])}`).join('；'),
              told(row.uncovered),
            ]),
            filters: `月份：${monthText(month)}${onlyGaps ? '；只看有空档的' : ''}`,
          })
        return (
          <>
            <PageHead
              crumbs={[{ title: '督学库' }]}
              title={`${monthText(month)}挂牌覆盖`}
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
              <LookBackControl list="postings" />
            </div>
            <LookBackNote />
            <TileRow
              tiles={[
                { label: '学校', value: report.schools, unit: '所', to: '/schools', search: searchOf(past) },
                {
                  label: '无空档',
                  value: report.covered,
                  unit: '所',
                  to: '/postings',
                  search: { month, ...searchOf(past) },
                  lamp: 'on-time',
                },
                {
                  label: '有空档',
                  value: report.schools - report.covered,
                  unit: '所',
                  to: '/postings',
                  search: { month, gaps: 'true', ...searchOf(past) },
                  lamp: 'due-soon',
                },
                {
                  label: '本月有更替',
                  value: report.replaced,
                  unit: '所',
                  to: '/postings',
                  search: { month, ...searchOf(past) },
                },
              ]}
            />
            <p className="no-print" style={{ marginBottom: 12 }}>
              <Checkbox
                checked={onlyGaps}
                onChange={(event) => setSearch({ gaps: event.target.checked ? 'true' : undefined })}
              >
                只看有空档的学校
              </Checkbox>
            </p>
            <section className="panel">
              {rows.length === 0 && past !== undefined && !onlyGaps ? (
                <NothingThen />
              ) : rows.length === 0 ? (
                <EmptyState title={onlyGaps ? '每所学校每一天都有责任督学' : '还没有学校'}>
                  {onlyGaps ? '更替时由原督学负责到前一天，不会出现空档。' : '学校登记并安排责任督学后列在这里。'}
                </EmptyState>
              ) : (
                <div className="panel-body">
                  <ul className="stack">
                    {rows.map((row) => (
                      <li key={row.schoolId} className="stack-row">
                        <span>
                          <Link to={`/schools/${row.schoolId}`}>{row.name}</Link>
                          <span className="quiet aside">{row.zoneName ?? '未划责任区'}</span>
                          {row.periods.map((one) => (
                            <span key={one.from} className="aside tabular">
                              {one.supervisorName}（{told([one])}）
                            </span>
                          ))}
                        </span>
                        <StateLamp kind={row.uncovered.length === 0 ? 'on-time' : 'due-soon'}>
                          {row.uncovered.length === 0 ? '无空档' : `空档 ${told(row.uncovered)}`}
                        </StateLamp>
                      </li>
                    ))}
                  </ul>
                </div>
              )}
            </section>
            <p className="quiet" style={{ marginTop: 12 }}>
              {day(report.from)} 至 {day(report.to)}，共 {count(rows.length)} 所
            </p>
            <AsOfLine view={view} />
          </>
        )
      }}
    </QueryView>
  )
}
