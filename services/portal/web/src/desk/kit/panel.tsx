import type { ReactNode } from 'react'

/** A bordered part of a page. */
export function Panel({
  title,
  extra,
  children,
  flush = false,
}: {
  title?: string
  extra?: ReactNode
  children: ReactNode
  flush?: boolean
}) {
  return (
    <section className="panel">
      {title !== undefined && (
        <div className="panel-title">
          <h2>{title}</h2>
          {extra}
        </div>
      )}
      {flush ? children : <div className="panel-body">{children}</div>}
    </section>
  )
}
