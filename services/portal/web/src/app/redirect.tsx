import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** Leads elsewhere, once; the router's own component starts again at every drawing and then never arrives. */
export function Redirect({ to }: { to: string }) {
  const navigate = useNavigate()
  const gone = useRef(false)
  useEffect(() => {
    if (gone.current) return
    gone.current = true
    void navigate({ to, replace: true })
  }, [navigate, to])
  return null
}
