import type { Clock } from './clock.ts'
import type { Decoded, EventCatalogue } from './event-catalogue.ts'
import type { RecordedEvent } from './event-store.ts'
import { type CommandContext, reactionContext } from './streams.ts'

type AnyEvent = { readonly type: string; readonly data: unknown }

/** Turns events into commands of the same service. Runs at least once per event: every command must be safe to repeat. */
export interface Policy {
  readonly name: string
  readonly types: readonly string[]
  react(event: RecordedEvent, clock: Clock): Promise<void>
}

export interface PolicyPart {
  readonly types: readonly string[]
  react(event: RecordedEvent, context: CommandContext): Promise<void>
}

/** `when(findingEvents, { FindingConfirmed: async (event, context) => … })`; the context's command id follows from the event. */
export function when<E extends AnyEvent>(
  events: EventCatalogue<E>,
  reactions: {
    readonly [T in E['type']]?: (event: Decoded<Extract<E, { type: T }>>, context: CommandContext) => Promise<void>
  },
): PolicyPart {
  type Reaction = (event: Decoded<E>, context: CommandContext) => Promise<void>
  return {
    types: events.storedNamesOf(Object.keys(reactions) as E['type'][]),
    async react(recorded, context) {
      const event = events.decode(recorded)
      const reaction = reactions[event.type as E['type']] as Reaction | undefined
      await reaction?.(event as Decoded<E>, context)
    },
  }
}

export function definePolicy(name: string, parts: readonly PolicyPart[]): Policy {
  const byType = new Map(parts.flatMap((part) => part.types.map((type) => [type, part] as const)))
  return {
    name,
    types: [...byType.keys()],
    react: async (event, clock) => await byType.get(event.type)?.react(event, reactionContext(event, name, clock)),
  }
}
