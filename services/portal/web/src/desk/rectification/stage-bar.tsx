import type { ProblemState } from '../../api/types.ts'
import './problem.css'

const stages = ['发现', '下达', '整改', '复核', '销号'] as const
/** How many of the five stages lie behind a problem. */
const behind: Record<ProblemState, number> = {
  opened: 1,
  rebounded: 1,
  demanded: 2,
  returned: 2,
  reported: 3,
  verified: 4,
  cancelled: 5,
}

/** 发现→下达→整改→复核→销号: where a problem stands; no stage can be left out. */
export function StageBar({ state }: { state: ProblemState }) {
  const done = behind[state]
  return (
    <ol className="stage-bar" aria-label="办理阶段">
      {stages.map((stage, index) => {
        const status = index < done ? 'done' : index === done ? 'now' : 'later'
        return (
          <li key={stage} className={`stage stage-${status}`} aria-current={status === 'now' ? 'step' : undefined}>
            <span className="stage-mark" aria-hidden="true">
              {status === 'done' ? '✓' : index + 1}
            </span>
            {stage}
            <span className="visually-hidden">
              {status === 'done' ? '（已办）' : status === 'now' ? '（正在办理）' : '（未到）'}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
