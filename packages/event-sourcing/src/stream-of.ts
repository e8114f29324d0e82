import { parseStreamName, type RecordedEvent } from './event-store.ts'

/** Whose event it is: the office and the thing its stream is named by. */
export function streamOf(event: { readonly envelope: Pick<RecordedEvent, 'stream'> }): {
  readonly office: string
  readonly id: string
} {
  const { office, id } = parseStreamName(event.envelope.stream)
  return { office, id }
}
