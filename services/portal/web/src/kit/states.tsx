import { type ReactNode, useState } from 'react'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import './states.css'

interface EmptyStateProps {
  /** What will be here. */
  readonly title: string
  /** Who or what makes it come. */
  readonly children?: ReactNode
  /** The one button. */
  readonly action?: ReactNode
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="state-panel">
      <svg
        width="56"
        height="56"
        viewBox="0 0 56 56"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <path d="M10 22 16 10h24l6 12v22H10V22Z M10 22h12l3 6h6l3-6h12" strokeLinejoin="round" />
      </svg>
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {action !== undefined && <div className="state-actions">{action}</div>}
    </div>
  )
}

/** Anything that went wrong: says what happened, why, what to do, and gives the number to tell the operator. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const problem = asProblem(error)
  if (problem.status === 403) return <RefusedState detail={problem.detail} />
  const missing = problem.status === 404
  return (
    <div className="state-panel" role="alert">
      <svg
        width="56"
        height="56"
        viewBox="0 0 56 56"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <path d="M28 8 50 46H6L28 8Z M28 22v12 M28 38v3" strokeLinejoin="round" strokeLinecap="round" />
      </svg>
      <h2>{missing ? '没有找到' : problem.title}</h2>
      <p>
        {missing
          ? '这里没有您要看的内容：它可能不存在，或者不在您可以查看的范围内。请从列表中重新打开。'
          : problem.detail}
      </p>
      <TraceId problem={problem} />
      {onRetry !== undefined && !missing && (
        <div className="state-actions">
          <button type="button" className="plain-button" onClick={onRetry}>
            重试
          </button>
        </div>
      )}
    </div>
  )
}

export function RefusedState({ detail, permission }: { detail?: string; permission?: string }) {
  return (
    <div className="state-panel" role="alert">
      <svg
        width="56"
        height="56"
        viewBox="0 0 56 56"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <path
          d="M14 26h28v20H14V26Z M19 26v-7a9 9 0 0 1 18 0v7 M28 33v6"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      </svg>
      <h2>您没有查看此页的权限</h2>
      <p>{detail ?? `需要“${permission ?? '相应'}”的权限。确需办理的，请联系本室主任或系统管理员授权。`}</p>
    </div>
  )
}

/** The number by which the operator finds what happened; one click copies it. */
export function TraceId({ problem }: { problem: ApiProblem }) {
  const [copied, setCopied] = useState(false)
  if (problem.traceId === undefined) return null
  const text = problem.traceId
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // The clipboard is closed to plain http; the number can still be selected.
      setCopied(false)
    }
  }
  return (
    <span className="state-trace">
      问题编号 <code>{text}</code>
      <button type="button" className="plain-button" onClick={() => void copy()}>
        {copied ? '已复制' : '复制'}
      </button>
    </span>
  )
}

/** Stands where text will be. */
export function SkeletonLines({ lines = 4 }: { lines?: number }) {
  const widths = ['72%', '94%', '86%', '60%', '90%', '78%']
  return (
    <div className="skeleton-block" role="status" aria-label="正在加载">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity
        <span key={index} className="skeleton-line" style={{ width: widths[index % widths.length] }} />
      ))}
    </div>
  )
}
