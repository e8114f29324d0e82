import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { asProblem } from '../../api/problem.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { addDays, count, today } from '../../words/format.ts'

/** How much of one kind of work there is. */
export interface Tally {
  readonly total: number
  /** There are more than were counted. */
  readonly more?: boolean
  /** Of them near their date, and past it; absent where no date runs. */
  readonly due?: number
  readonly late?: number
  /** Of them come up in the last days; absent where the day of arrival is not known. */
  readonly fresh?: number
}

interface Reading {
  readonly isPending: boolean
  readonly error: unknown
  refetch(): unknown
}

interface WorkLineProps {
  readonly title: string
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
  readonly unit?: string
  /** Said when there is nothing to do. */
  readonly nothing: string
  readonly reading: Reading
  readonly tally: Tally | undefined
}

/** Calendar days in which something counts as new: today and the two days before. */
const FRESH_DAYS = 2

export function isFresh(day: string | null | undefined): boolean {
  return day !== null && day !== undefined && day.slice(0, 10) >= addDays(today(), -FRESH_DAYS)
}

/** One kind of work: how much, how much of it is late, due or new, and the way to the list of it. */
export function WorkLine({ title, to, search, unit = '个', nothing, reading, tally }: WorkLineProps) {
  return (
    <tr className={tally?.total === 0 ? 'today-row today-nothing' : 'today-row'}>
      <th scope="row">
        <Link to={to} search={(search ?? {}) as never}>
          {title}
        </Link>
        {tally?.total === 0 && <span className="today-note">{nothing}</span>}
      </th>
      {tally === undefined ? (
        <td colSpan={4}>
          {reading.isPending ? (
            <output aria-label="正在加载">…</output>
          ) : (
            <span className="today-note">
              没有取到：{asProblem(reading.error).detail}
              <Button type="link" size="small" onClick={() => void reading.refetch()}>
                重试
              </Button>
            </span>
          )}
        </td>
      ) : (
        <>
          <td className="today-number tabular">
            {count(tally.total)}
            {tally.more === true && '+'} <small>{unit}</small>
          </td>
          <td>{marked('overdue', '逾期', tally.late)}</td>
          <td>{marked('due-soon', '临期', tally.due)}</td>
          <td>{(tally.fresh ?? 0) > 0 && <span className="today-fresh">新 {count(tally.fresh)}</span>}</td>
        </>
      )}
    </tr>
  )
}

function marked(kind: 'overdue' | 'due-soon', word: string, number: number | undefined) {
  if (number === undefined || number === 0) return null
  return <StateLamp kind={kind}>{`${word} ${count(number)}`}</StateLamp>
}
