import type { Appended, ExpectedVersion, Imported, StreamName } from '@dulian/event-sourcing'
import { eventSourcingError, RecentlyUsed } from '@dulian/event-sourcing'
import type { Database, Statement } from './database.ts'
import { EventIndex } from './event-index.ts'
import { EventInsert } from './event-insert.ts'
import type { EventTypes } from './event-types.ts'
import { COMPARED_COLUMNS, type ImportRequest, isSameEvent } from './import-request.ts'
import type { RecentEvents } from './recent-events.ts'
import { StreamLookup } from './stream-lookup.ts'

/** One append, already in the form in which it is stored. */
export interface AppendRequest {
  readonly stream: StreamName
  readonly expected: ExpectedVersion
  readonly ids: readonly string[]
  readonly types: readonly string[]
  readonly data: readonly string[]
  readonly meta: string
}

interface Head {
  readonly id: number
  readonly category: string
  version: number
}

const HEADS_KEPT = 20_000

/** Decides and writes appends, one after the other, between `begin` and `commit`. */
export class Appender {
  readonly #types: EventTypes
  readonly #recent: RecentEvents
  readonly #index: EventIndex
  readonly #heads = new RecentlyUsed<StreamName, Head>(HEADS_KEPT)
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #findDataVersion: Statement
  readonly #findStream: Statement
  readonly #findVersion: Statement
  readonly #lookup: StreamLookup
  readonly #whole: StreamLookup
  readonly #insertStream: Statement
  readonly #events: EventInsert
  /** Undefined when nothing in memory is to be relied on. */
  #dataVersion: number | undefined

  constructor(database: Database, types: EventTypes, recent: RecentEvents) {
    this.#types = types
    this.#recent = recent
    this.#index = new EventIndex(database, recent)
    this.#begin = database.prepare('BEGIN IMMEDIATE')
    this.#commit = database.prepare('COMMIT')
    this.#findDataVersion = database.prepare('PRAGMA data_version')
    this.#findStream = database.prepare('SELECT id FROM stream WHERE name = ?')
    this.#findVersion = database.prepare('SELECT max(version) AS version FROM event_by_stream WHERE stream = ?')
    this.#lookup = new StreamLookup(database, recent, ['id', 'position'])
    this.#whole = new StreamLookup(database, recent, ['position', ...COMPARED_COLUMNS])
    this.#insertStream = database.prepare('INSERT INTO stream (name) VALUES (?)')
    this.#events = new EventInsert(database)
  }

  begin(): void {
    this.#begin.run()
    // What other connections wrote makes the heads in memory stale.
    const found = this.#readDataVersion()
    if (found === this.#dataVersion) return
    this.#heads.clear()
    this.#events.restart()
    this.#recent.refresh()
    this.#dataVersion = found
  }

  /** Returns when everything since `begin` is on disk. */
  commit(): void {
    this.#events.flush()
    this.#index.follow()
    this.#commit.run()
  }

  /** After a rollback. */
  forget(): void {
    this.#types.forget()
    this.#recent.forget()
    this.#dataVersion = undefined
  }

  /** Throws the conflict, having written nothing; any other error spoils the transaction. */
  append(request: AppendRequest, time: number): Appended {
    const head = this.#head(request.stream)
    const actual = head?.version ?? 0
    const { expected } = request
    if (expected === 'any' || expected === 'exists') {
      if (head === undefined) {
        if (expected === 'exists') throw eventSourcingError('STREAM_NOT_FOUND', { stream: request.stream })
        return this.#write(request, head, time)
      }
      return this.#repeatedAnywhere(request, head) ?? this.#write(request, head, time)
    }
    const wanted = expected === 'none' ? 0 : expected
    if (actual === wanted) return this.#write(request, head, time)
    return this.#repeatedAt(request, head, wanted)
  }

  /**
   * Events recorded elsewhere, each at its own version. Throws `IMPORTED_EVENT_DIFFERS` and `IMPORT_OUT_OF_ORDER`, which
   * spoil the transaction like any other error.
   */
  import(requests: readonly ImportRequest[]): Imported {
    let written = 0
    let position = 0
    for (const request of requests) {
      const { stream, version } = request
      const head = this.#head(stream)
      const actual = head?.version ?? 0
      if (head !== undefined && version <= actual) {
        const known = this.#findKnown(request, head)
        if (written > 0 || known < position) throw eventSourcingError('IMPORT_OUT_OF_ORDER', { stream, version })
        position = known
        continue
      }
      if (version !== actual + 1) throw eventSourcingError('IMPORT_OUT_OF_ORDER', { stream, version })
      position = this.#add(head ?? this.#createStream(stream), request)
      written += 1
    }
    return { written, position: String(position) }
  }

  #add(head: Head, { version, type, time, id, data, meta }: ImportRequest): number {
    const typeId = this.#types.idOf(head.category, type)
    this.#recent.add(head.id, version, typeId)
    head.version = version
    return this.#events.add(head.id, version, typeId, time, id, data, meta)
  }

  /** The position of an event that is there already. */
  #findKnown(request: ImportRequest, head: Head): number {
    this.#events.flush()
    const [[position, type, ...rest] = []] = this.#whole.forwards(head.id, request.version, 1)
    const name = this.#types.get(Number(type)).name
    if (!isSameEvent([name, ...rest], request)) {
      throw eventSourcingError('IMPORTED_EVENT_DIFFERS', { stream: request.stream, version: request.version })
    }
    return Number(position)
  }

  #write(request: AppendRequest, known: Head | undefined, time: number): Appended {
    const head = known ?? this.#createStream(request.stream)
    const { ids, types, data, meta } = request
    let position = 0
    for (let index = 0; index < ids.length; index += 1) {
      const type = this.#types.idOf(head.category, types[index] ?? '')
      const version = head.version + index + 1
      this.#recent.add(head.id, version, type)
      const id = ids[index] ?? ''
      position = this.#events.add(head.id, version, type, time, id, data[index] ?? 'null', meta)
    }
    head.version += ids.length
    return { version: head.version, position: String(position), repeated: false }
  }

  /** The version does not fit: either the very same events stand where these would have gone, or it is a conflict. */
  #repeatedAt(request: AppendRequest, head: Head | undefined, wanted: number): Appended {
    const actual = head?.version ?? 0
    const same = head === undefined ? 'none' : this.#compare(request, head, wanted)
    if (typeof same === 'string') {
      if (wanted === 0 && same === 'none') throw eventSourcingError('STREAM_ALREADY_EXISTS', { actual })
      throw eventSourcingError('WRONG_EXPECTED_VERSION', { expected: wanted, actual })
    }
    return same
  }

  /** Without a version to hold on to, the events are looked for by their ids within the stream, the latest first. */
  #repeatedAnywhere(request: AppendRequest, head: Head): Appended | undefined {
    this.#events.flush()
    for (const [index, id] of request.ids.entries()) {
      const version = this.#lookup.versionOf(head.id, id)
      if (version === undefined) continue
      const same = this.#compare(request, head, version - index - 1)
      if (typeof same !== 'string') return same
      throw eventSourcingError('WRONG_EXPECTED_VERSION', { expected: request.expected, actual: head.version })
    }
    return undefined
  }

  #compare(request: AppendRequest, head: Head, after: number): Appended | 'none' | 'some' {
    if (after < 0) return 'some'
    this.#events.flush()
    let matched = 0
    let position: unknown
    for (const [index, row] of this.#lookup.forwards(head.id, after + 1, request.ids.length).entries()) {
      if (row[0] !== request.ids[index]) continue
      matched += 1
      position = row[1]
    }
    if (matched !== request.ids.length) return matched === 0 ? 'none' : 'some'
    return { version: after + matched, position: String(position), repeated: true }
  }

  #head(stream: StreamName): Head | undefined {
    const known = this.#heads.get(stream)
    if (known !== undefined) return known
    const row = this.#findStream.get(stream)
    if (row === undefined) return undefined
    const id = Number(row.id)
    const version = this.#recent.lastVersion(id) ?? Number(this.#findVersion.get(id)?.version ?? 0)
    const head: Head = { id, category: categoryOf(stream), version }
    this.#heads.set(stream, head)
    return head
  }

  #createStream(stream: StreamName): Head {
    const id = Number(this.#insertStream.run(stream).lastInsertRowid)
    const head: Head = { id, category: categoryOf(stream), version: 0 }
    this.#heads.set(stream, head)
    return head
  }

  #readDataVersion(): number {
    return Number(this.#findDataVersion.get()?.data_version)
  }
}

function categoryOf(stream: StreamName): string {
  const end = stream.indexOf('-')
  return end === -1 ? stream : stream.slice(0, end)
}
