import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** Leads to the sign-in page, once, and remembers the place to come back to. */
export function ToSignIn() {
  const router = useRouter()
  const navigate = useNavigate()
  const gone = useRef(false)
  useEffect(() => {
    if (gone.current) return
    gone.current = true
    const { pathname, href } = router.state.resolvedLocation ?? router.state.location
    void navigate({ to: '/sign-in', search: (pathname === '/' ? {} : { to: href }) as never, replace: true })
  }, [router, navigate])
  return null
}
