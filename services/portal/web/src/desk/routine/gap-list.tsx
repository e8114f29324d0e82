import type { ZoneSummary } from '../../api/types.ts'
import { gapSteps } from '../../words/labels.ts'

/** Schools that have not done a step, by name. */
export function GapList({ gaps }: { gaps: ZoneSummary['gaps'] }) {
  if (gaps.length === 0) return <p className="quiet">本责任区每所学校都完成了自查和督查。</p>
  return (
    <ul className="routine-missing">
      {gaps.map(({ schoolId, schoolName, step }) => (
        <li key={`${schoolId}.${step}`}>
          {schoolName}
          <span className="quiet">{gapSteps[step]}</span>
        </li>
      ))}
    </ul>
  )
}

export function NegativeList({ negatives }: { negatives: ZoneSummary['negatives'] }) {
  if (negatives.length === 0) return <p className="quiet">本月督查没有答“否”的条目。</p>
  return (
    <ul className="routine-missing">
      {negatives.map(({ name, count }) => (
        <li key={name}>
          {name}
          <span className="quiet">{count} 处</span>
        </li>
      ))}
    </ul>
  )
}
