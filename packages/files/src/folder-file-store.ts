import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import * as disk from 'node:fs/promises'
import { join } from 'node:path'
import { eventSourcingError } from '@dulian/event-sourcing'
import { fileError } from './errors.ts'
import type { FileContent, FileStore, OpenedFile, StoredFile } from './file-store.ts'
import { isFileHash, isOfficeId, LARGEST_FILE, plainFileName } from './file-store.ts'
import { mediaTypeOf } from './media-type.ts'

/** The part of `node:fs/promises` that writes; tests put a full disk in its place. */
export type WritingDisk = Pick<typeof disk, 'open' | 'rename' | 'mkdir' | 'rm'>

export interface FolderFileStoreOptions {
  readonly folder: string
  /** Bytes; 20 MB when absent. */
  readonly largest?: number
  readonly writingDisk?: WritingDisk
}

const INCOMING = '.incoming'
const STALE_AFTER_MS = 24 * 3_600_000

/**
 * `<folder>/<office>/<first two digits>/<sha256>`, beside it `<sha256>.json` with name and type. A file appears whole or
 * not at all: it is written aside, synced, then renamed.
 */
export async function openFolderFileStore(options: FolderFileStoreOptions): Promise<FileStore> {
  const { folder } = options
  const largest = options.largest ?? LARGEST_FILE
  const writing = options.writingDisk ?? disk
  await writing.mkdir(join(folder, INCOMING), { recursive: true, mode: 0o700 })
  await dropStale(join(folder, INCOMING))

  const homeOf = (office: string, hash: string): string => join(folder, office, hash.slice(0, 2))

  async function find(office: string, hash: string): Promise<StoredFile | undefined> {
    if (!isOfficeId(office) || !isFileHash(hash)) return undefined
    try {
      const file = await disk.stat(join(homeOf(office, hash), hash))
      const about: unknown = JSON.parse(await disk.readFile(join(homeOf(office, hash), `${hash}.json`), 'utf8'))
      return isAbout(about) ? { hash, size: file.size, mediaType: about.mediaType, name: about.name } : undefined
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  }

  async function keep(office: string, content: Buffer, name: string): Promise<StoredFile> {
    const hash = createHash('sha256').update(content).digest('hex')
    const known = await find(office, hash)
    if (known !== undefined) return { ...known, name }
    const mediaType = await mediaTypeOf(content)
    if (mediaType === undefined) throw fileError('FILE_TYPE_NOT_ALLOWED', { name })
    const home = homeOf(office, hash)
    await writing.mkdir(home, { recursive: true, mode: 0o700 })
    // The content comes last: where it is, the words about it are already there.
    await writeWhole(join(home, `${hash}.json`), Buffer.from(JSON.stringify({ mediaType, name })))
    await writeWhole(join(home, hash), content)
    await syncFolder(home)
    return { hash, size: content.byteLength, mediaType, name }
  }

  async function writeWhole(target: string, content: Buffer): Promise<void> {
    const aside = join(folder, INCOMING, randomUUID())
    try {
      const file = await writing.open(aside, 'wx', 0o600)
      try {
        await file.writeFile(content)
        await file.sync()
      } finally {
        await file.close()
      }
      await writing.rename(aside, target)
    } catch (error) {
      await writing.rm(aside, { force: true })
      throw error
    }
  }

  async function syncFolder(path: string): Promise<void> {
    // Windows has no way to sync a folder; there the rename itself is journalled.
    const handle = await disk.open(path, 'r').catch(() => undefined)
    if (handle === undefined) return
    try {
      await handle.sync()
    } catch (error) {
      if (codeOf(error) !== 'EPERM' && codeOf(error) !== 'EINVAL') throw error
    } finally {
      await handle.close()
    }
  }

  return {
    async put(office, content, about) {
      if (!isOfficeId(office)) throw new TypeError('not an office id')
      const name = plainFileName(about.name)
      const whole = await collect(content, largest)
      if (whole.byteLength === 0) throw fileError('FILE_EMPTY', { name })
      try {
        return await keep(office, whole, name)
      } catch (error) {
        const code = codeOf(error)
        if (code === 'ENOSPC' || code === 'EDQUOT') throw eventSourcingError('STORAGE_FULL', {}, { cause: error })
        throw error
      }
    },
    async open(office, hash): Promise<OpenedFile | undefined> {
      const file = await find(office, hash)
      return file === undefined ? undefined : { ...file, content: createReadStream(join(homeOf(office, hash), hash)) }
    },
    find,
  }
}

/** Whole in memory: the type of an office document stands at its end, and 20 MB is the most there is. */
async function collect(content: FileContent, largest: number): Promise<Buffer> {
  const limit = { limit: Math.floor(largest / 1_048_576) }
  if (content instanceof Uint8Array) {
    if (content.byteLength > largest) throw fileError('FILE_TOO_LARGE', limit)
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    size += chunk.byteLength
    if (size > largest) throw fileError('FILE_TOO_LARGE', limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

/** What a killed process left half-written. */
async function dropStale(incoming: string): Promise<void> {
  for (const name of await disk.readdir(incoming)) {
    const path = join(incoming, name)
    const { mtimeMs } = await disk.stat(path)
    if (Date.now() - mtimeMs > STALE_AFTER_MS) await disk.rm(path, { force: true })
  }
}

function isAbout(value: unknown): value is { mediaType: string; name: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'mediaType' in value &&
    'name' in value &&
    typeof value.mediaType === 'string' &&
    typeof value.name === 'string'
  )
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
