import { type AnyBulkWriteOperation, BSON, type Collection, MongoBulkWriteError } from 'mongodb'
import { versionKey } from './stored-position.ts'
import type { DocumentRecord, RecordWrite } from './view-records.ts'

/** MongoDB's 16 MiB, less what the journal puts around a document. */
export const LARGEST_WRITE_BYTES = 16 * 1024 * 1024 - 16 * 1024
const CHUNK_BYTES = 4 * 1024 * 1024

const DUPLICATE_KEY = 11000

export function bytesOf(write: RecordWrite): number {
  return BSON.calculateObjectSize(write)
}

/** The writes in parts of at most 4 MiB each, or of one larger write. */
export function chunksOf(writes: readonly RecordWrite[], bytes: readonly number[]): RecordWrite[][] {
  const chunks: RecordWrite[][] = []
  let room = 0
  for (const [place, write] of writes.entries()) {
    const size = bytes[place] ?? 0
    if (size > room) {
      chunks.push([])
      room = CHUNK_BYTES
    }
    chunks.at(-1)?.push(write)
    room -= size
  }
  return chunks
}

/**
 * Writes each document unless what is there is newer; any number of times, by any number of writers at once, with the
 * same outcome. Nobody ever writes one document twice in one commit, so the order within it does not matter.
 */
export async function applyWrites(
  recordsOf: (collection: string) => Collection<DocumentRecord>,
  writes: readonly RecordWrite[],
  sequence: number,
): Promise<void> {
  const operations = new Map<string, AnyBulkWriteOperation<DocumentRecord>[]>()
  for (const { collection, id, position, ...record } of writes) {
    const some = operations.get(collection) ?? []
    operations.set(collection, some)
    const version = versionKey(position, sequence)
    const filter = { _id: id, version: { $lt: version } }
    some.push({ updateOne: { filter, update: { $set: { version, ...record } }, upsert: true } })
  }
  for (const [collection, some] of operations) await upsertAll(recordsOf(collection), some)
}

/**
 * A duplicate key says that the document is there already. Either another writer has just created it, and then the same
 * update finds it at the second try; or it is newer, and then the second try fails like the first and the write has lost.
 */
async function upsertAll(
  records: Collection<DocumentRecord>,
  operations: AnyBulkWriteOperation<DocumentRecord>[],
): Promise<void> {
  const refused = await tryAll(records, operations)
  if (refused.length > 0) await tryAll(records, refused)
}

/** Those that met a duplicate key; throws at any other trouble. */
async function tryAll(
  records: Collection<DocumentRecord>,
  operations: AnyBulkWriteOperation<DocumentRecord>[],
): Promise<AnyBulkWriteOperation<DocumentRecord>[]> {
  try {
    await records.bulkWrite(operations, { ordered: false })
    return []
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error
    const failures = [error.writeErrors].flat()
    if (failures.length === 0 || error.result.getWriteConcernError() !== undefined) throw error
    if (failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error
    return failures.flatMap(({ index }) => operations[index] ?? [])
  }
}
