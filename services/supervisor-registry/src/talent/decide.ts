import { registryError } from '../errors.ts'
import type { TalentDelisted, TalentEvent, TalentListed, TalentStepNoted } from './events.ts'
import type { Talent } from './state.ts'

export interface ListTalent extends TalentListed {
  /** Whether somebody of this name and unit is on the list now, as looked up. */
  readonly isListed: boolean
}

export function listTalent({ isListed, ...data }: ListTalent): TalentEvent[] {
  if (isListed) throw registryError('TALENT_LISTED', { name: data.name }, { pointer: '/name' })
  return [{ type: 'TalentListed', data }]
}

export function noteTalentStep(command: TalentStepNoted, state: Talent): TalentEvent[] {
  const listed = requireListed(state)
  if (listed.steps.has(command.stepId)) return []
  if (command.on < listed.on) throw registryError('TALENT_DAY_TOO_EARLY', { on: listed.on }, { pointer: '/on' })
  return [{ type: 'TalentStepNoted', data: command }]
}

export function delistTalent(command: TalentDelisted, state: Talent): TalentEvent[] {
  if (state.stage === 'delisted' && state.on === command.on && state.outcome === command.outcome) return []
  const listed = requireListed(state)
  if (command.on < listed.on) throw registryError('TALENT_DAY_TOO_EARLY', { on: listed.on }, { pointer: '/on' })
  return [{ type: 'TalentDelisted', data: command }]
}

function requireListed(state: Talent): Extract<Talent, { stage: 'listed' }> {
  if (state.stage === 'listed') return state
  if (state.stage === 'unknown') throw new TypeError('the stream of a talent who was never listed')
  throw registryError('TALENT_DELISTED', { name: state.name, on: state.on })
}
