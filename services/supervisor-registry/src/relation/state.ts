import type { RelationEvent, RelationFact } from './events.ts'

/** A tie and how sure the office is of it. */
export interface KnownRelation {
  readonly fact: RelationFact
  readonly standing: 'declared' | 'verified' | 'contested' | 'withdrawn'
}

export type Relations =
  | { readonly stage: 'none' }
  | { readonly stage: 'known'; readonly relations: ReadonlyMap<string, KnownRelation> }

export const initialRelations: Relations = { stage: 'none' }

export function evolveRelations(state: Relations, event: RelationEvent): Relations {
  const { fact } = event.data
  switch (event.type) {
    case 'RelationDeclared':
      return put(state, { fact, standing: 'declared' })
    case 'RelationVerified':
      return put(state, { fact, standing: 'verified' })
    case 'RelationContested':
      return put(state, { fact, standing: 'contested' })
    case 'RelationEnded':
      return put(state, { fact, standing: findRelation(state, fact.factId)?.standing ?? 'declared' })
    case 'RelationWithdrawn':
      return put(state, { fact, standing: 'withdrawn' })
    default:
      event satisfies never
      return state
  }
}

export function findRelation(state: Relations, factId: string): KnownRelation | undefined {
  return state.stage === 'known' ? state.relations.get(factId) : undefined
}

/** What counts in a recusal: everything but what was told in error. */
export function standingFacts(state: Relations): readonly RelationFact[] {
  if (state.stage === 'none') return []
  return [...state.relations.values()].filter(({ standing }) => standing !== 'withdrawn').map(({ fact }) => fact)
}

function put(state: Relations, known: KnownRelation): Relations {
  const relations = new Map(state.stage === 'known' ? state.relations : [])
  return { stage: 'known', relations: relations.set(known.fact.factId, known) }
}
