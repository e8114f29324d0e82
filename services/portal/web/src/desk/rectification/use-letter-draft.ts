import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { newId } from '../../api/idempotency-key.ts'
import { useApi } from '../../app/app-context.tsx'
import type { CommandInput } from '../../app/use-command.ts'
import type { LetterLines } from '../kit/letter-paper.tsx'

type PreviewPath = '/api/rectification/decisions/preview' | '/api/rectification/problems/{id}/urge/preview'

/** How a letter reads that is still being written, as the service lays it out; nothing is stored and no number taken. */
export function useLetterDraft<P extends PreviewPath>(path: P, input: CommandInput<P>): LetterLines | undefined {
  const api = useApi()
  const written = JSON.stringify(input)
  const [asked, setAsked] = useState(written)
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(written), 400)
    return () => window.clearTimeout(timer)
  }, [written])
  const draft = useQuery({
    queryKey: [path, asked],
    queryFn: async (): Promise<LetterLines> =>
      await api.post(path, JSON.parse(asked) as CommandInput<P>, { idempotencyKey: newId() }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return draft.data
}
