import type { EventCatalogue } from './event-catalogue.ts'

/** One kind of stream: its name, its events, and how they add up to a state. `evolve` is total and never throws. */
export interface StreamDefinition<State, E extends { readonly type: string; readonly data: unknown }> {
  /** First part of the stream's name, a camelCase word: `visit`, `urgingNotice`. */
  readonly category: string
  readonly events: EventCatalogue<E>
  readonly initial: State
  readonly evolve: (state: State, event: E) => State
}

export function defineStream<State, E extends { readonly type: string; readonly data: unknown }>(
  definition: StreamDefinition<State, E>,
): StreamDefinition<State, E> {
  return definition
}
