import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/client.ts'
import type { ZoneCounts } from '../../api/types.ts'
import { useRead } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { count, month as monthText } from '../../words/format.ts'
import { schoolKinds, word } from '../../words/labels.ts'
import { Facts } from '../kit/facts.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { QueryView } from '../kit/query-view.tsx'
import '../inspections/answer-table.css'
import { MonthPick, useMonth } from './month-pick.tsx'
import { RoutinePast } from './routine-past.tsx'
import './routine.css'
import { countFacts } from './zone-counts.tsx'

type Levels = AnswerOf<'/api/inspections/levels'>

/** 县、片区、学校: who answers for what, and what each level did this month, as far as one may see. */
export function LevelsPage() {
  const period = useMonth()
  const past = useLookBack()
  const query = useRead('/api/inspections/levels', { query: { period, ...past?.query } })
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }]} title={`${monthText(period)}三级督导`} looks={<MonthPick />} />
      <RoutinePast />
      <QueryView query={query}>
        {(levels, view) => (
          <>
            <div className="level-duties">
              {levels.levels.map(({ level, title, answerable, duties }) => (
                <Panel key={level} title={title}>
                  <strong>{answerable}</strong>
                  <ul>
                    {duties.map((duty) => (
                      <li key={duty}>{duty}</li>
                    ))}
                  </ul>
                </Panel>
              ))}
            </div>
            {levels.county !== null && (
              <Panel title="县级">
                <Facts items={countFacts(levels.county)} />
              </Panel>
            )}
            {levels.zones.length > 0 && <Zones zones={levels.zones} />}
            <Schools schools={levels.schools} />
            <p className="quiet">职责依据：{levels.rule.source}</p>
            <AsOfLine view={view} />
          </>
        )}
      </QueryView>
    </>
  )
}

function Numbers({ counts }: { counts: ZoneCounts }) {
  return (
    <>
      <td>{`${counts.selfChecks} / ${counts.schools}`}</td>
      <td>{`${counts.visited} / ${counts.toVisit}`}</td>
      <td>{count(counts.findings)}</td>
      <td>{count(counts.confirmed)}</td>
      <td>{count(counts.openProblems)}</td>
    </>
  )
}

function Heads({ first }: { first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">自查</th>
        <th scope="col">进校督查</th>
        <th scope="col">发现问题</th>
        <th scope="col">转入整改</th>
        <th scope="col">未销号</th>
      </tr>
    </thead>
  )
}

function Zones({ zones }: { zones: Levels['zones'] }) {
  return (
    <Panel title={`片区（${zones.length}）`}>
      <table className="answer-table routine-table">
        <Heads first="责任区" />
        <tbody>
          {zones.map(({ zoneId, zoneName, counts }) => (
            <tr key={zoneId ?? 'none'}>
              <th scope="row">{zoneName}</th>
              <Numbers counts={counts} />
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Schools({ schools }: { schools: Levels['schools'] }) {
  return (
    <Panel title={`学校（${schools.length}）`}>
      <table className="answer-table routine-table">
        <Heads first="学校" />
        <tbody>
          {schools.map((school) => (
            <tr key={school.schoolId}>
              <th scope="row">
                <Link to={`/schools/${school.schoolId}`}>{school.name}</Link>
                <span className="quiet"> {word(schoolKinds, school.kind)}</span>
              </th>
              <td>
                {school.selfCheck === 'submitted' ? '已提交' : school.selfCheck === 'returned' ? '已退回' : '未提交'}
              </td>
              <td>{school.toVisit ? `${school.visits} 次` : '不要求'}</td>
              <td>{count(school.findings)}</td>
              <td>{count(school.confirmed)}</td>
              <td>{count(school.openProblems)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
