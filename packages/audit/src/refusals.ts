import type { Clock } from '@dulian/event-sourcing'
import type { Refusal } from '@dulian/http-kit'
import type { AuditRecorder } from './audit-trail.ts'

export interface RefusalAudit {
  /** Puts a refusal on record, or counts it to the next one of its kind. Returns at once. */
  note(refusal: Refusal): void
  /** Puts on record what was only counted so far; before the end of the process. */
  flush(): Promise<void>
}

interface Seen {
  readonly refusal: Refusal
  /** When the last one was put on record. */
  readonly at: number
  /** How many like it came since. */
  counted: number
}

interface Hour {
  readonly from: number
  entries: number
  /** The last of those for which there was no room, and how many there were. */
  beyond: Refusal | undefined
  uncounted: number
}

/** Refusals of one person, with one code, on one route, are one entry in this time; the others are counted. */
const WINDOW_MS = 10 * 60_000
/** Entries of one office in an hour, so that many accounts cannot fill the disk either. */
const PER_HOUR = 120
const HOUR_MS = 3_600_000
/** Kinds of refusals remembered; the oldest is put on record before it is forgotten. */
const KINDS = 5_000

/** Nobody waits for the entry: the refusal is answered at once, and what cannot be written is told to `onError`. */
export function auditRefusals(options: {
  readonly trail: AuditRecorder
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}): RefusalAudit {
  const { trail, clock, onError } = options
  const seen = new Map<string, Seen>()
  const hours = new Map<string, Hour>()

  async function put({ identity, method, path, route, status, code }: Refusal, like: number): Promise<void> {
    try {
      await trail.record({
        action: 'access-refused',
        by: identity,
        object: path,
        outcome: 'refused',
        details: { method, route, status, code, ...(like === 0 ? {} : { others: like }) },
      })
    } catch (error) {
      onError(error)
    }
  }

  function hasRoom(refusal: Refusal, now: number): boolean {
    const { office } = refusal.identity
    const hour = hours.get(office)
    if (hour === undefined || now - hour.from >= HOUR_MS) {
      hours.set(office, { from: now, entries: 1, beyond: undefined, uncounted: 0 })
      if (hour?.beyond !== undefined) void put(hour.beyond, hour.uncounted - 1)
      return true
    }
    if (hour.entries < PER_HOUR) {
      hour.entries += 1
      return true
    }
    hour.beyond = refusal
    hour.uncounted += 1
    return false
  }

  return {
    note(refusal) {
      const { identity, code, method, route } = refusal
      const key = JSON.stringify([identity.office, identity.subject, code, method, route])
      const now = clock.now()
      const known = seen.get(key)
      if (known !== undefined && now - known.at < WINDOW_MS) {
        known.counted += 1
        return
      }
      if (!hasRoom(refusal, now)) return
      seen.delete(key)
      seen.set(key, { refusal, at: now, counted: 0 })
      void put(refusal, known?.counted ?? 0)
      const [oldest] = seen
      if (seen.size <= KINDS || oldest === undefined) return
      seen.delete(oldest[0])
      if (oldest[1].counted > 0) void put(oldest[1].refusal, oldest[1].counted)
    },
    async flush() {
      const left = [...seen.values()].filter(({ counted }) => counted > 0)
      const beyond = [...hours.values()].filter((hour) => hour.beyond !== undefined)
      seen.clear()
      hours.clear()
      await Promise.all([
        ...left.map(({ refusal, counted }) => put(refusal, counted)),
        ...beyond.map(({ beyond: refusal, uncounted }) => refusal && put(refusal, uncounted - 1)),
      ])
    },
  }
}
