import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Answer, ViewState } from '../../api/client.ts'
import { ErrorState, SkeletonLines } from '../../kit/states.tsx'

interface QueryViewProps<T> {
  readonly query: UseQueryResult<Answer<T>, Error>
  readonly skeleton?: ReactNode
  readonly children: (body: T, view: ViewState | undefined) => ReactNode
}

/** Shows what a query brings, or why it brings nothing. Old content stays while new is read. */
export function QueryView<T>({ query, skeleton, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data.body, query.data.view)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return skeleton ?? <SkeletonLines lines={6} />
}
