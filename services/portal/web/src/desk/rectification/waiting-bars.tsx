import type { WaitingParty } from '../../api/types.ts'
import { count, percent } from '../../words/format.ts'
import { parties as partyNames } from '../../words/labels.ts'
import './waiting.css'

interface WaitingBarsProps {
  readonly total: number
  readonly parties: readonly { readonly party: WaitingParty; readonly workingDays: number }[]
}

/** Working days by whom they were spent waiting for; the bars together are the whole. */
export function WaitingBars({ total, parties }: WaitingBarsProps) {
  const shown = parties.filter(({ workingDays }) => workingDays > 0)
  return (
    <div className="waiting">
      <p>
        共等待 <strong className="tabular">{count(total)}</strong> 个工作日
      </p>
      <ul>
        {shown.map(({ party, workingDays }) => (
          <li key={party}>
            <span className="waiting-name">等待{partyNames[party]}</span>
            <span className="waiting-bar" aria-hidden="true">
              <span className={`waiting-${party}`} style={{ width: `${(workingDays / Math.max(1, total)) * 100}%` }} />
            </span>
            <span className="tabular">
              {count(workingDays)} 个工作日 · {percent(workingDays / Math.max(1, total))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
