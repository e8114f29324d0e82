import type { Appended, ErrorCatalogue, ExpectedVersion, Imported, StreamName } from '@dulian/event-sourcing'
import { DomainError, errorCatalogue as eventErrors } from '@dulian/event-sourcing'
import type { AppendRequest } from './appender.ts'
import type { OpenDatabase } from './database.ts'
import { errorCatalogue as fileErrors } from './errors.ts'
import type { AppendOutcome } from './event-connection.ts'
import type { ImportRequest } from './import-request.ts'

/** What the thread that writes is asked; each is answered once, in the order in which they came. */
export type WriterRequest =
  | { readonly kind: 'open'; readonly connection: number; readonly options: OpenDatabase }
  | { readonly kind: 'write'; readonly connection: number; readonly time: number; readonly appends: PackedAppends }
  | { readonly kind: 'import'; readonly connection: number; readonly requests: readonly ImportRequest[] }
  | { readonly kind: 'close'; readonly connection: number }

export type WriterAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'written'; readonly outcomes: PackedOutcomes }
  | { readonly kind: 'imported'; readonly imported: Imported }
  | { readonly kind: 'failed'; readonly error: PackedError }

/**
 * Appends one after the other: stream, expected version, meta, number of events, then id, type and data of each. One flat
 * list goes to another thread at a third of the cost of as many objects.
 */
export type PackedAppends = readonly (string | number)[]

/** For each append the new version, its position and 1 when it was there already; or one error. */
export type PackedOutcomes = readonly (number | PackedError)[]

interface PackedError {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
  readonly cause: string | undefined
}

export function packAppends(requests: readonly AppendRequest[]): PackedAppends {
  const packed: (string | number)[] = []
  for (const { stream, expected, meta, ids, types, data } of requests) {
    packed.push(stream, expected, meta, ids.length)
    for (let index = 0; index < ids.length; index += 1) {
      packed.push(ids[index] ?? '', types[index] ?? '', data[index] ?? 'null')
    }
  }
  return packed
}

export function unpackAppends(packed: PackedAppends): AppendRequest[] {
  const requests: AppendRequest[] = []
  for (let at = 0; at < packed.length; ) {
    const [stream, expected, meta, count] = packed.slice(at, at + 4) as [StreamName, ExpectedVersion, string, number]
    const request = { stream, expected, meta, ids: [] as string[], types: [] as string[], data: [] as string[] }
    at += 4
    for (const end = at + 3 * count; at < end; at += 3) {
      request.ids.push(packed[at] as string)
      request.types.push(packed[at + 1] as string)
      request.data.push(packed[at + 2] as string)
    }
    requests.push(request)
  }
  return requests
}

export function packOutcomes(outcomes: readonly AppendOutcome[]): PackedOutcomes {
  const packed: (number | PackedError)[] = []
  for (const outcome of outcomes) {
    if (outcome instanceof Error) packed.push(packError(outcome))
    else packed.push(outcome.version, Number(outcome.position), outcome.repeated ? 1 : 0)
  }
  return packed
}

export function unpackOutcomes(packed: PackedOutcomes): AppendOutcome[] {
  const outcomes: AppendOutcome[] = []
  for (let at = 0; at < packed.length; ) {
    const first = packed[at]
    if (typeof first === 'object') {
      outcomes.push(unpackError(first))
      at += 1
    } else {
      outcomes.push(appended(packed.slice(at, at + 3) as [number, number, number]))
      at += 3
    }
  }
  return outcomes
}

function appended([version, position, repeated]: readonly [number, number, number]): Appended {
  return { version, position: String(position), repeated: repeated === 1 }
}

/** Whatever is no error of ours stands in the cause of one that is: see `storageError`. */
export function packError(error: DomainError): PackedError {
  const { code, details, cause } = error
  return { code, details, cause: cause === undefined ? undefined : describe(cause) }
}

export function unpackError({ code, details, cause }: PackedError): DomainError {
  const declaration = ({ ...eventErrors, ...fileErrors } as ErrorCatalogue)[code]
  if (declaration === undefined) throw new Error(`an error of the event file that is not declared: ${code}`)
  return new DomainError(code, declaration, details, cause === undefined ? {} : { cause: new Error(cause) })
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
