import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { CampaignComparison } from '../../api/types.ts'
import { useRead } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { count, day, percent } from '../../words/format.ts'
import { PageHead } from '../kit/page-head.tsx'
import { LookBackControl, LookBackNote } from '../kit/past/look-back-control.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { RemoteSelect } from '../kit/pick/remote-select.tsx'
import { useExport } from '../kit/table/use-export.ts'
import { useSearchState } from '../kit/use-search-state.ts'
import './answer-table.css'

type Group = CampaignComparison['groups'][number]
type Result = Group['first']

/** Two runs of an inspection side by side, by the groups of their lists. */
export function ComparisonPage() {
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const { first = '', second = '' } = search
  const chosen = first !== '' && second !== '' && first !== second
  const read = useRead(
    '/api/inspections/campaigns/{id}/comparison',
    { path: { id: second }, query: { with: first, ...past?.query } },
    { enabled: chosen },
  )
  const comparison = chosen ? read.data?.body : undefined
  return (
    <>
      <PageHead
        crumbs={[{ title: '督导检查' }, { title: '专项与综合督导', to: '/campaigns' }]}
        title="两次督导比较"
        looks={
          <>
            {comparison !== undefined && <ExportGroups comparison={comparison} />}
            <Button onClick={() => window.print()}>打印</Button>
          </>
        }
      />
      <search className="filter-bar no-print" aria-label="比较哪两次" style={{ marginBottom: 12 }}>
        <RunPick placeholder="前一次" value={first} onChange={(next) => setSearch({ first: next })} />
        <RunPick placeholder="后一次" value={second} onChange={(next) => setSearch({ second: next })} />
        <LookBackControl list="campaign-schools" />
      </search>
      <LookBackNote />
      {!chosen && (
        <div className="panel">
          <EmptyState title="选择两次督导">
            选好前一次和后一次（如同一年的春季和秋季开学专项督导），按清单的分组比较答“否”的比例和变化的学校。
          </EmptyState>
        </div>
      )}
      {chosen && read.isError && <ErrorState error={read.error} onRetry={() => void read.refetch()} />}
      {chosen && read.isPending && <SkeletonLines lines={8} />}
      {comparison !== undefined && <Groups comparison={comparison} />}
      <AsOfLine view={read.data?.view} />
    </>
  )
}

function RunPick({
  placeholder,
  value,
  onChange,
}: {
  placeholder: string
  value: string
  onChange: (value: string | undefined) => void
}) {
  return (
    <RemoteSelect
      path="/api/inspections/campaigns"
      placeholder={placeholder}
      width={280}
      value={value === '' ? undefined : value}
      onChange={onChange}
      idOf={(campaign) => campaign.campaignId}
      labelOf={(campaign) => campaign.title}
    />
  )
}

function Groups({ comparison }: { comparison: CampaignComparison }) {
  const { first, second, groups } = comparison
  return (
    <section className="panel">
      <div className="panel-title">
        <h2>分组比较</h2>
        <span className="quiet">比例为答“否”的条数占作答条数（“不适用”不计）；n 为作答条数</span>
      </div>
      <div className="panel-body">
        <table className="answer-table">
          <thead>
            <tr>
              <th scope="col">分组</th>
              {[first, second].map((run) => (
                <th key={run.campaignId} scope="col">
                  <Link to={`/campaigns/${run.campaignId}`}>{run.title}</Link>
                  <p className="quiet">
                    {day(run.from)}起，已督查 {count(run.visited)} 所
                  </p>
                </th>
              ))}
              <th scope="col">变化</th>
              <th scope="col">有好转的学校</th>
              <th scope="col">有反弹的学校</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.group ?? ''}>
                <th scope="row">{group.group ?? '未分组'}</th>
                <td className="tabular">{resultWords(group.first)}</td>
                <td className="tabular">{resultWords(group.second)}</td>
                <td>
                  <Change group={group} />
                </td>
                <td>{schoolWords(group.improved)}</td>
                <td>{schoolWords(group.worsened)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function resultWords({ share, negatives, answers, schools }: Result): string {
  if (share === null) return '没有作答'
  return `${percent(share)}（${count(negatives)} 条，n=${count(answers)}，${count(schools)} 所）`
}

function Change({ group }: { group: Group }) {
  const { first, second } = group
  if (first.share === null || second.share === null) return '—'
  const points = (second.share - first.share) * 100
  if (Math.abs(points) < 0.05) return <StateLamp kind="closed">持平</StateLamp>
  return points < 0 ? (
    <StateLamp kind="on-time">{`下降 ${(-points).toFixed(1)} 个百分点`}</StateLamp>
  ) : (
    <StateLamp kind="due-soon">{`上升 ${points.toFixed(1)} 个百分点`}</StateLamp>
  )
}

function schoolWords(schools: Group['improved']): string {
  if (schools.length === 0) return '—'
  return schools.map(({ schoolName, before, after }) => `${schoolName}（${before}→${after}）`).join('、')
}

function ExportGroups({ comparison: { first, second, groups } }: { comparison: CampaignComparison }) {
  const past = useLookBack()
  const { mayExport, exporting, exportList } = useExport()
  if (!mayExport) return null
  const headings = ['比例', '答否', '作答', '学校']
  const cells = ({ share, negatives, answers, schools }: Result) => [
    share === null ? '' : percent(share),
    String(negatives),
    String(answers),
    String(schools),
  ]
  const exportRows = () =>
    void exportList({
      list: 'campaign-comparison',
      title: '督导比较',
      fileName: `督导比较-${first.title}-${second.title}${past === undefined ? '' : `-${past.line}`}`,
      ...(past === undefined ? {} : { line: past.line }),
      head: [
        '分组',
        ...headings.map((heading) => `${first.title}${heading}`),
        ...headings.map((heading) => `${second.title}${heading}`),
        '有好转的学校',
        '有反弹的学校',
      ],
      rows: groups.map((group) => [
        group.group ?? '未分组',
        ...cells(group.first),
        ...cells(group.second),
        schoolWords(group.improved),
        schoolWords(group.worsened),
      ]),
    })
  return (
    <Button loading={exporting} onClick={exportRows}>
      导出
    </Button>
  )
}
