import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export type SearchState = Readonly<Record<string, string>>

/** The part of the address after the question mark, as plain text values; a list can be sent to a colleague as it is. */
export function useSearchState(): [
  SearchState,
  (change: Record<string, string | undefined>, replace?: boolean) => void,
] {
  const search = useSearch({ strict: false }) as SearchState
  const navigate = useNavigate()
  const change = useCallback(
    (next: Record<string, string | undefined>, replace = true) => {
      void navigate({
        to: '.',
        replace,
        search: ((previous: SearchState) => {
          const merged: Record<string, string | undefined> = { ...previous, ...next }
          return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== ''))
        }) as never,
      })
    },
    [navigate],
  )
  return [search, change]
}
