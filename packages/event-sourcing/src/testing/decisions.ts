import { isDomainError } from '../errors.ts'
import type { StreamDefinition } from '../stream-definition.ts'

type AnyEvent = { readonly type: string; readonly data: unknown }

/** Given: the state a stream is in after these steps, each decided on what the ones before it led to. */
export function stateAfter<State, E extends AnyEvent>(
  stream: Pick<StreamDefinition<State, E>, 'initial' | 'evolve'>,
  ...steps: readonly ((state: State) => readonly E[])[]
): State {
  return steps.reduce<State>((state, step) => step(state).reduce<State>(stream.evolve, state), stream.initial)
}

/** Then: the refusal with this code, at this field, or at none; for `assert.throws` and `assert.rejects`. */
export function refusal(code: string, pointer?: string): (error: unknown) => boolean {
  return (error) => isDomainError(error, code) && error.pointer === pointer
}
