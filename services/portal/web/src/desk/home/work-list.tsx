import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ErrorState, SkeletonLines } from '../../kit/states.tsx'
import './home.css'

export interface WorkRow {
  readonly key: string
  readonly to: string
  readonly title: string
  readonly note: string
  readonly mark?: ReactNode
}

interface WorkListProps {
  readonly title: string
  readonly to: string
  readonly search?: Record<string, string>
  readonly rows: readonly WorkRow[] | undefined
  readonly more: boolean
  readonly error?: unknown
  readonly onRetry: () => void
  /** Said when there is nothing to do. */
  readonly nothing: string
}

/** A few things that wait, and the way to all of them. */
export function WorkList({ title, to, search, rows, more, error, onRetry, nothing }: WorkListProps) {
  return (
    <section className="panel work-list">
      <div className="panel-title">
        <div>
          <h2>{title}</h2>
          {rows !== undefined && rows.length === 0 && <p className="work-nothing">{nothing}</p>}
        </div>
        <Link to={to} search={(search ?? {}) as never}>
          {more ? '查看全部' : '打开列表'}
        </Link>
      </div>
      {rows === undefined && error === undefined && <SkeletonLines lines={3} />}
      {rows === undefined && error !== undefined && error !== null && <ErrorState error={error} onRetry={onRetry} />}
      {rows !== undefined && rows.length > 0 && (
        <ul>
          {rows.map((row) => (
            <li key={row.key}>
              <Link to={row.to} className="work-row">
                <span className="work-row-words">
                  <span className="work-row-title">{row.title}</span>
                  <span className="work-row-note">{row.note}</span>
                </span>
                {row.mark}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
