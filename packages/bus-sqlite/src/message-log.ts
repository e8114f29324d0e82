import { BusError, type BusMessage } from '@dulian/bus'
import { type Database, isFull, type SqlRow } from '@dulian/sqlite'

/** A message in the log. Offsets are counted over all topics, so that reading by offset keeps the order of publication. */
export interface LoggedMessage {
  readonly offset: number
  readonly topic: string
  readonly message: BusMessage
}

/** A message made ready for the log: serialised before it is queued, so that only the disk can fail afterwards. */
export interface PreparedMessage {
  readonly message: BusMessage
  readonly extensions: string
  readonly data: string | null
}

interface Waiting {
  readonly topic: string
  readonly messages: readonly PreparedMessage[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

const COLUMNS = 'offset, topic, id, type, source, subject, time, extensions, data'

/**
 * The append-only log. Publications that arrive together share one transaction and one fsync; each caller is answered
 * after it. `FULL` is not optional here: a publisher moves its checkpoint over what was acknowledged and never offers
 * it again, so a power cut must not take an acknowledged message back.
 */
export class MessageLog {
  readonly #db: Database
  readonly #onAppended: () => void
  #queue: Waiting[] = []
  #scheduled = false

  constructor(db: Database, onAppended: () => void) {
    this.#db = db
    this.#onAppended = onAppended
    db.exec(`CREATE TABLE IF NOT EXISTS messages (offset INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, id TEXT NOT NULL,
      type TEXT NOT NULL, source TEXT NOT NULL, subject TEXT NOT NULL, time TEXT NOT NULL, extensions TEXT NOT NULL, data TEXT) STRICT`)
    db.exec('CREATE INDEX IF NOT EXISTS messages_by_topic ON messages (topic)')
  }

  append(topic: string, messages: readonly PreparedMessage[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ topic, messages, resolve, reject })
      if (this.#scheduled) return
      this.#scheduled = true
      setImmediate(() => this.flush())
    })
  }

  /** Writes everything queued now. */
  flush(): void {
    this.#scheduled = false
    const queue = this.#queue
    if (queue.length === 0) return
    this.#queue = []
    try {
      this.#db.transaction(() => {
        for (const { topic, messages } of queue) for (const message of messages) this.#insert(topic, message)
      })
    } catch (cause) {
      const error = new BusError(isFull(cause) ? 'BUS_STORAGE_FULL' : 'BUS_UNAVAILABLE', {}, { cause })
      for (const { reject } of queue) reject(error)
      return
    }
    for (const { resolve } of queue) resolve()
    this.#onAppended()
  }

  /** The last offset of a topic; 0 when nothing was published. */
  headOf(topic: string): number {
    return Number(this.#db.get('SELECT max(offset) FROM messages WHERE topic = ?', topic)?.[0] ?? 0)
  }

  /** The next messages of these topics in the order of publication; `through` is how far the log has been looked at. */
  read(topics: readonly string[], after: number, limit: number): { messages: LoggedMessage[]; through: number } {
    const head = Number(this.#db.get('SELECT max(offset) FROM messages')?.[0] ?? 0)
    if (head <= after) return { messages: [], through: after }
    const messages = this.#db
      .all(
        `SELECT ${COLUMNS} FROM messages WHERE offset > ? AND +topic IN (SELECT value FROM json_each(?)) ORDER BY offset LIMIT ?`,
        after,
        JSON.stringify(topics),
        limit,
      )
      .map(toLogged)
    return { messages, through: messages.length < limit ? head : (messages.at(-1)?.offset ?? after) }
  }

  get(offset: number): LoggedMessage | undefined {
    const row = this.#db.get(`SELECT ${COLUMNS} FROM messages WHERE offset = ?`, offset)
    return row === undefined ? undefined : toLogged(row)
  }

  countAfter(topic: string, offset: number): number {
    return Number(this.#db.get('SELECT count(*) FROM messages WHERE topic = ? AND offset > ?', topic, offset)?.[0] ?? 0)
  }

  #insert(topic: string, { message, extensions, data }: PreparedMessage): void {
    this.#db.run(
      'INSERT INTO messages (topic, id, type, source, subject, time, extensions, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      topic,
      message.id,
      message.type,
      message.source,
      message.subject,
      message.time,
      extensions,
      data,
    )
  }
}

/** Throws `MESSAGE_TOO_LARGE` before anything of the publication is stored. */
export function prepareMessage(topic: string, message: BusMessage, maxBytes: number): PreparedMessage {
  const data = message.data === undefined ? null : JSON.stringify(message.data)
  const bytes = data === null ? 0 : Buffer.byteLength(data)
  if (bytes > maxBytes) throw new BusError('MESSAGE_TOO_LARGE', { topic, id: message.id, bytes, allowed: maxBytes })
  return { message, extensions: JSON.stringify(message.extensions), data }
}

function toLogged([offset, topic, id, type, source, subject, time, extensions, data]: SqlRow): LoggedMessage {
  return {
    offset: Number(offset),
    topic: String(topic),
    message: {
      id: String(id),
      type: String(type),
      source: String(source),
      subject: String(subject),
      time: String(time),
      extensions: JSON.parse(String(extensions)) as Record<string, string>,
      data: data === null ? undefined : (JSON.parse(String(data)) as unknown),
    },
  }
}
