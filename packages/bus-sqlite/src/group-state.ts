import { BusError, type DeadLetter } from '@dulian/bus'
import type { Database } from '@dulian/sqlite'
import type { LoggedMessage, MessageLog } from './message-log.ts'

/** A key of one topic: what a dead letter blocks. */
export interface Lane {
  readonly topic: string
  readonly subject: string
}

/** What stands at the head of a blocked key. */
export interface BlockedLane extends Lane {
  /** `held`: a dead letter nobody has decided on · `replay`: one to be delivered again · `open`: only followers are left. */
  readonly state: 'held' | 'replay' | 'open'
  readonly deadLetter: { readonly id: number; readonly offset: number; readonly attempts: number } | undefined
}

/**
 * What a consumer group remembers: how far it has come in each topic, its dead letters, and the messages that wait
 * behind them. Written without waiting for the disk: what a power cut takes away is delivered again.
 */
export class GroupState {
  readonly #db: Database
  readonly #log: MessageLog

  constructor(db: Database, log: MessageLog) {
    this.#db = db
    this.#log = log
    db.exec(`CREATE TABLE IF NOT EXISTS offsets (grp TEXT NOT NULL, topic TEXT NOT NULL, offset INTEGER NOT NULL,
      PRIMARY KEY (grp, topic)) STRICT, WITHOUT ROWID`)
    db.exec(`CREATE TABLE IF NOT EXISTS dead_letters (id INTEGER PRIMARY KEY AUTOINCREMENT, grp TEXT NOT NULL, topic TEXT NOT NULL,
      subject TEXT NOT NULL, offset INTEGER NOT NULL, error TEXT NOT NULL, attempts INTEGER NOT NULL, at TEXT NOT NULL,
      replay INTEGER NOT NULL DEFAULT 0, UNIQUE (grp, topic, subject)) STRICT`)
    db.exec(`CREATE TABLE IF NOT EXISTS waiting (grp TEXT NOT NULL, topic TEXT NOT NULL, subject TEXT NOT NULL, offset INTEGER NOT NULL,
      PRIMARY KEY (grp, topic, subject, offset)) STRICT, WITHOUT ROWID`)
  }

  offset(group: string, topic: string): number {
    return Number(this.#db.get('SELECT offset FROM offsets WHERE grp = ? AND topic = ?', group, topic)?.[0] ?? 0)
  }

  commit(group: string, offsets: ReadonlyMap<string, number>): void {
    this.#db.transaction(() => {
      for (const [topic, offset] of offsets) {
        this.#db.run(
          `INSERT INTO offsets (grp, topic, offset) VALUES (?, ?, ?)
           ON CONFLICT (grp, topic) DO UPDATE SET offset = excluded.offset WHERE excluded.offset > offset`,
          group,
          topic,
          offset,
        )
      }
    })
  }

  /** Sets a failed message aside: from now on its key is blocked. */
  bury(group: string, failed: LoggedMessage, failure: { error: string; attempts: number; at: string }): void {
    const { topic, offset } = failed
    const { subject } = failed.message
    this.#db.transaction(() => {
      this.#db.run(
        `INSERT INTO dead_letters (grp, topic, subject, offset, error, attempts, at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (grp, topic, subject) DO UPDATE
         SET offset = excluded.offset, error = excluded.error, attempts = excluded.attempts, at = excluded.at, replay = 0`,
        group,
        topic,
        subject,
        offset,
        failure.error,
        failure.attempts,
        failure.at,
      )
      this.#dropWaiting(group, failed)
    })
  }

  /** Queues a message behind its key's dead letter, unless it is that dead letter (delivered again after a crash). */
  wait(group: string, { topic, offset, message: { subject } }: LoggedMessage): void {
    this.#db.run(
      `INSERT OR IGNORE INTO waiting (grp, topic, subject, offset) SELECT ?1, ?2, ?3, ?4
       WHERE NOT EXISTS (SELECT 1 FROM dead_letters WHERE grp = ?1 AND topic = ?2 AND subject = ?3 AND offset = ?4)`,
      group,
      topic,
      subject,
      offset,
    )
  }

  /** The follower whose turn it is when a key's dead letter is gone. */
  nextWaiting(group: string, { topic, subject }: Lane): number | undefined {
    const sql = 'SELECT min(offset) FROM waiting WHERE grp = ? AND topic = ? AND subject = ?'
    const offset = this.#db.get(sql, group, topic, subject)?.[0]
    return typeof offset === 'number' ? offset : undefined
  }

  /** A message that was set aside has been handled now. */
  settle(group: string, settled: LoggedMessage): void {
    this.#db.transaction(() => {
      this.#db.run(
        'DELETE FROM dead_letters WHERE grp = ? AND topic = ? AND offset = ?',
        group,
        settled.topic,
        settled.offset,
      )
      this.#dropWaiting(group, settled)
    })
  }

  blockedLanes(group: string): BlockedLane[] {
    return this.#db
      .all(
        `SELECT topic, subject, id, offset, attempts, replay FROM dead_letters WHERE grp = ?1
         UNION ALL SELECT DISTINCT topic, subject, NULL, NULL, NULL, NULL FROM waiting w WHERE grp = ?1
         AND NOT EXISTS (SELECT 1 FROM dead_letters d WHERE d.grp = w.grp AND d.topic = w.topic AND d.subject = w.subject)`,
        group,
      )
      .map(([topic, subject, id, offset, attempts, replay]) => ({
        topic: String(topic),
        subject: String(subject),
        state: id === null ? 'open' : replay === 1 ? 'replay' : 'held',
        deadLetter: id === null ? undefined : { id: Number(id), offset: Number(offset), attempts: Number(attempts) },
      }))
  }

  deadLetters(group: string | undefined): DeadLetter[] {
    const rows = this.#db.all(
      `SELECT id, grp, offset, error, attempts, at, (SELECT count(*) FROM waiting w WHERE w.grp = d.grp AND w.topic = d.topic
       AND w.subject = d.subject) FROM dead_letters d WHERE ?1 IS NULL OR grp = ?1 ORDER BY id`,
      group ?? null,
    )
    return rows.flatMap(([id, grp, offset, error, attempts, at, blocked]) => {
      const logged = this.#log.get(Number(offset))
      if (logged === undefined) return []
      return {
        id: String(id),
        group: String(grp),
        message: { ...logged.message, topic: logged.topic },
        error: String(error),
        attempts: Number(attempts),
        at: String(at),
        blocked: Number(blocked),
      }
    })
  }

  /** Marks a dead letter for delivery. Returns its group. */
  requestReplay(id: string): string {
    return this.#decide(id, 'UPDATE dead_letters SET replay = 1 WHERE id = ? RETURNING grp')
  }

  /** Removes a dead letter for good. Returns its group. */
  drop(id: string): string {
    return this.#decide(id, 'DELETE FROM dead_letters WHERE id = ? RETURNING grp')
  }

  #decide(id: string, sql: string): string {
    const row = /^\d{1,15}$/.test(id) ? this.#db.get(sql, Number(id)) : undefined
    if (row === undefined) throw new BusError('DEAD_LETTER_NOT_FOUND', { id })
    return String(row[0])
  }

  #dropWaiting(group: string, { topic, offset, message }: LoggedMessage): void {
    this.#db.run(
      'DELETE FROM waiting WHERE grp = ? AND topic = ? AND subject = ? AND offset = ?',
      group,
      topic,
      message.subject,
      offset,
    )
  }
}
