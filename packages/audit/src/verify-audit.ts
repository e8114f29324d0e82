import { type EventStore, type RecordedEvent, streamName } from '@dulian/event-sourcing'
import { AUDIT, type AuditEntry, auditEvents, CHAIN, hashOfEntry, NOTHING_BEFORE } from './audit-entry.ts'
import { eventIdOf } from './audit-trail.ts'

/** Where an office's chain ends; written down elsewhere, it shows later that nothing was cut off. */
export interface ChainHead {
  readonly office: string
  readonly entries: number
  readonly hash: string
  readonly lastAt: string
}

export interface BrokenEntry {
  readonly office: string
  /** Place in the office's chain. */
  readonly sequence: number
  readonly stream: string
  /** Place in the store; the last one that could be read when the store itself is damaged. */
  readonly position: string
  readonly entryId?: string
  readonly at?: string
  /** Chinese. */
  readonly reason: string
}

export interface AuditVerification {
  readonly intact: boolean
  readonly entries: number
  readonly chains: readonly ChainHead[]
  /** In the order of the store. */
  readonly broken?: BrokenEntry
}

const PAGE = 500

/** Walks every chain from its beginning and stops at the first entry that is not what it was. `noted` are heads of an earlier walk. */
export async function verifyAudit(
  store: EventStore,
  noted: readonly Pick<ChainHead, 'office' | 'entries' | 'hash'>[] = [],
): Promise<AuditVerification> {
  const heads = new Map<string, ChainHead>()
  const open = new Map(noted.map((head) => [`${head.office} ${head.entries}`, head.hash]))
  let entries = 0
  const result = (broken?: BrokenEntry): AuditVerification => ({
    intact: broken === undefined,
    entries,
    chains: [...heads.values()],
    ...(broken === undefined ? {} : { broken }),
  })
  let after: string | undefined
  for (let limit = PAGE; ; ) {
    let page: Awaited<ReturnType<EventStore['readAll']>>
    try {
      page = await store.readAll({ limit, ...(after === undefined ? {} : { after }) })
    } catch (error) {
      // A store that is not there says so now. Then closer to the place: the first entry that cannot be read alone is it.
      await store.head()
      if (limit > 1) {
        limit = 1
        continue
      }
      return result(await unreadable(store, after ?? '0', heads, error))
    }
    for (const event of page.events) {
      const broken = check(event, heads)
      if (broken !== undefined) return result(broken)
      entries += 1
      const head = headOf(event, heads)
      const expected = head === undefined ? undefined : open.get(`${head.office} ${head.entries}`)
      if (head !== undefined && expected !== undefined) {
        if (expected !== head.hash)
          return result(brokenAt(event, head.office, '与此前记下的校验值不同，链条被整体改写过'))
        open.delete(`${head.office} ${head.entries}`)
      }
    }
    after = page.checkedThrough
    if (page.end) break
  }
  for (const head of noted) {
    if (!open.has(`${head.office} ${head.entries}`)) continue
    return result({
      office: head.office,
      sequence: head.entries,
      stream: streamName(AUDIT, head.office, CHAIN),
      position: after ?? '0',
      reason: `此前记下的第 ${head.entries} 条已不存在，链条末尾被截去`,
    })
  }
  return result()
}

/** The chain is the one that cannot be read on either; of a chain that cannot even be begun the place alone is known. */
async function unreadable(
  store: EventStore,
  position: string,
  heads: ReadonlyMap<string, ChainHead>,
  error: unknown,
): Promise<BrokenEntry> {
  const reason = `位置 ${position} 之后的记录无法读取，数据库文件已损坏（${error instanceof Error ? error.message : String(error)}）`
  for (const { office, entries } of heads.values()) {
    const stream = streamName(AUDIT, office, CHAIN)
    try {
      await store.readStream(stream, { from: entries + 1, limit: 1 })
    } catch {
      return { office, sequence: entries + 1, stream, position, reason }
    }
  }
  return { office: '—', sequence: 1, stream: '—', position, reason }
}

function decode(event: RecordedEvent): AuditEntry | undefined {
  try {
    return auditEvents.decode(event).data
  } catch {
    return undefined
  }
}

/** What is wrong with an event as the next of its chain; notes it as the chain's head when nothing is. */
function check(event: RecordedEvent, heads: Map<string, ChainHead>): BrokenEntry | undefined {
  const office = officeOf(event.stream)
  if (office === undefined) return brokenAt(event, '—', '不是任何督导室的审计链')
  const before = heads.get(office)
  const sequence = (before?.entries ?? 0) + 1
  const entry = decode(event)
  if (event.version !== sequence) return brokenAt(event, office, `应为第 ${sequence} 条，中间缺少记录`)
  if (entry === undefined) return brokenAt(event, office, '内容无法读取，已被改动')
  if (entry.previous !== (before?.hash ?? NOTHING_BEFORE)) {
    return brokenAt(event, office, '与前一条的校验值接不上，前一条或本条被改动', entry)
  }
  if (entry.hash !== hashOfEntry(entry)) return brokenAt(event, office, '内容与校验值不符，已被改动', entry)
  const { meta } = event
  const envelope =
    entry.sequence === event.version &&
    entry.office === office &&
    event.id === eventIdOf(entry) &&
    meta.office === office &&
    meta.actor === entry.subject
  if (!envelope) return brokenAt(event, office, '外封（编号、督导室或操作人）与内容不符，已被改动', entry)
  heads.set(office, { office, entries: sequence, hash: entry.hash, lastAt: entry.at })
  return undefined
}

function headOf(event: RecordedEvent, heads: ReadonlyMap<string, ChainHead>): ChainHead | undefined {
  const office = officeOf(event.stream)
  return office === undefined ? undefined : heads.get(office)
}

function officeOf(stream: string): string | undefined {
  const [, office] = /^audit-([a-z][a-z0-9]*)-chain$/.exec(stream) ?? []
  return office
}

function brokenAt(event: RecordedEvent, office: string, reason: string, entry?: AuditEntry): BrokenEntry {
  return {
    office,
    sequence: event.version,
    stream: event.stream,
    position: event.position,
    ...(entry === undefined ? {} : { entryId: entry.id, at: entry.at }),
    reason,
  }
}
