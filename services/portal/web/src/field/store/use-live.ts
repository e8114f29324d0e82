import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'

/** Follows a query of the phone's store; undefined until it has answered. `key` says when it is another query. */
export function useLive<T>(key: string, query: () => Promise<T>): T | undefined {
  const [state, setState] = useState<{ readonly key: string; readonly value: T }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query is made anew at every drawing; its key stands for it
  useEffect(() => {
    const following = liveQuery(query).subscribe({ next: (value) => setState({ key, value }), error: () => undefined })
    return () => following.unsubscribe()
  }, [key])
  return state?.key === key ? state.value : undefined
}
