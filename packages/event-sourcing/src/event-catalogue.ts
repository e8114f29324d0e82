import type { z } from 'zod'
import { eventSourcingError } from './errors.ts'
import type { RecordedEvent } from './event-store.ts'

/** One kind of event: its stored name with version, the schema its data is parsed with on write and on read. */
export interface EventDeclaration<S extends z.ZodType = z.ZodType> {
  /** Stored name of the newest version, e.g. `visit-recorded.v2`. */
  readonly stored: string
  readonly schema: S
  /** Older stored names → how their data becomes the next newer version's. Applied in a chain. */
  readonly upcasters?: {
    readonly [stored: string]: { readonly to: string; readonly upcast: (data: unknown) => unknown }
  }
}

export type EventDeclarations = { readonly [type: string]: EventDeclaration }

/** The union of a catalogue's events: `{ type: 'VisitRecorded', data: … }`. */
export type EventOf<D extends EventDeclarations> = {
  [T in keyof D & string]: { readonly type: T; readonly data: z.infer<D[T]['schema']> }
}[keyof D & string]

/** An event with its envelope, decoded. */
export type Decoded<E> = E & { readonly envelope: Omit<RecordedEvent, 'data'> }

/** The one place where a kind of stream maps stored names to types. */
export interface EventCatalogue<E extends { readonly type: string; readonly data: unknown }> {
  readonly storedNames: readonly string[]
  /** Stored names (newest and older) of the given event types. */
  storedNamesOf(types: readonly E['type'][]): readonly string[]
  owns(stored: string): boolean
  encode(event: E): { readonly type: string; readonly data: unknown }
  decode(recorded: RecordedEvent): Decoded<E>
}

export function eventCatalogue<const D extends EventDeclarations>(declarations: D): EventCatalogue<EventOf<D>> {
  type E = EventOf<D>
  const byStored = new Map<string, { type: string; declaration: EventDeclaration }>()
  for (const [type, declaration] of Object.entries(declarations)) {
    for (const stored of [declaration.stored, ...Object.keys(declaration.upcasters ?? {})]) {
      if (byStored.has(stored)) throw new Error(`stored event name declared twice: ${stored}`)
      byStored.set(stored, { type, declaration })
    }
    requireWayToNewest(declaration)
  }
  return {
    storedNames: [...byStored.keys()],
    storedNamesOf: (types) => [...byStored].filter(([, entry]) => types.includes(entry.type)).map(([stored]) => stored),
    owns: (stored) => byStored.has(stored),
    encode(event) {
      const declaration = declarations[event.type]
      if (declaration === undefined) throw new Error(`undeclared event type: ${event.type}`)
      return { type: declaration.stored, data: declaration.schema.parse(event.data) }
    },
    decode(recorded) {
      const entry = byStored.get(recorded.type)
      if (entry === undefined)
        throw eventSourcingError('EVENT_UNREADABLE', { type: recorded.type, eventId: recorded.id })
      let data: unknown = recorded.data
      let stored = recorded.type
      while (stored !== entry.declaration.stored) {
        const step = entry.declaration.upcasters?.[stored]
        if (step === undefined) throw eventSourcingError('EVENT_UNREADABLE', { type: stored, eventId: recorded.id })
        data = step.upcast(data)
        stored = step.to
      }
      const parsed = entry.declaration.schema.safeParse(data)
      if (!parsed.success) {
        throw eventSourcingError(
          'EVENT_UNREADABLE',
          { type: recorded.type, eventId: recorded.id },
          { cause: parsed.error },
        )
      }
      const { data: _, ...envelope } = recorded
      const decoded: Decoded<{ type: string; data: unknown }> = { type: entry.type, data: parsed.data, envelope }
      return decoded as Decoded<E>
    },
  }
}

/** Every older version must become the newest one, step by step: found when the program starts, not when an old event is read. */
function requireWayToNewest({ stored, upcasters = {} }: EventDeclaration): void {
  for (const oldest of Object.keys(upcasters)) {
    const passed = new Set<string>()
    for (let at = oldest; at !== stored; at = upcasters[at]?.to ?? '') {
      if (upcasters[at] === undefined || passed.has(at))
        throw new Error(`no upcaster leads from ${oldest} to ${stored}`)
      passed.add(at)
    }
  }
}
