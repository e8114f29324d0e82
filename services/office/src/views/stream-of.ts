import { parseStreamName, type RecordedEvent } from '@dulian/event-sourcing'

/** Whose event it is: every stream of this service is named by its office and its thing. */
export function streamOf(event: { readonly envelope: Pick<RecordedEvent, 'stream'> }): {
  readonly office: string
  readonly id: string
} {
  const { office, id } = parseStreamName(event.envelope.stream)
  return { office, id }
}
