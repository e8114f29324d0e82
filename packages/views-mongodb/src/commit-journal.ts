import { randomUUID } from 'node:crypto'
import { type Lease, type SpaceDefinition, ViewError } from '@dulian/views'
import type { Database } from './database.ts'
import { type GenerationRecord, heldBy } from './generation-record.ts'
import { applyWrites, bytesOf, chunksOf, LARGEST_WRITE_BYTES } from './record-writes.ts'
import type { GenerationState, Journal, JournalChunk, RecordWrite } from './view-records.ts'

/** Writes that take no more than this travel within the space's record, larger ones in documents of their own. */
const INLINE_BYTES = 256 * 1024

export interface CommitJournalOptions {
  readonly database: Database
  readonly record: GenerationRecord
  readonly definition: SpaceDefinition
  readonly generation: number
  /** See `shapeOf`. */
  readonly shape: string
}

/**
 * Makes several documents change all or not at all, with an engine that changes one at a time: a commit is an entry in
 * the space's record first, put there under the lease's token and only when no other is there. That one step decides it.
 * Whoever finds an entry carries it out, which may happen any number of times and however late.
 */
export class CommitJournal {
  readonly #options: CommitJournalOptions
  /** Of the last commit, as far as is known here; when that is wrong, the entry is refused and it is read. */
  #sequence: number | undefined

  constructor(options: CommitJournalOptions) {
    this.#options = options
  }

  /** Throws `LEASE_LOST` or `DOCUMENT_TOO_LARGE`, and then nothing is kept; else returns when everything is written. */
  async commit(lease: Lease, position: string, writes: readonly RecordWrite[]): Promise<void> {
    const bytes = writes.map((write) => this.#measure(write))
    const inline = bytes.reduce((sum, size) => sum + size, 0) <= INLINE_BYTES
    const chunks = inline ? [] : chunksOf(writes, bytes)
    const id = randomUUID()
    for (const [place, chunk] of chunks.entries()) await this.#store(lease, id, place, chunk)
    const sequence = await this.#decide(lease, (next) => ({
      id,
      position,
      sequence: next,
      writes: inline ? writes : null,
      chunks: chunks.length,
    })).catch(async (error: unknown) => {
      // Only after a refusal: whatever else went wrong, the entry may be decided, and then its parts are needed. What was not
      // decided goes when the lease is next granted.
      if (chunks.length > 0 && error instanceof ViewError) await this.#forget(id).catch(() => {})
      throw error
    })
    for (const some of inline ? [writes] : chunks) await this.#apply(some, sequence)
    await this.#finish({ id, position, chunks: chunks.length })
  }

  /** A commit without writes is the step of the record alone. */
  async moveOn(lease: Lease, position: string): Promise<void> {
    const { record } = this.#options
    while (!(await record.change({ ...heldBy(lease), journal: null }, { $max: { position } }))) {
      await this.#lookAgain(lease)
    }
  }

  /** Brings what was decided to its end. */
  async carryOut(journal: Journal): Promise<void> {
    const { database, record } = this.#options
    if (journal.writes !== null) await this.#apply(journal.writes, journal.sequence)
    for (let place = 0; place < journal.chunks; place += 1) {
      const chunk = await database.journal.findOne({ _id: chunkId(journal.id, place) })
      if (chunk === null) {
        const state = await record.find()
        if (state?.journal?.id === journal.id) throw new Error('a decided commit has lost a part of its writes')
        return
      }
      await this.#apply(chunk.writes, journal.sequence)
    }
    await this.#finish(journal)
  }

  #measure(write: RecordWrite): number {
    const bytes = bytesOf(write)
    if (bytes <= LARGEST_WRITE_BYTES) return bytes
    const { name: space } = this.#options.definition
    throw new ViewError('DOCUMENT_TOO_LARGE', { space, bytes, largest: LARGEST_WRITE_BYTES })
  }

  async #decide(lease: Lease, entry: (sequence: number) => Journal): Promise<number> {
    const { record, shape } = this.#options
    for (;;) {
      const sequence = this.#sequence ?? (await this.#lookAgain(lease)).sequence
      const next = sequence + 1
      const decided = await record.change(
        { ...heldBy(lease), journal: null, sequence },
        { $set: { journal: entry(next), sequence: next, shape } },
      )
      this.#sequence = decided ? next : undefined
      if (decided) return next
    }
  }

  /** Why an entry was refused: throws when it was for the lease, else clears the way. */
  async #lookAgain(lease: Lease): Promise<GenerationState> {
    const { record } = this.#options
    const state = await record.read()
    if (state.holder !== lease.holder || state.token !== lease.token) throw record.leaseLost(lease)
    if (state.journal !== null) await this.carryOut(state.journal)
    this.#sequence = state.sequence
    return state
  }

  async #store({ token }: Lease, journal: string, place: number, writes: readonly RecordWrite[]): Promise<void> {
    const { database, definition, generation } = this.#options
    const chunk: JournalChunk = {
      _id: chunkId(journal, place),
      journal,
      space: definition.name,
      generation,
      token,
      writes,
    }
    await database.journal.insertOne(chunk)
  }

  async #apply(writes: readonly RecordWrite[], sequence: number): Promise<void> {
    const { database } = this.#options
    await applyWrites((collection) => database.documents(collection), writes, sequence)
  }

  async #finish({ id, position, chunks }: Pick<Journal, 'id' | 'position' | 'chunks'>): Promise<void> {
    const { database, record, definition, generation } = this.#options
    const finished = await record.change({ 'journal.id': id }, { $max: { position }, $set: { journal: null } })
    if (chunks > 0) await this.#forget(id)
    if (finished || (await record.find()) !== undefined) return
    // Promoted away meanwhile: what was just written must not bring the dropped collections back.
    await database.drop(definition.name, generation)
  }

  async #forget(journal: string): Promise<void> {
    await this.#options.database.journal.deleteMany({ journal })
  }
}

function chunkId(journal: string, place: number): string {
  return `${journal}/${place}`
}
