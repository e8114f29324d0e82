import { setTimeout as delay } from 'node:timers/promises'
import { chinaDate } from '@dulian/calendar'
import { type Clock, deterministicId, type EventStore, isDomainError, newId, streamName } from '@dulian/event-sourcing'
import {
  AUDIT,
  type AuditEntry,
  type AuditFact,
  auditEvents,
  CHAIN,
  hashOfEntry,
  NOTHING_BEFORE,
} from './audit-entry.ts'

/** What a list of entries is asked by. Days are `YYYY-MM-DD` in China time, both included. */
export interface AuditQuery {
  readonly office: string
  readonly action?: string | undefined
  readonly outcome?: string | undefined
  /** Part of the name or the subject of who did it. */
  readonly actor?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Only entries before this sequence. */
  readonly before?: number | undefined
  readonly limit: number
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[]
  /** `before` of the next page; absent at the end. */
  readonly next: number | undefined
}

/** Where entries are put on record. */
export interface AuditRecorder {
  /**
   * Resolves when the entry is on disk: whoever hands out what it tells of waits for that. Throws what the store throws
   * (`STORE_UNAVAILABLE`, `STORAGE_FULL`, …); nothing may be handed out then.
   */
  record(fact: AuditFact): Promise<AuditEntry>
}

export interface AuditTrail extends AuditRecorder {
  list(query: AuditQuery): Promise<AuditPage>
  /** Resolves when everything handed over so far is on disk or has failed. */
  settled(): Promise<void>
  /** Finishes what was handed over, then closes the store. */
  close(): Promise<void>
}

interface Waiting {
  readonly fact: AuditFact
  readonly resolve: (entry: AuditEntry) => void
  readonly reject: (error: unknown) => void
}

interface Tail {
  readonly sequence: number
  readonly hash: string
}

const GROUP = 100
const CONFLICT_RETRIES = 100
/** How far back an entry of the same id is looked for. */
const LOOK_BACK = 200
const PAGE = 500
/** A list looks at so many entries at most per page, so that a rare filter does not hold the thread for long. */
const PAGES_PER_LOOK = 20

/**
 * The trail on an event store of its own. Any number of processes may write to one store: an entry is appended at the
 * version that follows the one it is chained to, so of two that chose the same place one tries again.
 */
export function openAuditTrail(options: { readonly store: EventStore; readonly clock: Clock }): AuditTrail {
  const { store, clock } = options
  const tails = new Map<string, Tail>()
  const queues = new Map<string, Waiting[]>()
  const busy = new Map<string, Promise<void>>()

  async function tailOf(office: string): Promise<Tail> {
    const known = tails.get(office)
    if (known !== undefined) return known
    const [last] = await store.readStream(chainOf(office), { direction: 'backwards', limit: 1 })
    if (last === undefined) return { sequence: 0, hash: NOTHING_BEFORE }
    const { sequence, hash } = auditEvents.decode(last).data
    return { sequence, hash }
  }

  async function append(office: string, group: readonly Waiting[]): Promise<readonly AuditEntry[]> {
    for (let tries = 0; ; tries += 1) {
      const tail = await tailOf(office)
      const entries: AuditEntry[] = []
      let last = tail
      for (const { fact } of group) {
        const entry = entryOf(fact, last, clock.now())
        entries.push(entry)
        last = entry
      }
      try {
        await store.append(chainOf(office), entries.map(eventOf), {
          expected: tail.sequence === 0 ? 'none' : tail.sequence,
          meta: metaOf(group[0]?.fact, entries[0]),
        })
        tails.set(office, last)
        return entries
      } catch (error) {
        tails.delete(office)
        const elsewhere =
          isDomainError(error, 'WRONG_EXPECTED_VERSION') || isDomainError(error, 'STREAM_ALREADY_EXISTS')
        if (!elsewhere || tries >= CONFLICT_RETRIES) throw error
        // By chance, so that of two processes that go step by step not always the same one comes too late.
        await delay(Math.random() * Math.min(tries, 10))
      }
    }
  }

  async function work(office: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      // Events of one append share their actor, so a group is of one person.
      const subject = queue[0]?.fact.by.subject
      const others = queue.findIndex(({ fact }) => fact.by.subject !== subject)
      const group = queue.splice(0, Math.min(GROUP, others === -1 ? queue.length : others))
      try {
        const entries = await append(office, group)
        for (const [at, { resolve }] of group.entries()) resolve(entries[at] as AuditEntry)
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    busy.delete(office)
  }

  function enqueue(fact: AuditFact): Promise<AuditEntry> {
    const { office } = fact.by
    return new Promise((resolve, reject) => {
      const queue = queues.get(office) ?? []
      queues.set(office, queue)
      queue.push({ fact, resolve, reject })
      if (!busy.has(office)) busy.set(office, work(office, queue))
    })
  }

  async function findRecent(office: string, id: string): Promise<AuditEntry | undefined> {
    const recent = await store.readStream(chainOf(office), { direction: 'backwards', limit: LOOK_BACK })
    return recent.map((event) => auditEvents.decode(event).data).find((entry) => entry.id === id)
  }

  async function settled(): Promise<void> {
    while (busy.size > 0) await Promise.all(busy.values())
  }

  return {
    async record(fact) {
      const known = fact.id === undefined ? undefined : await findRecent(fact.by.office, fact.id)
      return known ?? (await enqueue(fact))
    },
    async list(query) {
      const entries: AuditEntry[] = []
      let from = query.before === undefined ? undefined : query.before - 1
      for (let pages = 0; from !== 0 && pages < PAGES_PER_LOOK; pages += 1) {
        const page = await store.readStream(chainOf(query.office), {
          direction: 'backwards',
          limit: PAGE,
          ...(from === undefined ? {} : { from }),
        })
        for (const recorded of page) {
          const { data: entry } = auditEvents.decode(recorded)
          if (entries.length === query.limit) return { entries, next: entry.sequence + 1 }
          if (isWanted(entry, query)) entries.push(entry)
          from = entry.sequence - 1
        }
        if (page.length < PAGE) return { entries, next: undefined }
      }
      return { entries, next: from === 0 || from === undefined ? undefined : from + 1 }
    },
    settled,
    async close() {
      await settled()
      await store.close()
    },
  }
}

function chainOf(office: string): string {
  return streamName(AUDIT, office, CHAIN)
}

function entryOf(fact: AuditFact, before: Tail, now: number): AuditEntry {
  const { by, action, object, objectName, reason } = fact
  const open: Omit<AuditEntry, 'hash'> = {
    id: fact.id ?? newId(now),
    office: by.office,
    sequence: before.sequence + 1,
    at: new Date(now).toISOString(),
    action,
    subject: by.subject,
    name: by.name,
    roles: [...(by.roles ?? [])],
    object,
    ...(objectName === undefined ? {} : { objectName }),
    ...(reason === undefined ? {} : { reason }),
    outcome: fact.outcome ?? 'done',
    details: { ...fact.details },
    previous: before.hash,
  }
  return { ...open, hash: hashOfEntry(open) }
}

/** The event's own id follows from the entry's, so that a store that keeps ids for the whole instance sees no double. */
export function eventIdOf(entry: Pick<AuditEntry, 'id' | 'office'>): string {
  return deterministicId(AUDIT, entry.office, entry.id)
}

function eventOf(entry: AuditEntry): { id: string; type: string; data: unknown } {
  return { id: eventIdOf(entry), ...auditEvents.encode({ type: 'AuditEntryRecorded', data: entry }) }
}

function metaOf(fact: AuditFact | undefined, first: AuditEntry | undefined) {
  return { correlationId: first?.id ?? '', actor: fact?.by.subject ?? '', office: fact?.by.office ?? '' }
}

function isWanted(entry: AuditEntry, query: AuditQuery): boolean {
  if (query.action !== undefined && entry.action !== query.action) return false
  if (query.outcome !== undefined && entry.outcome !== query.outcome) return false
  if (query.actor !== undefined && !entry.name.includes(query.actor) && !entry.subject.includes(query.actor))
    return false
  const day = chinaDate(entry.at)
  return (query.from === undefined || day >= query.from) && (query.to === undefined || day <= query.to)
}
