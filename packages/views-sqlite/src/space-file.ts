import { Database } from '@dulian/sqlite'
import {
  type Commit,
  type Lease,
  type ParkedEvent,
  type Position,
  type SpaceDefinition,
  START,
  ViewError,
} from '@dulian/views'
import { CollectionTable } from './collection-table.ts'
import { POSITION_TEXT, toColumns } from './stored-position.ts'

export interface SpaceFileOptions {
  readonly path: string
  readonly definition: SpaceDefinition
  /** A generation being filled has no secondary indexes yet (another engine may build them) and gets more memory. */
  readonly filling: boolean
  readonly clock: () => number
  readonly maxBytes?: number
  /** See `SqliteViewsOptions`. */
  readonly durable: boolean
}

const LIVE_CACHE_KIB = 2_000
const FILLING_CACHE_KIB = 32_000
const KEPT_LOG_BYTES = 16 * 1024 * 1024
/** 4 MiB, as SQLite itself would. */
const COPIED_PAGES = 1_000

/** One generation of a space: its collections, its lease, checkpoint and parked events, in one file. */
export class SpaceFile {
  readonly #db: Database
  readonly #clock: () => number
  readonly #tables = new Map<string, CollectionTable>()
  readonly #definition: SpaceDefinition
  readonly #filling: boolean

  constructor({ path, definition, filling, clock, maxBytes, durable }: SpaceFileOptions) {
    this.#definition = definition
    this.#clock = clock
    this.#filling = filling
    this.#db = new Database(path, {
      // What a power cut takes from a view, the events give back: only a crash of the process must lose nothing.
      synchronous: durable ? 'NORMAL' : 'OFF',
      // A rebuild's log may grow large; it does not have to stay so.
      keptLogBytes: KEPT_LOG_BYTES,
      // A rebuild is alone in its thread, and a file that does not wait for the disk has nothing to hand over.
      ...(filling || !durable ? {} : { copiedElsewhereAfter: COPIED_PAGES }),
      cacheKiB: filling ? FILLING_CACHE_KIB : LIVE_CACHE_KIB,
      ...(maxBytes === undefined ? {} : { maxBytes }),
    })
    try {
      for (const [name, collection] of Object.entries(definition.collections)) {
        this.#tables.set(name, new CollectionTable(this.#db, name, collection))
      }
      this.#prepare()
      if (!filling) this.createIndexes()
    } catch (error) {
      this.#db.close()
      throw error
    }
  }

  table(collection: string): CollectionTable {
    const table = this.#tables.get(collection)
    if (table === undefined) throw new ViewError('QUERY_NOT_DECLARED', { space: this.#definition.name, collection })
    return table
  }

  createIndexes(): void {
    const steps = [...this.#tables.values()].flatMap((table) => table.indexing())
    if (!this.#filling) {
      this.#db.transaction(() => {
        for (const step of steps) step()
      })
      return
    }
    // One by one, each copied into the file before the next: every look at a page goes through the log, and what the indexes
    // of millions of documents write would make it gigabytes long.
    for (const step of steps) {
      this.#db.transaction(step)
      this.#db.copyLog()
    }
  }

  acquire(holder: string, ttl: number): Lease | undefined {
    const now = this.#clock()
    return this.#db.transaction(() => {
      // A lease that seems to last longer than it was granted for was written before the clock was set back.
      const changed = this.#db.run(
        `UPDATE subscription SET holder = ?1, token = token + 1, ttl = ?2, expires_at = ?3 + ?2
         WHERE holder IS NULL OR holder = ?1 OR expires_at <= ?3 OR expires_at > ?3 + ttl`,
        holder,
        ttl,
        now,
      )
      return changed === 1 ? { holder, token: this.#token(), expiresAt: now + ttl } : undefined
    })
  }

  renew(lease: Lease, ttl: number): Lease {
    const expiresAt = this.#clock() + ttl
    const changed = this.#db.run(
      'UPDATE subscription SET ttl = ?, expires_at = ? WHERE holder = ? AND token = ?',
      ttl,
      expiresAt,
      lease.holder,
      lease.token,
    )
    if (changed !== 1) throw this.#leaseLost(lease)
    return { holder: lease.holder, token: lease.token, expiresAt }
  }

  release(lease: Lease): void {
    this.#db.run('UPDATE subscription SET holder = NULL WHERE holder = ? AND token = ?', lease.holder, lease.token)
  }

  /** Ends whatever lease there is, and lets the next token be greater than `token` too. Returns the token reached. */
  endLeases(token: number): number {
    this.#db.run('UPDATE subscription SET holder = NULL, token = max(token, ?) + 1', token)
    return this.#token()
  }

  position(): Position {
    return String(this.#db.get(`SELECT ${POSITION_TEXT} FROM subscription`)?.[0] ?? START)
  }

  commit(lease: Lease, commit: Commit): void {
    const [major, minor] = toColumns(commit.position)
    this.#db.transaction(() => {
      const held = this.#db.get('SELECT 1 FROM subscription WHERE holder = ? AND token = ?', lease.holder, lease.token)
      if (held === undefined) throw this.#leaseLost(lease)
      if (this.#filling) for (const table of this.#tables.values()) table.look()
      for (const write of commit.writes ?? []) this.table(write.collection).write(write)
      for (const event of commit.park ?? []) this.#park(event)
      for (const id of commit.unpark ?? []) this.#db.run('DELETE FROM parked WHERE event_id = ?', id)
      this.#db.run(
        'UPDATE subscription SET major = ?1, minor = ?2 WHERE ?1 > major OR (?1 = major AND ?2 > minor)',
        major,
        minor,
      )
    })
  }

  /** Oldest first. */
  parked(): ParkedEvent[] {
    return this.#db
      .all(
        `SELECT event_id, stream, ${POSITION_TEXT}, type, error, attempts, parked_at FROM parked ORDER BY major, minor, event_id`,
      )
      .map(([eventId, stream, position, type, error, attempts, parkedAt]) => ({
        eventId: String(eventId),
        stream: String(stream),
        position: String(position),
        type: String(type),
        error: String(error),
        attempts: Number(attempts),
        parkedAt: String(parkedAt),
      }))
  }

  close(): void {
    this.#db.close()
  }

  #park(event: ParkedEvent): void {
    const [major, minor] = toColumns(event.position)
    this.#db.run(
      `INSERT OR REPLACE INTO parked (event_id, stream, major, minor, type, error, attempts, parked_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      event.eventId,
      event.stream,
      major,
      minor,
      event.type,
      event.error,
      event.attempts,
      event.parkedAt,
    )
  }

  #token(): number {
    return Number(this.#db.get('SELECT token FROM subscription')?.[0] ?? 0)
  }

  #leaseLost({ holder, token }: Lease): ViewError {
    return new ViewError('LEASE_LOST', { space: this.#definition.name, holder, token })
  }

  #prepare(): void {
    this.#db.transaction(() => {
      this.#db.exec(`CREATE TABLE IF NOT EXISTS subscription (one INTEGER PRIMARY KEY CHECK (one = 1), holder TEXT,
        token INTEGER NOT NULL, ttl INTEGER NOT NULL, expires_at INTEGER NOT NULL, major INTEGER NOT NULL, minor INTEGER NOT NULL) STRICT`)
      this.#db.exec(`INSERT OR IGNORE INTO subscription VALUES (1, NULL, 0, 0, 0, 0, -1)`)
      this.#db.exec(`CREATE TABLE IF NOT EXISTS parked (event_id TEXT PRIMARY KEY, stream TEXT NOT NULL, major INTEGER NOT NULL,
        minor INTEGER NOT NULL, type TEXT NOT NULL, error TEXT NOT NULL, attempts INTEGER NOT NULL, parked_at TEXT NOT NULL) STRICT`)
      this.#db.exec(`CREATE TABLE IF NOT EXISTS shapes (collection TEXT PRIMARY KEY, shape TEXT NOT NULL) STRICT`)
      for (const [name, table] of this.#tables) {
        const previous = this.#db.get('SELECT shape FROM shapes WHERE collection = ?', name)?.[0]
        if (previous === table.shape) continue
        table.prepare(typeof previous === 'string' ? previous : undefined)
        this.#db.run('INSERT OR REPLACE INTO shapes (collection, shape) VALUES (?, ?)', name, table.shape)
      }
    })
  }
}
