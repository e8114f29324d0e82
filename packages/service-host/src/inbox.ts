import { type EventCatalogue, eventCatalogue } from '@dulian/event-sourcing'
import type { z } from 'zod'
import type { MessageContract } from './message-contract.ts'

/** Category of the streams in which a service keeps what other services told it, one stream per foreign stream. */
export const INBOX = 'inbox'

/** What the inbox holds: the name given in code, the contract's data. Stored under the contract's own type. */
export type InboxEvents<M extends Record<string, MessageContract>> = {
  [K in keyof M & string]: { readonly type: K; readonly data: z.infer<M[K]['schema']> }
}[keyof M & string]

/**
 * The catalogue of foreign facts, for projections and policies: `inboxCatalogue({ SchoolRegistered: schoolRegistered })`,
 * then `on(inbox, { SchoolRegistered: (event, unit) => … })`.
 */
export function inboxCatalogue<const M extends Record<string, MessageContract>>(
  contracts: M,
): EventCatalogue<InboxEvents<M>> {
  const declarations = Object.fromEntries(
    Object.entries(contracts).map(([name, contract]) => [name, { stored: contract.type, schema: contract.schema }]),
  )
  return eventCatalogue(declarations) as EventCatalogue<InboxEvents<M>>
}
