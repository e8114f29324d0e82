import { isDeepStrictEqual } from 'node:util'
import type { Published } from '../generate/asyncapi.ts'
import { promiseOf, type Release } from './contract-release.ts'
import { type Misfit, membersOf, misfits } from './schema-fit.ts'

/** Something about a contract that is not as it was released. */
export interface ContractChange {
  /** `cn.dulian.<service>.<event>.v<version>` */
  readonly type: string
  /** What has become of it, as the rest of a sentence. */
  readonly what: string
}

/** What a release may do, with the members to be named in the changelog. */
export interface AllowedChange extends ContractChange {
  readonly members: readonly string[]
}

/**
 * What would break somebody. Services are updated one by one and a topic keeps its messages for ever, so both must hold, for
 * every release there ever was: its readers take what is written now, and the readers of now take what was written then.
 */
export function breakingChanges(releases: readonly Release[], events: readonly Published[]): readonly ContractChange[] {
  const current = new Map(events.map((event) => [event.type, event]))
  const found = releases.flatMap((release) =>
    Object.keys(release.events).flatMap((type) => breaksOf(release, type, current.get(type))),
  )
  // What breaks one release usually breaks the later ones too; it is told once, for the oldest.
  const told = new Map<string, ContractChange>()
  for (const { type, what, about } of found)
    if (!told.has(`${type} ${about}`)) told.set(`${type} ${about}`, { type, what })
  return [...told.values()]
}

interface Break extends ContractChange {
  readonly about: string
}

function breaksOf({ version, events }: Release, type: string, event: Published | undefined): readonly Break[] {
  const released = events[type]
  if (released === undefined) return []
  const broken = (about: string): Break => ({ type, about, what: `${about} (as of release ${version})` })
  if (event === undefined) return [broken('is gone, or has another name')]
  const now = promiseOf(event)
  const missing = goneMembers(membersOf(released.written), membersOf(now.written))
  const tell = (sentence: string, { path, reason }: Misfit): Break =>
    broken(`${sentence}${path === '' ? '' : `${path} `}${reason}`)
  const unlessMissing = ({ path }: Misfit): boolean => !missing.includes(path)
  return [
    ...(released.topic === event.topic ? [] : [broken(`has moved from topic ${released.topic} to ${event.topic}`)]),
    ...(released.audience === 'public' && event.audience === 'internal' ? [broken('is kept from partners')] : []),
    ...missing.map((path) => broken(`${path} is gone, or has another name`)),
    ...misfits(now.written, released.accepted)
      .filter(unlessMissing)
      .map((misfit) => tell('a reader of then cannot read what is written now: ', misfit)),
    ...misfits(released.written, now.accepted)
      .filter(unlessMissing)
      .map((misfit) => tell('a reader of now cannot read what was written then: ', misfit)),
    ...(event.schema.safeParse(released.example).success ? [] : [broken('cannot read the example of then')]),
  ]
}

/** Only the outermost: with a member goes all that is in it. */
function goneMembers(before: readonly string[], now: readonly string[]): readonly string[] {
  const gone = [...new Set(before)].filter((path) => !now.includes(path))
  return gone.filter((path) => !gone.some((other) => path.startsWith(`${other}.`) || path.startsWith(`${other}[]`)))
}

/** What the next release brings beside the last one and breaks nobody. */
export function allowedChanges(last: Release | undefined, events: readonly Published[]): readonly AllowedChange[] {
  return events.flatMap((event): AllowedChange[] => {
    const { type } = event
    const released = last?.events[type]
    if (released === undefined) return [{ type, what: 'is new', members: [] }]
    const now = promiseOf(event)
    const members = goneMembers(membersOf(now.written), membersOf(released.written))
    if (members.length > 0) return [{ type, what: `has new members: ${members.join(', ')}`, members }]
    const { example: _, ...before } = released
    return isDeepStrictEqual(now, before) ? [] : [{ type, what: 'has changed', members: [] }]
  })
}
