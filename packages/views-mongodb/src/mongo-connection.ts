import { ViewError } from '@dulian/views'
import { type Db, MongoClient, type MongoClientOptions, MongoError, MongoServerSelectionError } from 'mongodb'
import { toViewError } from './engine-error.ts'

export interface MongoConnectionOptions {
  readonly address: string
  readonly database: string
  /** Milliseconds to look for a server that is not there. */
  readonly reachWithin: number
  /** Milliseconds that one answer may take. */
  readonly answerWithin: number
}

/**
 * The driver's client, and another one when it no longer finds a server: a connection that breaks just before the
 * driver's watch over the server uses it leaves that watch waiting for ever, and the client never notices that the
 * server is back (7.5.0, with servers it has to poll).
 */
export class MongoConnection {
  readonly #options: MongoConnectionOptions
  readonly #closing = new Set<Promise<void>>()
  #client: MongoClient
  #since: number
  #closed = false

  constructor(options: MongoConnectionOptions) {
    this.#options = options
    this.#client = this.#open()
    this.#since = performance.now()
  }

  get db(): Db {
    return this.#client.db(this.#options.database)
  }

  /** The port's error for what the driver threw. */
  failed(error: unknown, details: Readonly<Record<string, unknown>>): unknown {
    if (this.#closed && error instanceof MongoError) return new ViewError('VIEW_CLOSED', details)
    if (findsNoServer(error)) this.#renew()
    return toViewError(error, details)
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([this.#client.close(), ...this.#closing])
  }

  #open(): MongoClient {
    const { address, database, reachWithin, answerWithin } = this.#options
    const options: MongoClientOptions = {
      appName: database,
      writeConcern: { w: 'majority' },
      readPreference: 'primary',
      serverSelectionTimeoutMS: reachWithin,
      connectTimeoutMS: answerWithin,
      timeoutMS: answerWithin,
    }
    return new MongoClient(address, options)
  }

  /** Many calls fail at once; one new client is enough for all of them. */
  #renew(): void {
    const now = performance.now()
    if (this.#closed || now - this.#since < this.#options.reachWithin) return
    const closing = this.#client
      .close()
      .catch(() => {})
      .finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
    this.#client = this.#open()
    this.#since = now
  }
}

function findsNoServer(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error instanceof MongoServerSelectionError || error.cause instanceof MongoServerSelectionError
}
