import { Link } from '@tanstack/react-router'
import { Progress } from 'antd'
import type { AnswerOf } from '../../api/client.ts'
import { count, percent } from '../../words/format.ts'
import './answer-table.css'

type Coverage = AnswerOf<'/api/inspections/coverage'>
type Group = Coverage['byZone'][number]

/** The month by zone and by supervisor; every number opens the schools it counts. */
export function CoverageGroups({ coverage }: { coverage: Coverage }) {
  const { month, byZone, bySupervisor } = coverage
  if (coverage.items.length === 0) return null
  return (
    <div className="coverage-groups">
      <GroupTable title="按责任区" field="zoneId" nobody="未划责任区" month={month} groups={byZone} />
      <GroupTable title="按督学" field="supervisorId" nobody="未挂牌" month={month} groups={bySupervisor} />
    </div>
  )
}

interface GroupTableProps {
  readonly title: string
  /** The filter of the list that a number opens. */
  readonly field: 'zoneId' | 'supervisorId'
  readonly nobody: string
  readonly month: string
  readonly groups: readonly Group[]
}

function GroupTable({ title, field, nobody, month, groups }: GroupTableProps) {
  const sorted = [...groups].sort((one, other) => shareOf(one) - shareOf(other))
  const searchOf = (group: Group, more: Record<string, string> = {}) =>
    ({ month, [field]: group.id ?? 'none', ...more }) as never
  return (
    <section className="panel">
      <div className="panel-title">
        <h2>{title}</h2>
        <span className="quiet">覆盖低的在前</span>
      </div>
      <div className="panel-body">
        <table className="answer-table">
          <thead>
            <tr>
              <th scope="col">{title.slice(1)}</th>
              <th scope="col">应走访</th>
              <th scope="col">已走访</th>
              <th scope="col">未走访</th>
              <th scope="col">覆盖</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((group) => (
              <tr key={group.id ?? ''}>
                <th scope="row">{group.name ?? nobody}</th>
                <td className="tabular">
                  <Link to="/coverage/schools" search={searchOf(group)}>
                    {count(group.schools)}
                  </Link>
                </td>
                <td className="tabular">
                  <Link to="/coverage/schools" search={searchOf(group, { state: 'met' })}>
                    {count(group.covered)}
                  </Link>
                </td>
                <td className="tabular">
                  <Link to="/coverage/schools" search={searchOf(group, { unvisited: 'true' })}>
                    {count(group.schools - group.covered)}
                  </Link>
                </td>
                <td>
                  <Progress
                    size="small"
                    percent={Math.round(shareOf(group) * 100)}
                    format={() => percent(shareOf(group))}
                    aria-label={`${group.name ?? nobody}覆盖`}
                    style={{ maxWidth: 180 }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function shareOf({ schools, covered }: Group): number {
  return schools === 0 ? 1 : covered / schools
}
