import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/client.ts'
import { count } from '../../words/format.ts'
import { problemStates } from '../../words/labels.ts'
import './board-charts.css'

type Board = AnswerOf<'/api/rectification/board'>

/** 漏斗、账龄、责任部门: every bar is a link to exactly the problems it counts. */
export function BoardCharts({ board, search }: { board: Board; search: Record<string, string> }) {
  return (
    <div className="board-charts">
      <Bars
        title="办理漏斗"
        bars={board.funnel.map((bar) => ({
          key: bar.state,
          label: problemStates[bar.state],
          value: bar.count,
          search: { ...search, state: bar.state },
        }))}
      />
      <Bars
        title="未销号问题的账龄"
        bars={board.ageing.map((bar) => ({
          key: bar.days,
          label: bar.days,
          value: bar.count,
          search: {
            ...search,
            open: 'true',
            openedTo: bar.openedTo,
            ...(bar.openedFrom === null ? {} : { openedFrom: bar.openedFrom }),
          },
        }))}
      />
      {board.byBody.length > 0 && (
        <Bars
          title="责任部门未销号"
          bars={board.byBody.map((bar) => ({
            key: bar.id,
            label: bar.name,
            value: bar.open,
            note: bar.overdue === 0 ? undefined : `逾期 ${count(bar.overdue)}`,
            search: { ...search, open: 'true', body: bar.id },
          }))}
        />
      )}
    </div>
  )
}

interface Bar {
  readonly key: string
  readonly label: string
  readonly value: number
  readonly note?: string | undefined
  readonly search: Record<string, string>
}

function Bars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <section className="board-bars" aria-label={title}>
      <h2 className="bars-title">{title}</h2>
      <ul>
        {bars.map(({ key, label, value, note, search }) => (
          <li key={key}>
            <Link className="bars-line" to="/problems" search={search as never}>
              <span className="board-bar-name">{label}</span>
              <span className="board-bar" aria-hidden="true">
                <span className="bars-fill" style={{ width: `${(value / most) * 100}%` }} />
              </span>
              <span className="tabular">
                {count(value)} 个{note !== undefined && ` · ${note}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
