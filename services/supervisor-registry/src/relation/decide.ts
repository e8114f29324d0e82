import { eventSourcingError } from '@dulian/event-sourcing'
import { registryError } from '../errors.ts'
import type { RelationEvent, RelationFact, RelationSource } from './events.ts'
import { findRelation, type KnownRelation, type Relations, standingFacts } from './state.ts'

export interface DeclareRelation {
  readonly fact: RelationFact
  readonly source: RelationSource
  readonly relativeName: string | null
}

/** A tie becomes known. Told again under its own id it is already true; the same tie under another id is refused. */
export function declareRelation(command: DeclareRelation, state: Relations): RelationEvent[] {
  const { fact, relativeName } = command
  if (findRelation(state, fact.factId) !== undefined) return []
  if (fact.kind === 'kinship' && relativeName === null) {
    throw registryError('RELATION_RELATIVE_MISSING', {}, { pointer: '/relativeName' })
  }
  if (fact.kind === 'former-employer' && fact.to === null) {
    throw registryError('RELATION_END_MISSING', {}, { pointer: '/to' })
  }
  if (fact.kind === 'present-employer' && fact.to !== null) {
    throw registryError('RELATION_EMPLOYER_LEFT', {}, { pointer: '/kind' })
  }
  requireOrder(fact.from, fact.to)
  const same = standingFacts(state).find(
    (known) =>
      known.kind === fact.kind &&
      known.schoolId === fact.schoolId &&
      known.description === fact.description &&
      known.to === fact.to,
  )
  if (same !== undefined) {
    throw registryError('RELATION_ALREADY_KNOWN', { school: fact.schoolName, description: fact.description })
  }
  return [{ type: 'RelationDeclared', data: { ...command } }]
}

/** What the register knows by itself: the home unit is a registered school. Known in any form, it is not told again. */
export function noteHomeUnit(fact: RelationFact, state: Relations): RelationEvent[] {
  const known = standingFacts(state).some(
    ({ schoolId, kind, to }) => schoolId === fact.schoolId && kind === 'present-employer' && to === null,
  )
  if (known) return []
  return declareRelation({ fact, source: 'home-unit', relativeName: null }, state)
}

/** Somebody no longer works at a school: what ties them to it as present employer had its last day then. */
export function leaveHomeUnit(
  command: { readonly schoolId: string; readonly lastDay: string },
  state: Relations,
): RelationEvent[] {
  const { schoolId, lastDay } = command
  return standingFacts(state)
    .filter((fact) => fact.schoolId === schoolId && fact.kind === 'present-employer' && fact.to === null)
    .flatMap(({ factId, from }) => endRelation({ factId, to: from !== null && from > lastDay ? from : lastDay }, state))
}

export function verifyRelation(
  command: { readonly factId: string; readonly note: string | null },
  state: Relations,
): RelationEvent[] {
  const { fact, standing } = requireStanding(command.factId, state)
  if (standing === 'verified') return []
  return [{ type: 'RelationVerified', data: { fact, note: command.note } }]
}

export function contestRelation(
  command: { readonly factId: string; readonly statement: string },
  state: Relations,
): RelationEvent[] {
  const { fact, standing } = requireStanding(command.factId, state)
  if (standing === 'contested') return []
  return [{ type: 'RelationContested', data: { fact, statement: command.statement } }]
}

export function endRelation(
  command: { readonly factId: string; readonly to: string },
  state: Relations,
): RelationEvent[] {
  const { fact } = requireStanding(command.factId, state)
  if (fact.to === command.to) return []
  if (fact.to !== null) throw registryError('RELATION_ENDED', { to: fact.to })
  requireOrder(fact.from, command.to)
  const kind = fact.kind === 'present-employer' ? 'former-employer' : fact.kind
  return [{ type: 'RelationEnded', data: { fact: { ...fact, kind, to: command.to } } }]
}

export function withdrawRelation(
  command: { readonly factId: string; readonly reason: string },
  state: Relations,
): RelationEvent[] {
  const known = findRelation(state, command.factId)
  if (known?.standing === 'withdrawn') return []
  const { fact } = requireStanding(command.factId, state)
  return [{ type: 'RelationWithdrawn', data: { fact, reason: command.reason } }]
}

function requireStanding(factId: string, state: Relations): KnownRelation {
  const known = findRelation(state, factId)
  if (known === undefined) throw eventSourcingError('STREAM_NOT_FOUND')
  if (known.standing === 'withdrawn') throw registryError('RELATION_WITHDRAWN', { school: known.fact.schoolName })
  return known
}

function requireOrder(from: string | null, to: string | null): void {
  if (from === null || to === null || from <= to) return
  throw registryError('RELATION_ENDS_BEFORE_START', { from, to }, { pointer: '/to' })
}
