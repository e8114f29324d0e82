import { useEffect, useState } from 'react'
import { useApi } from '../../app/app-context.tsx'

/** Milliseconds after which a broken stream is tried again. */
const AGAIN = 10_000

/**
 * Follows the board: calls `onChange` whenever the server says that something changed. Read by fetch, because an
 * EventSource cannot carry the token. While it is not open, the board is read every few seconds instead.
 */
export function useBoardStream(enabled: boolean, onChange: () => void): 'live' | 'polling' {
  const api = useApi()
  const [state, setState] = useState<'live' | 'polling'>('polling')
  useEffect(() => {
    if (!enabled) return
    const stop = new AbortController()
    let timer: number | undefined
    const follow = async () => {
      try {
        const response = await api.raw('/api/rectification/board/stream', {
          headers: { accept: 'text/event-stream' },
          signal: stop.signal,
        })
        if (response.body === null) throw new Error('no stream')
        setState('live')
        const reader = response.body.getReader()
        const decoder = new TextDecoder()
        let rest = ''
        for (;;) {
          const { done, value } = await reader.read()
          if (done) break
          rest += decoder.decode(value, { stream: true })
          const blocks = rest.split(/\r?\n\r?\n/)
          rest = blocks.pop() ?? ''
          if (blocks.some((block) => /^event:\s*changed/m.test(block))) onChange()
        }
      } catch {
        // Broken or refused: the polling carries on meanwhile.
      }
      if (stop.signal.aborted) return
      setState('polling')
      timer = window.setTimeout(() => void follow(), AGAIN)
    }
    void follow()
    return () => {
      stop.abort()
      window.clearTimeout(timer)
    }
  }, [api, enabled, onChange])
  return state
}
