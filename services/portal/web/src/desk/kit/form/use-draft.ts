import { useCallback, useEffect, useRef, useState } from 'react'
import { useMe } from '../../../app/app-context.tsx'

interface Draft {
  readonly at: string
  readonly values: Record<string, unknown>
}

/**
 * What somebody has begun to write, kept on this machine until it is submitted or thrown away. Each person has an own
 * one, for the computer may be shared.
 */
export function useDraft(name: string | undefined): {
  readonly restored: Draft | undefined
  readonly keep: (values: Record<string, unknown>) => void
  readonly forget: () => void
} {
  const { subject } = useMe()
  const key = name === undefined ? undefined : `dulian.draft.${subject}.${name}`
  const [restored, setRestored] = useState<Draft | undefined>(() => read(key))
  const timer = useRef<number>(undefined)
  const pending = useRef<Record<string, unknown>>(undefined)

  const flush = useCallback(() => {
    window.clearTimeout(timer.current)
    if (key === undefined || pending.current === undefined) return
    write(key, { at: new Date().toISOString(), values: pending.current })
    pending.current = undefined
  }, [key])

  useEffect(() => {
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [flush])

  return {
    restored,
    keep: (values) => {
      pending.current = values
      window.clearTimeout(timer.current)
      timer.current = window.setTimeout(flush, 300)
    },
    forget: () => {
      window.clearTimeout(timer.current)
      pending.current = undefined
      setRestored(undefined)
      if (key !== undefined) localStorage.removeItem(key)
    },
  }
}

function read(key: string | undefined): Draft | undefined {
  if (key === undefined) return undefined
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return typeof stored === 'object' && stored !== null && 'values' in stored ? (stored as Draft) : undefined
  } catch {
    return undefined
  }
}

function write(key: string, draft: Draft): void {
  try {
    localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // Storage full or closed: the form still works, only the safety net is gone.
  }
}
