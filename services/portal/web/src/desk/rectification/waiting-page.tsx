import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { useRead } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { count } from '../../words/format.ts'
import { parties as partyNames } from '../../words/labels.ts'
import { clearable } from '../kit/clearable.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { LookBackControl, LookBackNote } from '../kit/past/look-back-control.tsx'
import { searchOf, useLookBack } from '../kit/past/use-look-back.ts'
import { SchoolPick, ZonePick } from '../kit/pick/picks.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import { WaitingBars } from './waiting-bars.tsx'
import './lists.css'

const asked = ['zoneId', 'schoolId', 'open', 'body'] as const

/** 为何迟滞: the waiting time of many problems, split by whom it was waited for. */
export function WaitingPage() {
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const filters = Object.fromEntries(asked.flatMap((key) => (search[key] === undefined ? [] : [[key, search[key]]])))
  const query = { ...filters, ...past?.query }
  const waiting = useRead('/api/rectification/waiting', { query })
  const body = waiting.data?.body
  return (
    <>
      <PageHead crumbs={[{ title: '整改问责' }]} title="为何迟滞" />
      <div className="filter-bar no-print" style={{ marginBottom: 12 }}>
        <ZonePick placeholder="责任区" width={160} value={search.zoneId} onChange={(zoneId) => setSearch({ zoneId })} />
        <SchoolPick
          placeholder="学校"
          width={180}
          value={search.schoolId}
          onChange={(schoolId) => setSearch({ schoolId })}
        />
        <Select
          aria-label="销号"
          placeholder="销号"
          allowClear={clearable}
          style={{ minWidth: 120 }}
          value={search.open ?? null}
          options={[
            { value: 'true', label: '未销号' },
            { value: 'false', label: '已销号' },
          ]}
          onChange={(open: string | null | undefined) => setSearch({ open: open ?? undefined })}
        />
        <LookBackControl list="problems" />
      </div>
      <LookBackNote />
      {waiting.isError && body === undefined && (
        <ErrorState error={waiting.error} onRetry={() => void waiting.refetch()} />
      )}
      {waiting.isPending && <SkeletonLines lines={8} />}
      {body !== undefined &&
        (body.problems === 0 ? (
          <div className="panel">
            <EmptyState title="没有可统计的问题">问题立案以后，每一段等待由谁造成，都会汇总在这里。</EmptyState>
          </div>
        ) : (
          <>
            <Panel title={`${count(body.problems)} 个问题合计`}>
              <WaitingBars total={body.total} parties={body.parties} />
            </Panel>
            {body.bodies.length > 0 && (
              <Panel title="等待责任部门">
                <Shares rows={body.bodies} head="责任部门" linkOf={(row) => ({ body: row.id, ...searchOf(past) })} />
              </Panel>
            )}
            {body.schools.length > 0 && (
              <Panel title="等待学校">
                <Shares rows={body.schools} head="学校" linkOf={(row) => ({ schoolId: row.id, ...searchOf(past) })} />
              </Panel>
            )}
            <Panel title="等待最久的问题">
              <table className="list-table" aria-label="等待最久的问题">
                <thead>
                  <tr>
                    <th scope="col">问题</th>
                    <th scope="col">学校</th>
                    <th scope="col">共等待</th>
                    <th scope="col">其中</th>
                    <th scope="col">现在等待</th>
                  </tr>
                </thead>
                <tbody>
                  {body.items.map((item) => (
                    <tr key={item.problemId}>
                      <td>
                        <Link to={`/problems/${item.problemId}`} search={{ tab: 'waiting' } as never}>
                          {item.number} {item.title}
                        </Link>
                      </td>
                      <td>{item.schoolName}</td>
                      <td className="tabular">{count(item.total)} 个工作日</td>
                      <td>
                        {item.parties
                          .filter(({ workingDays }) => workingDays > 0)
                          .map(({ party, workingDays }) => `${partyNames[party]} ${workingDays}`)
                          .join('，')}
                      </td>
                      <td>{item.waitingFor === null ? '—' : partyNames[item.waitingFor]}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Panel>
            <AsOfLine view={waiting.data?.view} />
          </>
        ))}
    </>
  )
}

interface ShareRow {
  readonly id: string
  readonly name: string
  readonly workingDays: number
  readonly problems: number
}

function Shares(props: { rows: readonly ShareRow[]; head: string; linkOf: (row: ShareRow) => Record<string, string> }) {
  const { rows, head, linkOf } = props
  return (
    <table className="list-table" aria-label={head}>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">等待</th>
          <th scope="col">问题</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to="/problems" search={linkOf(row) as never}>
                {row.name}
              </Link>
            </td>
            <td className="tabular">{count(row.workingDays)} 个工作日</td>
            <td className="tabular">{count(row.problems)} 个</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
