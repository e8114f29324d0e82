import { Link } from '@tanstack/react-router'
import { Button, Select, Tabs } from 'antd'
import type { ReactNode } from 'react'
import type { ThreeLists } from '../../api/types.ts'
import { useMe, useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { count, day } from '../../words/format.ts'
import { optionsOf, problemStates, severities, sourceKinds, sourceLevels } from '../../words/labels.ts'
import { clearable } from '../kit/clearable.tsx'
import { PrinterOutlined } from '../kit/icons.tsx'
import { SaveMadeFile } from '../kit/letter-paper.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { LookBackControl, LookBackNote } from '../kit/past/look-back-control.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { SchoolPick, ZonePick } from '../kit/pick/picks.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import './lists.css'

const asked = ['zoneId', 'schoolId', 'source', 'level', 'year', 'open', 'body'] as const

/** 三张清单: what, what to do, who — the same problems by zone, unit and item; they add up and print on A4. */
export function ListsPage() {
  const rights = useRights()
  const me = useMe()
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const filters = Object.fromEntries(asked.flatMap((key) => (search[key] === undefined ? [] : [[key, search[key]]])))
  const query = { ...filters, ...past?.query }
  const lists = useRead('/api/rectification/lists', { query })
  const body = lists.data?.body
  const address = `/api/rectification/lists.xlsx?${new URLSearchParams(query).toString()}`
  return (
    <>
      <PageHead
        crumbs={[{ title: '整改问责' }]}
        title="三张清单"
        looks={
          <>
            {rights.can('data.export') && (
              <SaveMadeFile url={address} name={`整改三张清单 ${body?.asOf ?? ''}.xlsx`}>
                导出电子表格
              </SaveMadeFile>
            )}
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              打印
            </Button>
          </>
        }
      />
      <div className="filter-bar no-print" style={{ marginBottom: 12 }}>
        <ZonePick placeholder="责任区" width={160} value={search.zoneId} onChange={(zoneId) => setSearch({ zoneId })} />
        <SchoolPick
          placeholder="学校"
          width={180}
          value={search.schoolId}
          onChange={(schoolId) => setSearch({ schoolId })}
        />
        <Choice
          label="来源"
          value={search.source}
          options={optionsOf(sourceKinds)}
          onChange={(source) => setSearch({ source })}
        />
        <Choice
          label="反馈层级"
          value={search.level}
          options={optionsOf(sourceLevels)}
          onChange={(level) => setSearch({ level })}
        />
        <Choice
          label="销号"
          value={search.open}
          options={[
            { value: 'true', label: '未销号' },
            { value: 'false', label: '已销号' },
          ]}
          onChange={(open) => setSearch({ open })}
        />
        <LookBackControl list="problems" />
      </div>
      <LookBackNote />
      {lists.isError && body === undefined && <ErrorState error={lists.error} onRetry={() => void lists.refetch()} />}
      {lists.isPending && <SkeletonLines lines={8} />}
      {body !== undefined &&
        (body.total === 0 ? (
          <div className="panel">
            <EmptyState title="没有可列的问题">立案的问题会按责任区、单位和条目列成三张清单。</EmptyState>
          </div>
        ) : (
          <>
            <Sums lists={body} />
            <div className="panel record-tabs no-print">
              <Tabs
                activeKey={search.tab ?? 'problems'}
                onChange={(tab) => setSearch({ tab: tab === 'problems' ? undefined : tab })}
                items={tables(body).map(({ key, title, table }) => ({ key, label: title, children: table }))}
              />
            </div>
            {/* On paper all three, each on a page of its own with its head repeated. */}
            <div className="lists-print">
              {tables(body).map(({ key, title, table }) => (
                <section key={key}>
                  <h2>
                    {me.officeName} {title}
                  </h2>
                  <p>
                    {past === undefined ? `截至${day(body.asOf)}` : past.line}，共 {count(body.total)} 个问题
                  </p>
                  {table}
                </section>
              ))}
            </div>
            <AsOfLine view={lists.data?.view} />
          </>
        ))}
    </>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly { value: string; label: string }[]
  readonly onChange: (value: string | undefined) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear={clearable}
      style={{ minWidth: 130 }}
      value={value ?? null}
      options={[...options]}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
    />
  )
}

/** That the three agree is shown, zone by zone. */
function Sums({ lists }: { lists: ThreeLists }) {
  return (
    <table className="list-table lists-sums" aria-label="各责任区合计">
      <thead>
        <tr>
          <th scope="col">责任区</th>
          <th scope="col">问题清单</th>
          <th scope="col">任务清单</th>
          <th scope="col">责任清单</th>
        </tr>
      </thead>
      <tbody>
        {lists.byZone.map((zone) => (
          <tr key={zone.name}>
            <th scope="row">{zone.name}</th>
            <td>{count(zone.problems)}</td>
            <td>{count(zone.tasks)}</td>
            <td>{count(zone.responsibilities)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">合计</th>
          <td>{count(lists.problems.length)}</td>
          <td>{count(lists.tasks.length)}</td>
          <td>{count(lists.responsibilities.reduce((sum, row) => sum + row.problems, 0))}</td>
        </tr>
      </tbody>
    </table>
  )
}

function tables(lists: ThreeLists): { key: string; title: string; table: ReactNode }[] {
  return [
    {
      key: 'problems',
      title: '问题清单',
      table: (
        <ListTable
          heads={['责任区', '单位', '条目', '编号', '问题', '程度', '来源', '办理状态']}
          rows={lists.problems.map((row) => [
            row.zoneName,
            row.unit,
            row.item,
            <Link key="number" to={`/problems/${row.problemId}`}>
              {row.number}
            </Link>,
            row.title,
            severities[row.severity],
            `${row.sourceYear}年 ${row.sourceTitle}`,
            problemStates[row.state],
          ])}
        />
      ),
    },
    {
      key: 'tasks',
      title: '任务清单',
      table: (
        <ListTable
          heads={['责任区', '单位', '条目', '编号', '整改要求', '整改期限', '文号', '办理状态']}
          rows={lists.tasks.map((row) => [
            row.zoneName,
            row.unit,
            row.item,
            <Link key="number" to={`/problems/${row.problemId}`}>
              {row.number}
            </Link>,
            row.demand ?? '待下达整改决定',
            day(row.dueOn),
            row.documentNumber ?? '—',
            row.overdue ? `逾期 ${-(row.workingDaysLeft ?? 0)} 个工作日` : problemStates[row.state],
          ])}
        />
      ),
    },
    {
      key: 'responsibilities',
      title: '责任清单',
      table: (
        <ListTable
          heads={['责任区', '责任单位', '责任部门', '责任督学', '条目', '问题数', '未销号', '逾期', '已销号']}
          rows={lists.responsibilities.map((row) => [
            row.zoneName,
            row.unit,
            row.body ?? '—',
            row.supervisorName ?? '—',
            row.items.map(({ item, problems }) => (problems === 1 ? item : `${item}（${problems} 个）`)).join('；'),
            count(row.problems),
            count(row.open),
            count(row.overdue),
            count(row.cancelled),
          ])}
        />
      ),
    },
  ]
}

function ListTable({ heads, rows }: { heads: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  return (
    <table className="list-table">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are not moved
          <tr key={place}>
            {row.map((cell, column) => (
              <td key={heads[column]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
