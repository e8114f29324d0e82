import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { GetPath, ParamsOf } from '../api/client.ts'
import { reading, readingPages } from '../api/queries.ts'
import { useApi } from './app-context.tsx'

interface ReadOptions {
  /** False while something it needs is not known yet, or the right is missing. */
  readonly enabled?: boolean
  /** Milliseconds between reads, for things that move by themselves. */
  readonly every?: number | false
}

/** One thing or one page, from the cache and kept fresh. */
export function useRead<P extends GetPath>(path: P, params: ParamsOf<P>, options: ReadOptions = {}) {
  const api = useApi()
  return useQuery({
    ...reading(api, path, params),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    placeholderData: keepPreviousData,
  })
}

/** One thing by its id; never shows another thing while loading. */
export function useThing<P extends GetPath>(path: P, params: ParamsOf<P>, options: ReadOptions = {}) {
  const api = useApi()
  return useQuery({
    ...reading(api, path, params),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
  })
}

/** A list read page by page. */
export function usePages<P extends GetPath>(path: P, query: Record<string, unknown>, options: ReadOptions = {}) {
  const api = useApi()
  return useInfiniteQuery({
    ...readingPages(api, path, query),
    enabled: options.enabled ?? true,
    placeholderData: keepPreviousData,
  })
}
