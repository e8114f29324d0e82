import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query'
import type { Answer, AnswerOf, ApiClient, GetPath, ParamsOf } from './client.ts'
import { ApiProblem } from './problem.ts'

/** The cache. Only what may succeed later is tried again; a refusal is shown at once. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Asks even when the browser thinks it is offline: the answer, or its absence, is then known for sure.
        networkMode: 'always',
        staleTime: 5_000,
        retry: (count, error) => count < 3 && error instanceof ApiProblem && error.isTemporary,
        retryDelay: (count, error) =>
          error instanceof ApiProblem && error.retryAfter !== undefined
            ? Math.min(error.retryAfter, 10) * 1000
            : 400 * 2 ** count,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** A query of one path, for `useQuery`. */
export function reading<P extends GetPath>(api: ApiClient, path: P, params: ParamsOf<P>) {
  return queryOptions<Answer<AnswerOf<P>>, Error>({
    queryKey: [path, params],
    queryFn: ({ signal }) => api.get(path, params, signal),
  })
}

interface Paged {
  items: unknown[]
  nextCursor?: string | null
}

/** A list read page by page, for `useInfiniteQuery`. */
export function readingPages<P extends GetPath>(api: ApiClient, path: P, query: Record<string, unknown>) {
  return infiniteQueryOptions({
    queryKey: [path, 'pages', query],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const paged = pageParam === '' ? query : { ...query, cursor: pageParam }
      return api.get(path, { query: paged } as ParamsOf<P>, signal)
    },
    getNextPageParam: (last: Answer<AnswerOf<P>>) => (last.body as Paged).nextCursor ?? undefined,
  })
}
