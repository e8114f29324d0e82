import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useLookBack } from './past/use-look-back.ts'
import './page-head.css'

export interface Crumb {
  readonly title: string
  readonly to?: string
}

interface PageHeadProps {
  readonly crumbs: readonly Crumb[]
  /** The thing's own name. */
  readonly title: string
  readonly beside?: ReactNode
  readonly actions?: ReactNode
  /** Only looks at things (prints, exports, chooses a month): stays while a past day is shown, when commands go. */
  readonly looks?: ReactNode
  readonly children?: ReactNode
}

/** Breadcrumb, the name of the thing, and what can be done with it. */
export function PageHead({ crumbs, title, beside, actions, looks, children }: PageHeadProps) {
  const past = useLookBack()
  const offered = past === undefined ? actions : undefined
  useEffect(() => {
    document.title = `${title} · 督联`
  }, [title])
  return (
    <header className="page-head">
      <nav aria-label="位置" className="crumbs no-print">
        <ol>
          {crumbs.map((crumb) => (
            <li key={crumb.title}>
              {crumb.to === undefined ? <span>{crumb.title}</span> : <Link to={crumb.to}>{crumb.title}</Link>}
            </li>
          ))}
        </ol>
      </nav>
      <div className="page-head-line">
        <div className="page-head-title">
          <h1>{title}</h1>
          {beside}
        </div>
        {(offered !== undefined || looks !== undefined) && (
          <div className="page-head-actions no-print">
            {looks}
            {offered}
          </div>
        )}
      </div>
      {children}
    </header>
  )
}
