import { type EventCatalogue, type EventDeclaration, eventCatalogue } from '@dulian/event-sourcing'
import type { z } from 'zod'
import type { MessageContract } from './message-contract.ts'

/** Category of the streams in which a service keeps what other services told it, one stream per foreign stream. */
export const INBOX = 'inbox'

/** An older version of a contract: what is stored of it is read as the next newer one. */
export interface OlderContract {
  readonly contract: MessageContract
  readonly upcast: (data: unknown) => unknown
}

/** A contract with its older versions, the oldest first: the inbox may hold them, and they may still be on their way. */
export interface VersionedContract<C extends MessageContract = MessageContract> {
  readonly newest: C
  readonly older: readonly OlderContract[]
}

type Heard = MessageContract | VersionedContract
type SchemaOf<H extends Heard> =
  H extends VersionedContract<infer C> ? C['schema'] : H extends MessageContract ? H['schema'] : never

/** What the inbox holds: the name given in code, the newest contract's data. Stored under the contract's own type. */
export type InboxEvents<M extends Record<string, Heard>> = {
  [K in keyof M & string]: { readonly type: K; readonly data: z.infer<SchemaOf<M[K]>> }
}[keyof M & string]

/**
 * The catalogue of foreign facts, for projections and policies: `inboxCatalogue({ SchoolRegistered: schoolRegistered })`,
 * then `on(inbox, { SchoolRegistered: (event, unit) => … })`. Of a contract with older versions all are listened to: `heardBy`.
 */
export function inboxCatalogue<const M extends Record<string, Heard>>(contracts: M): EventCatalogue<InboxEvents<M>> {
  const declarations = Object.fromEntries(
    Object.entries(contracts).map(([name, heard]) => [
      name,
      'newest' in heard ? declare(heard) : declare({ newest: heard, older: [] }),
    ]),
  )
  return eventCatalogue(declarations) as EventCatalogue<InboxEvents<M>>
}

/** Every contract of these, older versions too: what a service's `consumes` must list to miss nothing. */
export function heardBy(contracts: Readonly<Record<string, Heard>>): readonly MessageContract[] {
  return Object.values(contracts).flatMap((heard) =>
    'newest' in heard ? [heard.newest, ...heard.older.map(({ contract }) => contract)] : [heard],
  )
}

function declare({ newest, older }: VersionedContract): EventDeclaration {
  const upcasters = older.map(({ contract, upcast }, index) => {
    const to = older[index + 1]?.contract.type ?? newest.type
    return [contract.type, { to, upcast }]
  })
  return { stored: newest.type, schema: newest.schema, upcasters: Object.fromEntries(upcasters) }
}
