import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'

import { invalidArgument } from './rpc-failure.ts'
import type { StoredEvent } from './stored-event.ts'

export type EventFilter = (event: StoredEvent) => boolean

/** How far a filtered read looks at a time when the request names no window. */
const DEFAULT_WINDOW = 32

export interface FilterOptions {
  readonly accepts: EventFilter
  /** Events looked at in one page. */
  readonly window: number
  /** Events looked at between two checkpoints of a subscription. */
  readonly checkpointInterval: number
}

/** Reads the filter of a request: stream name or event type, by regular expression or else by prefixes. */
export function readFilter(options: ReadReq.Options.FilterOptions): FilterOptions {
  const onStream = options.getStreamIdentifier()
  const expression = onStream ?? options.getEventType()
  if (expression === undefined) throw invalidArgument('A filter needs a stream_identifier or an event_type.')
  if (!options.hasMax() && !options.hasCount()) throw invalidArgument('A filter needs a window.')
  const matches = readExpression(expression.getRegex(), expression.getPrefixList())
  const window = options.hasMax() ? options.getMax() : DEFAULT_WINDOW
  return {
    accepts: onStream === undefined ? (event) => matches(event.type) : (event) => matches(event.stream),
    window,
    checkpointInterval: window * options.getCheckpointintervalmultiplier(),
  }
}

function readExpression(regex: string, prefixes: readonly string[]): (text: string) => boolean {
  if (regex === '') return (text) => prefixes.some((prefix) => text.startsWith(prefix))
  const pattern = new RegExp(regex)
  return (text) => pattern.test(text)
}
