import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { fetchFile } from '../api/files.ts'
import type { EvidenceRef } from '../api/types.ts'
import { useApi } from '../app/app-context.tsx'

/** A picture's bytes as an address for `<img>`, `small` for lists; released when nobody shows it any more. */
export function useFileUrl(
  evidence: EvidenceRef | undefined,
  small = false,
): { url: string | undefined; failed: boolean } {
  const api = useApi()
  const query = useQuery({
    queryKey: ['file', evidence?.service, evidence?.hash, small],
    queryFn: () => (evidence === undefined ? Promise.reject(new Error('no file')) : fetchFile(api, evidence, small)),
    enabled: evidence !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 120_000,
    retry: 1,
  })
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (query.data === undefined) return
    const created = URL.createObjectURL(query.data)
    setUrl(created)
    return () => URL.revokeObjectURL(created)
  }, [query.data])
  return { url, failed: query.isError }
}
