import { useNavigate, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'

interface FieldHeadProps {
  readonly title: string
  /** Where the arrow leads when there is no page before. */
  readonly back?: string
  readonly right?: ReactNode
}

/** The bar at the top: one step back, the name of the thing. */
export function FieldHead({ title, back, right }: FieldHeadProps) {
  const router = useRouter()
  const navigate = useNavigate()
  useEffect(() => {
    document.title = `${title} · 督联`
  }, [title])
  const goBack = () => {
    if (window.history.length > 1 && router.history.canGoBack()) router.history.back()
    else void navigate({ to: back ?? '/' })
  }
  return (
    <header className="field-head">
      {back !== undefined && (
        <button type="button" className="field-back" onClick={goBack} aria-label="返回">
          <svg
            width="22"
            height="22"
            viewBox="0 0 22 22"
            fill="none"
            stroke="currentColor"
            strokeWidth="2.2"
            aria-hidden="true"
          >
            <path d="M14 3 6 11l8 8" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
        </button>
      )}
      <h1>{title}</h1>
      {right}
    </header>
  )
}
