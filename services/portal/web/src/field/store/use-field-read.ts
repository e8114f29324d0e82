import { useQuery } from '@tanstack/react-query'
import type { AnswerOf, GetPath, ParamsOf } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { useApi } from '../../app/app-context.tsx'
import type { FieldDatabase } from './field-database.ts'
import { useFieldStore } from './field-store.tsx'

export interface FieldAnswer<T> {
  readonly body: T
  /** When it was read; set only if it comes from the phone because the server could not be asked. */
  readonly keptAt: string | undefined
}

/** Reads from the server and keeps the answer; without a network the kept one is shown. */
export function useFieldRead<P extends GetPath>(owner: string, path: P, params: ParamsOf<P>, enabled = true) {
  const api = useApi()
  const { db } = useFieldStore()
  return useQuery({
    queryKey: ['field', owner, path, params],
    enabled,
    queryFn: async ({ signal }): Promise<FieldAnswer<AnswerOf<P>>> => {
      const key = `${owner} ${path} ${JSON.stringify(params)}`
      try {
        const { body } = await api.get(path, params, signal)
        await db.answers.put({ key, owner, body, at: new Date().toISOString() })
        return { body, keptAt: undefined }
      } catch (error) {
        const problem = asProblem(error)
        const kept = problem.isTemporary || problem.status === 401 ? await db.answers.get(key) : undefined
        if (kept === undefined) throw error
        return { body: kept.body as AnswerOf<P>, keptAt: kept.at }
      }
    },
    retry: false,
    refetchOnReconnect: 'always',
  })
}

/** Forgets what was read and who was signed in; drafts and what waits to be sent stay. */
export async function forgetAnswers(db: FieldDatabase): Promise<void> {
  await db.answers.clear()
}
