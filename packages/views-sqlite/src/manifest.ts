import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Database } from '@dulian/sqlite'

/** What the manifest says of one space. */
export interface SpaceEntry {
  readonly generation: number
  readonly revision: number
}

const FILE = 'manifest.db'
const SPACE_FILE = /^(?<name>.+)\.g(?<generation>\d+)\.db(-wal|-shm|-journal)?$/

/** Names the live and the unfinished generation of every space of a folder. Swapping them is one row's change. */
export class Manifest {
  readonly #folder: string
  readonly #db: Database
  #ownChanges = 0

  constructor(folder: string) {
    this.#folder = folder
    this.#db = new Database(join(folder, FILE), { synchronous: 'NORMAL', cacheKiB: 256 })
    // `last` never shrinks: the number of a dropped generation is not used again.
    this.#db.exec(`CREATE TABLE IF NOT EXISTS spaces (name TEXT PRIMARY KEY, generation INTEGER NOT NULL,
      revision INTEGER NOT NULL, next INTEGER, next_revision INTEGER, last INTEGER NOT NULL) STRICT`)
  }

  /** Changes whenever the manifest has changed, here or through another thread's connection. Cheap enough for every call. */
  stamp(): string {
    return `${this.#db.get('PRAGMA data_version')?.[0]}.${this.#ownChanges}`
  }

  find(name: string): SpaceEntry | undefined {
    const row = this.#db.get('SELECT generation, revision FROM spaces WHERE name = ?', name)
    return row === undefined ? undefined : { generation: Number(row[0]), revision: Number(row[1]) }
  }

  /** The live generation; the first one when the space is new. */
  open(name: string, revision: number): SpaceEntry {
    this.#change(() =>
      this.#db.run(
        'INSERT INTO spaces (name, generation, revision, last) VALUES (?, 1, ?, 1) ON CONFLICT (name) DO NOTHING',
        name,
        revision,
      ),
    )
    return this.find(name) ?? { generation: 1, revision }
  }

  /** The number of the generation to fill; `dropped` is the unfinished one that gives way to it. */
  begin(name: string, revision: number, resume: boolean): { readonly generation: number; readonly dropped?: number } {
    return this.#change(() =>
      this.#db.transaction(() => {
        const row = this.#db.get('SELECT next, next_revision, last FROM spaces WHERE name = ?', name)
        const [next = null, nextRevision = null, last = 0] = row ?? []
        if (resume && next !== null && nextRevision === revision) return { generation: Number(next) }
        const generation = Number(last) + 1
        this.#db.run(
          'UPDATE spaces SET next = ?, next_revision = ?, last = ? WHERE name = ?',
          generation,
          revision,
          generation,
          name,
        )
        return next === null ? { generation } : { generation, dropped: Number(next) }
      }),
    )
  }

  /** The unfinished generation, if there is one. */
  next(name: string): number | undefined {
    const next = this.#db.get('SELECT next FROM spaces WHERE name = ?', name)?.[0]
    return typeof next === 'number' ? next : undefined
  }

  /** Makes the unfinished generation the live one; false when another one has been begun or promoted meanwhile. */
  promote(name: string, generation: number): boolean {
    return this.#change(
      () =>
        this.#db.run(
          `UPDATE spaces SET generation = next, revision = next_revision, next = NULL, next_revision = NULL
           WHERE name = ? AND next = ?`,
          name,
          generation,
        ) === 1,
    )
  }

  pathOf(name: string, generation: number): string {
    return join(this.#folder, `${encodeURIComponent(name)}.g${generation}.db`)
  }

  /** Takes a generation off the disk. Where the system refuses (a file still open), the next start does it. */
  remove(name: string, generation: number): void {
    for (const suffix of ['', '-wal', '-shm']) remove(`${this.pathOf(name, generation)}${suffix}`)
  }

  /** Takes files away that no space names any more: what a crash between swap and removal leaves. */
  removeLeftovers(): void {
    // Listed before it is asked who is named: what is begun in between is not in the list.
    const files = readdirSync(this.#folder)
    const named = new Set<string>()
    for (const [name, generation, next] of this.#db.all('SELECT name, generation, next FROM spaces')) {
      named.add(`${encodeURIComponent(String(name))}.g${generation}`)
      if (next !== null) named.add(`${encodeURIComponent(String(name))}.g${next}`)
    }
    for (const file of files) {
      const match = SPACE_FILE.exec(file)
      if (match?.groups === undefined) continue
      if (!named.has(`${match.groups.name}.g${match.groups.generation}`)) remove(join(this.#folder, file))
    }
  }

  close(): void {
    this.#db.close()
  }

  #change<T>(work: () => T): T {
    const result = work()
    this.#ownChanges += 1
    return result
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Still open elsewhere (Windows): tried again at the next start.
  }
}
