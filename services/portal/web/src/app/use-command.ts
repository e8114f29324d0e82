import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { CommandAnswerOf, CommandBodyOf, CommandParamsOf, PostPath } from '../api/client.ts'
import { ActionKey } from '../api/idempotency-key.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import { useApi } from './app-context.tsx'

export interface CommandInput<P extends PostPath> {
  readonly params?: CommandParamsOf<P>
  readonly body?: CommandBodyOf<P>
  /** Version the person saw, for commands to an existing thing. */
  readonly version?: number | undefined
}

/** Longest wait, in seconds, after which a command tries again by itself. */
const LONGEST_WAIT = 5

/**
 * Sends one command. The key stays the same while the same content is tried again; after success everything on
 * screen is read anew.
 */
export function useCommand<P extends PostPath>(path: P) {
  const api = useApi()
  const cache = useQueryClient()
  const key = useRef(new ActionKey())
  return useMutation<CommandAnswerOf<P>, ApiProblem, CommandInput<P>>({
    mutationFn: async (input) => {
      const idempotencyKey = key.current.keyFor([input.params, input.body])
      const send = () =>
        api.post(
          path,
          {
            ...(input.body === undefined ? {} : { body: input.body }),
            ...(input.params === undefined ? {} : { params: input.params }),
          },
          { idempotencyKey, version: input.version },
        )
      try {
        return await send()
      } catch (error) {
        const problem = asProblem(error)
        const wait = problem.retryAfter
        if (problem.status !== 503 || wait === undefined || wait > LONGEST_WAIT) throw problem
        await new Promise((resolve) => window.setTimeout(resolve, wait * 1000))
        return await send().catch((again: unknown) => Promise.reject(asProblem(again)))
      }
    },
    onSuccess: async () => {
      key.current.done()
      await cache.invalidateQueries()
    },
  })
}
