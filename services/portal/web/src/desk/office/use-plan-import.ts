import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { ActionKey } from '../../api/idempotency-key.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import type { PlanProposal } from '../../api/types.ts'
import { useApi } from '../../app/app-context.tsx'
import type { PlanSource } from './plan-source.tsx'

/** Reads a document without storing anything, and imports it; a file goes as it is, so that the server reads its bytes. */
export function usePlanImport() {
  const api = useApi()
  const cache = useQueryClient()
  const key = useRef(new ActionKey())

  const send = async (path: string, source: PlanSource, idempotencyKey: string, year?: number): Promise<unknown> => {
    const headers: Record<string, string> = { 'idempotency-key': idempotencyKey }
    let body: BodyInit
    if (source.kind === 'file') {
      const form = new FormData()
      if (year !== undefined) form.append('year', String(year))
      form.append('file', source.file, source.file.name)
      body = form
    } else {
      headers['content-type'] = 'application/json'
      body = JSON.stringify({ text: source.text, fileName: source.fileName, ...(year === undefined ? {} : { year }) })
    }
    try {
      const response = await api.raw(path, { method: 'POST', headers, body })
      return await response.json()
    } catch (error) {
      throw asProblem(error)
    }
  }
  const parse = useMutation<PlanProposal, ApiProblem, PlanSource>({
    mutationFn: async (source) =>
      (await send('/api/office/plans/parse', source, new ActionKey().keyFor('parse'))) as PlanProposal,
  })
  const store = useMutation<{ id: string }, ApiProblem, { source: PlanSource; hash: string; year: number }>({
    mutationFn: async ({ source, hash, year }) =>
      (await send('/api/office/plans', source, key.current.keyFor([hash, year]), year)) as { id: string },
    onSuccess: async () => {
      key.current.done()
      await cache.invalidateQueries()
    },
  })
  return { parse, store }
}
