import { useMutation, useQuery } from '@tanstack/react-query'
import { ActionKey } from '../api/idempotency-key.ts'
import type { ApiProblem } from '../api/problem.ts'
import { reading } from '../api/queries.ts'
import type { DemoCard } from '../api/types.ts'
import { useApi, useSessionStore } from './app-context.tsx'

export interface OfficeCards {
  readonly office: string
  readonly officeName: string
  readonly cards: readonly DemoCard[]
}

/** The demo's cards by office; asked for only where the demo is on. */
export function useDemoCards(isOn: boolean) {
  const api = useApi()
  return useQuery({
    ...reading(api, '/auth/demo', {}),
    enabled: isOn,
    select: ({ body }) => byOffice(body),
  })
}

/** Signs in with a card. */
export function useDemoSignIn() {
  const api = useApi()
  const session = useSessionStore()
  return useMutation<void, ApiProblem, string>({
    mutationFn: async (card) => {
      const answer = await api.post('/auth/demo', { body: { card } }, { idempotencyKey: new ActionKey().keyFor(card) })
      session.signIn({ token: answer.accessToken, expiresAt: answer.expiresAt })
    },
  })
}

function byOffice(cards: readonly DemoCard[]): OfficeCards[] {
  const offices = [...new Set(cards.map((card) => card.office))]
  return offices.map((office) => {
    const own = cards.filter((card) => card.office === office)
    return { office, officeName: own[0]?.officeName ?? office, cards: own }
  })
}
