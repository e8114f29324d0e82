import { Link } from '@tanstack/react-router'
import type { BoardTile, Lamp } from '../../api/types.ts'
import { LampIcon } from '../../kit/lamp-icon.tsx'
import { count, day } from '../../words/format.ts'
import { problemStates } from '../../words/labels.ts'
import { type LampKind, lampColours, lampOfProblem, lampWords, limitWords } from '../../words/lamps.ts'

const order: Record<Lamp, number> = { overdue: 0, 'due-soon': 1, 'on-time': 2, closed: 3 }

/** The grid: one row per unit, one cell per problem, the most pressing first. */
export function BoardGrid({ tiles }: { tiles: readonly BoardTile[] }) {
  const units = [...new Set(tiles.map((tile) => tile.unit))]
    .map((unit) => ({ unit, own: tiles.filter((tile) => tile.unit === unit).sort(byUrgency) }))
    .sort((one, other) => late(other.own) - late(one.own) || one.unit.localeCompare(other.unit, 'zh'))
  return (
    <>
      <p className="board-legend">
        {(['overdue', 'due-soon', 'on-time', 'information', 'closed'] satisfies LampKind[]).map((lamp) => (
          <span key={lamp}>
            <span style={{ color: lampColours[lamp] }}>
              <LampIcon kind={lamp} />
            </span>
            {lampWords[lamp]}
          </span>
        ))}
      </p>
      <div className="board-grid">
        {units.map(({ unit, own }) => (
          <section key={unit} className="board-unit">
            <header>
              <h2>{unit}</h2>
              <span className="quiet tabular">{count(own.length)} 个</span>
            </header>
            <ul>
              {own.map((tile) => (
                <li key={tile.problemId}>
                  <Link to={`/problems/${tile.problemId}`} className={`board-cell board-${lampOfProblem(tile)}`}>
                    <span className="board-cell-head">
                      <span className="board-lamp">
                        <span style={{ color: lampColours[lampOfProblem(tile)] }}>
                          <LampIcon kind={lampOfProblem(tile)} size="1.15em" />
                        </span>
                        {limitWords(tile)}
                      </span>
                      <span className="board-number tabular">{tile.number}</span>
                    </span>
                    <span className="board-title">{tile.title}</span>
                    <span className="board-foot">
                      {tile.unit === tile.schoolName ? '' : `${tile.schoolName} · `}
                      {problemStates[tile.state]}
                      {tile.dueOn !== null && ` · ${day(tile.dueOn)}`}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  )
}

function byUrgency(one: BoardTile, other: BoardTile): number {
  return order[one.lamp] - order[other.lamp] || (one.workingDaysLeft ?? 999) - (other.workingDaysLeft ?? 999)
}

function late(tiles: readonly BoardTile[]): number {
  return (
    tiles.filter((tile) => tile.lamp === 'overdue').length * 100 +
    tiles.filter((tile) => tile.lamp === 'due-soon').length
  )
}
