import {
  type Decoded,
  defineProjection,
  type Projection,
  type ProjectionPart,
  parseStreamName,
  type UnitOfWork,
} from '@dulian/event-sourcing'
import type { ViewSpace } from '@dulian/views'
import { isFileHash } from './file-store.ts'

/** A thing that names a file: the stream of one of its events. */
export interface FileOwner {
  readonly category: string
  readonly id: string
}

type OwnerDocument = {
  readonly office: string
  readonly hash: string
  readonly category: string
  readonly thing: string
}
type AnyEvent = Decoded<{ readonly type: string; readonly data: unknown }>

const OWNERS = 'owners'

/**
 * Which things of a service name which files: `fileOwnersProjection((keep) => [onEvery(visitEvents, keep)])`. A file is then
 * shown to whoever may see one of its things.
 */
export function fileOwnersProjection(
  parts: (keep: (event: AnyEvent, unit: UnitOfWork) => void) => readonly ProjectionPart[],
): Projection {
  return defineProjection(
    { name: 'file-owners', revision: 1, collections: { [OWNERS]: { indexes: { byFile: ['office', 'hash'] } } } },
    parts((event, unit) => {
      const { category, office, id: thing } = parseStreamName(event.envelope.stream)
      for (const hash of filesNamedIn(event.data)) {
        unit.put(OWNERS, `${hash}-${category}-${thing}`, { office, hash, category, thing } satisfies OwnerDocument)
      }
    }),
  )
}

export async function ownersOf(
  view: Pick<ViewSpace, 'find'>,
  office: string,
  hash: string,
): Promise<readonly FileOwner[]> {
  const { items } = await view.find<OwnerDocument>(OWNERS, { where: { office, hash }, limit: MOST_OWNERS })
  return items.map(({ document: { category, thing } }) => ({ category, id: thing }))
}

/** The same picture in more things than this is a form, not evidence; its first things are enough to judge by. */
const MOST_OWNERS = 100

/** Wherever a reference to a file stands in an event. */
function filesNamedIn(data: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(data)) for (const each of data) filesNamedIn(each, found)
  else if (typeof data === 'object' && data !== null) {
    if ('hash' in data && 'mediaType' in data && typeof data.hash === 'string' && isFileHash(data.hash)) {
      found.add(data.hash)
    }
    for (const each of Object.values(data)) filesNamedIn(each, found)
  }
  return found
}
