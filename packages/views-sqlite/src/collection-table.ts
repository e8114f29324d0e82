import { type Database, rowOf, rowsOf, type SqlRow, type SqlValue } from '@dulian/sqlite'
import {
  type CollectionDefinition,
  conditionKind,
  type Document,
  type DocumentWrite,
  decodeCursor,
  effectiveSort,
  encodeCursor,
  fieldReader,
  type GroupCount,
  indexedFields,
  type Page,
  type Query,
  type StoredDocument,
  tokensOf,
  type Where,
} from '@dulian/views'
import { fromColumn, jsonPath, quoted, toColumn } from './column-value.ts'
import { afterSteps, columnOf, orderSql, type Sql, type TableNames, whereSql } from './query-sql.ts'
import { POSITION_TEXT, toColumns } from './stored-position.ts'

const BACKFILL_PAGE = 500

/**
 * One collection in one file: the documents as JSON text, and every indexed field once more in a column of its own
 * (written from the object at hand, which is cheaper than letting SQLite parse the JSON for each index). A deleted
 * document leaves its row without `document`: its version must stay, or an older write would bring it back.
 */
export class CollectionTable {
  readonly #db: Database
  readonly #name: string
  readonly #definition: CollectionDefinition
  readonly #fields: readonly string[]
  readonly #readers: readonly ((document: Document) => unknown)[]
  readonly #tokens: ((document: Document) => unknown) | undefined
  #table: TableNames
  #write: ((write: DocumentWrite) => void) | undefined

  constructor(db: Database, name: string, definition: CollectionDefinition) {
    this.#db = db
    this.#name = name
    this.#definition = definition
    this.#fields = [...indexedFields(definition)].sort()
    this.#readers = this.#fields.map(fieldReader)
    this.#tokens = definition.tokens === undefined ? undefined : fieldReader(definition.tokens)
    this.#table = { documents: quoted(`documents:${name}`), tokens: undefined, tokenPath: jsonPath(definition.tokens) }
  }

  /** What the columns depend on; when it changes, they are filled again. */
  get shape(): string {
    return JSON.stringify([this.#fields, this.#definition.tokens ?? null])
  }

  /** Creates the table, or adapts it when the declared fields have changed since `previous`. */
  prepare(previous: string | undefined): void {
    const { documents } = this.#table
    this.#db.exec(
      `CREATE TABLE IF NOT EXISTS ${documents} (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
       major INTEGER NOT NULL, minor INTEGER NOT NULL, document TEXT) STRICT`,
    )
    const present = new Set(
      this.#db.all(`SELECT name FROM pragma_table_info(?)`, `documents:${this.#name}`).map(([name]) => name),
    )
    for (const field of this.#fields) {
      if (!present.has(`$${field}`)) this.#db.exec(`ALTER TABLE ${documents} ADD COLUMN ${columnOf(field)} ANY`)
    }
    if (previous === undefined || previous === this.shape) return
    this.#db.exec(`DROP TABLE IF EXISTS ${this.#tokenTable}`)
    this.#backfill()
  }

  /**
   * Looks whether the file keeps the tokens in a table of their own. While a generation is being filled it does not:
   * sorted and written in one go at the end they cost a fraction.
   */
  look(): void {
    if (this.#tokens === undefined || this.#table.tokens !== undefined) return
    if (this.#db.get(`SELECT 1 FROM sqlite_schema WHERE name = ?`, `tokens:${this.#name}`) === undefined) return
    this.#table = { ...this.#table, tokens: this.#tokenTable }
    this.#write = undefined
  }

  /** Steps that create what is declared and drop what no longer is, each a unit of its own. */
  indexing(): readonly (() => void)[] {
    const { documents } = this.#table
    const prefix = `index:${this.#name}:`
    const wanted = new Map<string, string>()
    for (const [name, fields] of Object.entries(this.#definition.indexes)) {
      const columns = [...fields.map(columnOf), 'id'].join(', ')
      const index = quoted(prefix + name)
      wanted.set(prefix + name, `CREATE INDEX ${index} ON ${documents} (${columns}) WHERE document IS NOT NULL`)
    }
    const rows = this.#db.all(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`,
      `documents:${this.#name}`,
    )
    const drops: string[] = []
    for (const [name, sql] of rows) {
      if (wanted.get(String(name)) === sql) wanted.delete(String(name))
      else drops.push(`DROP INDEX ${quoted(String(name))}`)
    }
    const statements = [...drops, ...wanted.values()]
    return [...statements.map((sql) => () => this.#db.exec(sql)), () => this.#collectTokens()]
  }

  /** Applies one write unless what is stored is newer. */
  write(write: DocumentWrite): void {
    this.#write ??= this.#writer()
    this.#write(write)
  }

  get<D extends Document>(id: string): StoredDocument<D> | undefined {
    const row = this.#db.get(`SELECT ${STORED} FROM ${this.#table.documents} WHERE id = ? AND document IS NOT NULL`, id)
    return row === undefined ? undefined : toStored<D>(row)
  }

  getMany<D extends Document>(ids: readonly string[]): Map<string, StoredDocument<D>> {
    const found = new Map<string, StoredDocument<D>>()
    if (ids.length === 0) return found
    const rows = this.#db.all(
      `SELECT ${STORED} FROM ${this.#table.documents} WHERE id IN (SELECT value FROM json_each(?)) AND document IS NOT NULL`,
      JSON.stringify(ids),
    )
    for (const row of rows) {
      const stored = toStored<D>(row)
      found.set(stored.id, stored)
    }
    return found
  }

  find<D extends Document>(query: Query, limit: number): Page<StoredDocument<D>> {
    const sort = effectiveSort(query)
    const where = whereSql(this.#table, query.where)
    const { cursor } = query
    const keys = sort.map(([field]) => `, ${columnOf(field)}`).join('')
    const steps =
      cursor === undefined
        ? [EVERYTHING]
        : afterSteps(sort, decodeCursor(this.#name, { ...query, cursor }, sort.length))
    const rows: SqlRow[] = []
    for (const after of steps) {
      if (rows.length > limit) break
      const step = this.#db.all(
        `SELECT ${STORED}${keys} FROM ${this.#table.documents}
         WHERE ${where.text} AND ${after.text} ORDER BY ${orderSql(sort)} LIMIT ?`,
        ...where.values,
        ...after.values,
        limit + 1 - rows.length,
      )
      rows.push(...step)
    }
    const more = rows.length > limit
    if (more) rows.pop()
    const last = rows.at(-1)
    return {
      items: rows.map((row) => toStored<D>(row)),
      nextCursor:
        more && last !== undefined
          ? encodeCursor(this.#name, query, { id: String(last[0]), values: last.slice(3).map(fromColumn) })
          : undefined,
    }
  }

  count(where: Where): number {
    const sql = whereSql(this.#table, where)
    const row = this.#db.get(`SELECT count(*) FROM ${this.#table.documents} WHERE ${sql.text}`, ...sql.values)
    return Number(row?.[0] ?? 0)
  }

  group(by: readonly string[], where: Where): GroupCount[] {
    const sql = whereSql(this.#table, where)
    const columns = by.map(columnOf)
    // Left to itself SQLite likes an index that has the groups in order, and reads every document in it to see which ones are
    // meant. `+` keeps it to what the conditions find, unless one index has both.
    const ordered = (
      isGroupedByIndex(this.#definition, by, where) ? columns : columns.map((column) => `+${column}`)
    ).join()
    const rows = this.#db.all(
      `SELECT ${['count(*)', ...columns].join(', ')} FROM ${this.#table.documents} WHERE ${sql.text}${
        by.length > 0 ? ` GROUP BY ${ordered} ORDER BY ${ordered}` : ''
      }`,
      ...sql.values,
    )
    return rows
      .map(([count, ...key]) => ({ key: key.map(fromColumn), count: Number(count) }))
      .filter(({ count }) => count > 0)
  }

  #columnValues(document: Document | null): SqlValue[] {
    if (document === null) return this.#readers.map(() => null)
    return this.#readers.map((read) => toColumn(read(document)))
  }

  get #tokenTable(): string {
    return quoted(`tokens:${this.#name}`)
  }

  #writer(): (write: DocumentWrite) => void {
    const { tokens } = this.#table
    return tokens === undefined || this.#tokens === undefined
      ? this.#plainWriter()
      : this.#tokenWriter(tokens, this.#tokens)
  }

  #plainWriter(): (write: DocumentWrite) => void {
    const upsert = this.#db.prepare(this.#upsertSql(''))
    return ({ id, version, document }) => {
      const [major, minor] = toColumns(version)
      const text = document === null ? null : JSON.stringify(document)
      upsert.run(id, major, minor, text, ...this.#columnValues(document))
    }
  }

  /** Reads the row before writing it: only the tokens that changed are touched, and mostly none has. */
  #tokenWriter(tokens: string, readTokens: (document: Document) => unknown): (write: DocumentWrite) => void {
    const { documents } = this.#table
    const before = this.#db.prepare(`SELECT document FROM ${documents} WHERE id = ?`)
    const upsert = this.#db.prepare(this.#upsertSql('RETURNING n'))
    const add = this.#db.prepare(`INSERT INTO ${tokens} (token, n) VALUES (?, ?)`)
    const remove = this.#db.prepare(`DELETE FROM ${tokens} WHERE token = ? AND n = ?`)
    return ({ id, version, document }) => {
      const [major, minor] = toColumns(version)
      const held = rowOf(before.get(id))?.[0]
      const text = document === null ? null : JSON.stringify(document)
      const written = rowOf(upsert.get(id, major, minor, text, ...this.#columnValues(document)))
      if (written === undefined) return
      if (this.#areTokensKept(held, text, document)) return
      const [n = null] = written
      const old = typeof held === 'string' ? tokensOf(readTokens(JSON.parse(held))) : new Set<string>()
      const now = document === null ? new Set<string>() : tokensOf(readTokens(document))
      for (const token of old) if (!now.has(token)) remove.run(token, n)
      for (const token of now) if (!old.has(token)) add.run(token, n)
    }
  }

  /**
   * True when the tokens are the last member of both texts and the same: a comparison in place of parsing what is held.
   * False only means that it has to be looked into.
   */
  #areTokensKept(held: SqlValue | undefined, text: string | null, document: Document | null): boolean {
    const name = this.#definition.tokens
    if (typeof held !== 'string' || text === null || document === null) return false
    if (name === undefined || name.includes('.')) return false
    // What stands between a bare comma and the last bracket is a member of the document itself, whatever its texts say.
    const end = `,${JSON.stringify(name)}:${JSON.stringify(document[name])}}`
    return held.endsWith(end) && text.endsWith(end)
  }

  #upsertSql(returning: string): string {
    const columns = ['id', 'major', 'minor', 'document', ...this.#fields.map(columnOf)]
    const changes = columns.slice(1).map((column) => `${column} = excluded.${column}`)
    return `INSERT INTO ${this.#table.documents} AS held (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')}
      WHERE excluded.major > held.major OR (excluded.major = held.major AND excluded.minor >= held.minor) ${returning}`
  }

  #collectTokens(): void {
    this.look()
    const { documents, tokens, tokenPath } = this.#table
    if (this.#tokens === undefined || tokens !== undefined) return
    this.#db.exec(
      `CREATE TABLE ${this.#tokenTable} (token TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (token, n)) STRICT, WITHOUT ROWID`,
    )
    this.#db.run(
      `INSERT INTO ${this.#tokenTable} (token, n) SELECT DISTINCT value, n FROM ${documents}, json_each(document, ?1)
       WHERE document IS NOT NULL AND json_type(document, ?1) = 'array' AND type = 'text' ORDER BY value, n`,
      tokenPath,
    )
    this.look()
  }

  #backfill(): void {
    const { documents } = this.#table
    const assignments = this.#fields.map((field) => `${columnOf(field)} = ?`).join(', ')
    if (assignments === '') return
    const read = this.#db.prepare(
      `SELECT n, document FROM ${documents} WHERE n > ? AND document IS NOT NULL ORDER BY n LIMIT ${BACKFILL_PAGE}`,
    )
    const update = this.#db.prepare(`UPDATE ${documents} SET ${assignments} WHERE n = ?`)
    for (let after: SqlValue = 0; ; ) {
      const rows = rowsOf(read.all(after))
      for (const [n = null, text] of rows) {
        update.run(...this.#columnValues(JSON.parse(String(text)) as Document), n)
        after = n
      }
      if (rows.length < BACKFILL_PAGE) return
    }
  }
}

/** Whether an index begins with what the conditions pin to one value and goes on with the groups. */
function isGroupedByIndex({ indexes }: CollectionDefinition, by: readonly string[], where: Where): boolean {
  const asked = Object.entries(where).filter(([, condition]) => condition !== undefined)
  if (asked.some(([, condition]) => condition === undefined || conditionKind(condition) !== 'equal')) return false
  const pinned = new Set(asked.map(([field]) => field))
  return Object.values(indexes).some(
    (fields) =>
      fields.slice(0, pinned.size).every((field) => pinned.has(field)) &&
      by.every((field, place) => fields[pinned.size + place] === field),
  )
}

const EVERYTHING: Sql = { text: '1', values: [] }
const STORED = `id, ${POSITION_TEXT} AS version, document`

function toStored<D extends Document>([id, version, document]: SqlRow): StoredDocument<D> {
  return { id: String(id), version: String(version), document: JSON.parse(String(document)) as D }
}
