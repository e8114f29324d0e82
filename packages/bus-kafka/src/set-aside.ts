import type { IHeaders } from 'kafkajs'
import { headerText, type OutgoingRecord, type RawRecord } from './cloud-event.ts'

/**
 * What the topic of dead letters holds. Partition n tells of partition n of the origin; the key of an entry is the offset
 * there, so that compaction keeps the last state of each. An entry looks like its origin (same value, same ce_ headers),
 * with dlq_ headers added; a wish of an operator is a record of its own beside it; both end with an empty record.
 */
export interface SetAside {
  readonly kind: 'dead' | 'waiting'
  /** In the origin's partition. */
  readonly offset: number
  readonly partition: number
  readonly topic: string
  readonly group: string
  readonly record: RawRecord
  /** Of a dead letter: error class and code, tries so far, when it was given up (ISO 8601). */
  readonly error: string
  readonly attempts: number
  readonly at: string
}

export type Wish =
  | { readonly kind: 'skip' }
  /** For the dead letter as it was after so many attempts: when it fails again, the wish is spent. */
  | { readonly kind: 'replay'; readonly attempts: number }

const ENTRY = 'entry:'
const WISH = 'wish:'

export function entryRecord(entry: SetAside): OutgoingRecord {
  const { kind, topic, group, partition, offset, record } = entry
  const headers: Record<string, Buffer | string> = {}
  for (const [name, value] of Object.entries(record.headers ?? {})) {
    if (!name.startsWith('dlq_')) headers[name] = headerText(value)
  }
  Object.assign(headers, {
    dlq_kind: kind,
    dlq_topic: topic,
    dlq_partition: String(partition),
    dlq_offset: String(offset),
    dlq_group: group,
    dlq_key: record.key ?? '',
  })
  if (record.value === null) headers.dlq_empty = 'true'
  if (kind === 'dead') {
    Object.assign(headers, { dlq_error: entry.error, dlq_attempts: String(entry.attempts), dlq_at: entry.at })
  }
  // A record without value would mean that the entry is gone.
  return { key: `${ENTRY}${offset}`, value: record.value ?? Buffer.alloc(0), headers, partition }
}

export function wishRecord(partition: number, offset: number, wish: Wish): OutgoingRecord {
  return { key: `${WISH}${offset}`, value: JSON.stringify(wish), headers: { dlq_kind: 'wish' }, partition }
}

/** Ends an entry, and the wish for it. */
export function resolvedRecords(partition: number, offset: number): OutgoingRecord[] {
  return [ENTRY, WISH].map((kind) => ({ key: `${kind}${offset}`, value: null, headers: {}, partition }))
}

export function isWish({ key }: RawRecord): boolean {
  return key?.toString().startsWith(WISH) === true
}

export function keyOf({ record }: Pick<SetAside, 'record'>): string {
  return record.key?.toString() ?? ''
}

/** One partition of the topic of dead letters, read up to some point. */
export class SetAsideMessages {
  /** By the offset in the origin. */
  readonly entries = new Map<number, SetAside>()
  readonly #wishes = new Map<number, Wish>()

  static of(records: Iterable<RawRecord>): SetAsideMessages {
    const messages = new SetAsideMessages()
    for (const record of records) messages.apply(record)
    return messages
  }

  apply({ key, value, headers = {} }: RawRecord): void {
    const name = key?.toString() ?? ''
    if (name.startsWith(ENTRY)) this.#applyEntry(Number(name.slice(ENTRY.length)), value, headers)
    if (name.startsWith(WISH)) this.#applyWish(Number(name.slice(WISH.length)), value)
  }

  put(entry: SetAside): void {
    this.entries.set(entry.offset, entry)
  }

  remove(offset: number): void {
    this.entries.delete(offset)
    this.#wishes.delete(offset)
  }

  /** What is to be done with a dead letter, if anybody has said. */
  wishFor({ offset, attempts }: SetAside): Wish['kind'] | undefined {
    const wish = this.#wishes.get(offset)
    if (wish === undefined) return undefined
    return wish.kind === 'skip' || wish.attempts === attempts ? wish.kind : undefined
  }

  /** Nothing is to be delivered or dropped until somebody decides. */
  get isSettled(): boolean {
    const all = [...this.entries.values()]
    const dead = all.filter(({ kind }) => kind === 'dead')
    if (dead.some((entry) => this.wishFor(entry) !== undefined)) return false
    const blocked = new Set(dead.map(keyOf))
    return all.every((entry) => blocked.has(keyOf(entry)))
  }

  /** In the order of the origin. */
  sorted(): SetAside[] {
    return [...this.entries.values()].sort((one, other) => one.offset - other.offset)
  }

  #applyEntry(offset: number, value: Buffer | null, headers: IHeaders): void {
    if (value === null) {
      this.entries.delete(offset)
      return
    }
    const kind = headerText(headers.dlq_kind)
    if (kind !== 'dead' && kind !== 'waiting') return
    const original = Object.entries(headers).filter(([name]) => !name.startsWith('dlq_'))
    this.put({
      kind,
      offset,
      partition: Number(headerText(headers.dlq_partition)),
      topic: headerText(headers.dlq_topic),
      group: headerText(headers.dlq_group),
      record: {
        key: Buffer.from(headerText(headers.dlq_key)),
        value: headers.dlq_empty === undefined ? value : null,
        headers: Object.fromEntries(original),
      },
      error: headerText(headers.dlq_error),
      attempts: Number(headerText(headers.dlq_attempts)) || 0,
      at: headerText(headers.dlq_at),
    })
  }

  #applyWish(offset: number, value: Buffer | null): void {
    if (value === null) {
      this.#wishes.delete(offset)
      return
    }
    const wish = JSON.parse(value.toString()) as Wish
    if (wish.kind === 'skip' || wish.kind === 'replay') this.#wishes.set(offset, wish)
  }
}
