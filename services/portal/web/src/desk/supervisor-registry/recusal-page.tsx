import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { count, day, today } from '../../words/format.ts'
import { confidences, supervisorCategories } from '../../words/labels.ts'
import { DayField } from '../kit/form/day-field.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { SchoolPick, SupervisorPick } from '../kit/pick/picks.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import './recusal.css'

const purposes = [
  { value: 'posting', label: '挂牌督导' },
  { value: 'inspection-team', label: '督导检查组' },
]

interface Verdict {
  readonly key: string
  readonly name: string
  readonly to: string
  readonly note: string
  readonly allowed: boolean
  readonly reasons: readonly { readonly explanation: string }[]
}

interface Rule {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly confidence: keyof typeof confidences
}

/** Asked before anybody decides: who may be put where, who not, and why; and what stands that should not. */
export function RecusalPage() {
  const [search, setSearch] = useSearchState()
  const by = search.by === 'school' ? 'school' : 'supervisor'
  const chosen = search.id
  const purpose = search.purpose === 'inspection-team' ? 'inspection-team' : 'posting'
  const asked = { day: search.day ?? today(), purpose } as const
  const people = useRead(
    '/api/supervisor-registry/schools/{id}/recusals',
    { path: { id: chosen ?? '' }, query: asked },
    { enabled: by === 'school' && chosen !== undefined },
  )
  const schools = useRead(
    '/api/supervisor-registry/supervisors/{id}/recusals',
    { path: { id: chosen ?? '' }, query: asked },
    { enabled: by === 'supervisor' && chosen !== undefined },
  )
  const query = by === 'school' ? people : schools
  const verdicts: Verdict[] | undefined =
    by === 'school'
      ? people.data?.body.items.map((one) => ({
          ...one,
          key: one.supervisorId,
          to: `/supervisors/${one.supervisorId}`,
          note: `${supervisorCategories[one.category]} · ${one.homeUnit}${one.inTerm ? '' : ' · 不在任期内'}`,
        }))
      : schools.data?.body.items.map((one) => ({
          ...one,
          key: one.schoolId,
          to: `/schools/${one.schoolId}`,
          note: one.zoneName ?? '未划责任区',
        }))
  const pick = { value: chosen, onChange: (id: string | undefined) => setSearch({ id }), width: 280 }
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }]} title="回避预检" />
      <Conflicts />
      <Panel title="安排之前先查">
        <search className="recusal-asked" aria-label="预检条件">
          <Segmented
            aria-label="按什么查"
            value={by}
            options={[
              { value: 'supervisor', label: '一位督学对各校' },
              { value: 'school', label: '一所学校对各督学' },
            ]}
            onChange={(next) => setSearch({ by: next === 'school' ? 'school' : undefined, id: undefined })}
          />
          {by === 'school' ? (
            <SchoolPick {...pick} placeholder="选择学校" />
          ) : (
            <SupervisorPick {...pick} placeholder="选择督学" />
          )}
          <Segmented
            aria-label="用途"
            value={purpose}
            options={purposes}
            onChange={(next) => setSearch({ purpose: next === 'posting' ? undefined : String(next) })}
          />
          <DayField aria-label="日期" value={asked.day} onChange={(next) => setSearch({ day: next })} />
        </search>
        {chosen === undefined && (
          <EmptyState title="请选择要查的督学或学校">会列出可以安排的和应当回避的，并写明原因和依据。</EmptyState>
        )}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {chosen !== undefined && query.isPending && !query.isError && <SkeletonLines lines={6} />}
        {chosen !== undefined && verdicts !== undefined && <Verdicts verdicts={verdicts} />}
        {chosen !== undefined && query.data !== undefined && <Rules rules={query.data.body.rules} />}
      </Panel>
    </>
  )
}

function Verdicts({ verdicts }: { verdicts: readonly Verdict[] }) {
  const refused = verdicts.filter(({ allowed }) => !allowed).length
  if (verdicts.length === 0) return <EmptyState title="没有可以比对的对象">请先登记学校或聘任督学。</EmptyState>
  return (
    <>
      <p>
        应当回避 {count(refused)} 个，可以安排 {count(verdicts.length - refused)} 个
      </p>
      <ul className="stack">
        {verdicts.map((verdict) => (
          <li key={verdict.key} className="stack-row recusal-line">
            <span>
              <Link to={verdict.to}>{verdict.name}</Link>
              <span className="quiet aside">{verdict.note}</span>
              {verdict.reasons.map(({ explanation }) => (
                <span key={explanation} className="recusal-reason">
                  {explanation}
                </span>
              ))}
            </span>
            <StateLamp kind={verdict.allowed ? 'on-time' : 'overdue'}>
              {verdict.allowed ? '可以安排' : '应当回避'}
            </StateLamp>
          </li>
        ))}
      </ul>
    </>
  )
}

function Rules({ rules }: { rules: readonly Rule[] }) {
  return (
    <details className="recusal-rules">
      <summary>本次所依据的规则（{count(rules.length)} 条）</summary>
      <ul>
        {rules.map((rule) => (
          <li key={rule.id}>
            {rule.title}：{rule.source}
            <span className="quiet aside">{confidences[rule.confidence]}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Postings that came into conflict after they were made. */
function Conflicts() {
  const list = useRead('/api/supervisor-registry/recusals/conflicts', {})
  const items = list.data?.body.items ?? []
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (items.length === 0) return null
  return (
    <Panel title="现有挂牌中应当改派的">
      <ul className="stack">
        {items.map((item) => (
          <li key={item.schoolId} className="stack-row recusal-line">
            <span>
              <Link to={`/schools/${item.schoolId}`}>{item.schoolName}</Link>
              <span className="quiet aside">
                {item.supervisorName}，{day(item.from)} 起挂牌
              </span>
              {item.reasons.map(({ explanation }) => (
                <span key={explanation} className="recusal-reason">
                  {explanation}
                </span>
              ))}
            </span>
            <StateLamp kind="overdue">应当改派</StateLamp>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
