import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Problem } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day } from '../../words/format.ts'
import { effects, optionsOf, problemStates, severities, sourceKinds, sourceLevels, word } from '../../words/labels.ts'
import { lampOfProblem, lampWords, limitWords } from '../../words/lamps.ts'
import { usePeriod } from '../frame/period.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { SchoolPick, SupervisorPick, ZonePick } from '../kit/pick/picks.tsx'
import { RemoteSelect } from '../kit/pick/remote-select.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import type { Column, Filter, PickProps } from '../kit/table/list-definition.ts'
import './problem.css'

/** The ledger of problems, of now or of a past day. */
export function ProblemList() {
  const rights = useRights()
  const navigate = useNavigate()
  const { year } = usePeriod()
  const enter = rights.can('problem.open') ? (
    <>
      <Link to="/feedbacks/new">
        <Button>登记反馈文件</Button>
      </Link>
      <Link to="/problems/new">
        <Button type="primary">登记问题</Button>
      </Link>
    </>
  ) : undefined
  const decide = rights.can('problem.decide')
  const selection = (rows: readonly Problem[]) => {
    const open = rows.filter((problem) => problem.state === 'opened' || problem.state === 'rebounded')
    return (
      <Button
        type="primary"
        size="small"
        disabled={open.length === 0}
        onClick={() =>
          void navigate({
            to: '/decisions/new',
            search: { problems: open.map((problem) => problem.problemId).join('.') } as never,
          })
        }
      >
        {open.length === 0 ? '所选问题都已下达过决定' : `对 ${count(open.length)} 个问题下达整改决定`}
      </Button>
    )
  }
  return (
    <>
      <PageHead crumbs={[{ title: '整改问责' }]} title="问题台账" actions={enter} />
      <DataTable
        name="problems"
        past="problems"
        path="/api/rectification/problems"
        caption="问题台账"
        rowKey={(problem) => problem.problemId}
        rowTo={(problem) => `/problems/${problem.problemId}`}
        filters={filtersFor(rights.scope('problem.read') === 'school', year)}
        {...(decide ? { selection } : {})}
        empty={
          <EmptyState title="没有符合条件的问题" action={enter}>
            督查中确认的发现会自动立案；巡视巡察、上级反馈等其他来源的问题由督导室登记。
          </EmptyState>
        }
        columns={columns}
      />
    </>
  )
}

function FeedbackPick(props: PickProps) {
  if (!useRights().can('problem.open')) return null
  return (
    <RemoteSelect
      {...props}
      width={200}
      path="/api/rectification/feedbacks"
      idOf={(feedback) => feedback.feedbackId}
      labelOf={(feedback) => `${feedback.source.year}年 ${feedback.source.title}`}
    />
  )
}

function filtersFor(school: boolean, year: string): Filter[] {
  const years = [0, 1, 2, 3].map((back) => String(Number(year) - back))
  const wide: Filter[] = [
    {
      kind: 'pick',
      key: 'schoolId',
      more: true,
      label: '学校',
      render: (props) => <SchoolPick {...props} width={170} />,
    },
    {
      kind: 'pick',
      key: 'zoneId',
      more: true,
      label: '责任区',
      render: (props) => <ZonePick {...props} width={140} />,
    },
    {
      kind: 'pick',
      key: 'supervisorId',
      more: true,
      label: '责任督学',
      render: (props) => <SupervisorPick {...props} width={150} />,
    },
  ]
  return [
    { kind: 'search', key: 'q', label: '问题、编号' },
    { kind: 'select', key: 'state', label: '状态', options: optionsOf(problemStates) },
    {
      kind: 'select',
      key: 'open',
      more: true,
      label: '销号',
      options: [
        { value: 'true', label: '未销号' },
        { value: 'false', label: '已销号' },
      ],
    },
    { kind: 'select', key: 'source', more: true, label: '来源', options: optionsOf(sourceKinds) },
    {
      kind: 'pick',
      key: 'sourceTitle',
      more: true,
      label: '来源名称',
      render: (props) => (
        <RemoteSelect
          {...props}
          width={210}
          path="/api/rectification/sources"
          idOf={(source) => `${source.year} ${source.title}`}
          labelOf={(source) => `${source.year}年 ${source.title}（${source.problems} 个）`}
        />
      ),
    },
    { kind: 'select', key: 'level', more: true, label: '反馈层级', options: optionsOf(sourceLevels) },
    {
      kind: 'select',
      key: 'rebounded',
      more: true,
      label: '反弹',
      options: [
        { value: 'true', label: '反弹过' },
        { value: 'false', label: '没有反弹' },
      ],
    },
    { kind: 'select', key: 'effect', more: true, label: '整改成效', options: optionsOf(effects) },
    { kind: 'search', key: 'body', more: true, label: '责任部门' },
    { kind: 'day', key: 'openedFrom', more: true, label: '立案不早于' },
    { kind: 'day', key: 'openedTo', more: true, label: '立案不晚于' },
    {
      kind: 'pick',
      key: 'feedbackId',
      more: true,
      label: '反馈文件',
      render: (props) => <FeedbackPick {...props} />,
    },
    {
      kind: 'select',
      key: 'year',
      more: true,
      label: '年度',
      options: years.map((one) => ({ value: one, label: `${one}年` })),
    },
    {
      kind: 'select',
      key: 'lamp',
      label: '期限',
      options: (['overdue', 'due-soon', 'on-time', 'closed'] as const).map((lamp) => ({
        value: lamp,
        label: lampWords[lamp],
      })),
    },
    ...(school ? [] : wide),
  ]
}

const columns: readonly Column<Problem>[] = [
  { key: 'number', title: '编号', render: (problem) => problem.number, width: 126 },
  { key: 'title', title: '问题', render: (problem) => problem.title, isTitle: true },
  { key: 'school', title: '学校', render: (problem) => problem.schoolName, width: 180 },
  { key: 'severity', title: '程度', render: (problem) => severities[problem.severity], width: 64 },
  { key: 'state', title: '办理状态', render: (problem) => problemStates[problem.state], width: 124 },
  {
    key: 'lamp',
    title: '期限',
    width: 160,
    text: (problem) => limitWords(problem),
    render: (problem) => (
      <StateLamp kind={lampOfProblem(problem)} title={problem.dueOn === null ? undefined : `${day(problem.dueOn)}到期`}>
        {limitWords(problem)}
      </StateLamp>
    ),
  },
  { key: 'dueOn', title: '整改期限', render: (problem) => day(problem.dueOn), width: 150, optional: true },
  {
    key: 'source',
    title: '来源',
    render: (problem) => word(sourceKinds, problem.source.kind),
    width: 110,
    optional: true,
  },
  {
    key: 'level',
    title: '反馈层级',
    render: (problem) => sourceLevels[problem.source.level],
    width: 90,
    optional: true,
  },
  { key: 'zone', title: '责任区', render: (problem) => problem.zoneName ?? '—', width: 130, optional: true },
  { key: 'supervisor', title: '责任督学', render: (problem) => problem.supervisorName ?? '—', width: 110 },
  {
    key: 'urgings',
    title: '督办',
    render: (problem) => (problem.urgings === 0 ? '—' : `${problem.urgings} 次`),
    width: 80,
    align: 'right',
  },
  {
    key: 'rebounds',
    title: '反弹',
    render: (problem) => (problem.rebounds === 0 ? '—' : `${problem.rebounds} 次`),
    width: 76,
    align: 'right',
  },
  {
    key: 'sourceTitle',
    title: '来源名称',
    render: (problem) => `${problem.source.year}年 ${problem.source.title}`,
    width: 200,
    optional: true,
  },
  { key: 'body', title: '责任部门', render: (problem) => problem.body ?? '—', width: 130, optional: true },
  { key: 'openedOn', title: '立案日期', render: (problem) => day(problem.openedOn), width: 150, optional: true },
]
