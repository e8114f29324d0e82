import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import * as disk from 'node:fs/promises'
import { join } from 'node:path'
import { eventSourcingError } from '@dulian/event-sourcing'
import { fileError } from './errors.ts'
import type { AboutFile, FileContent, FileStore, OpenedFile, StoredFile } from './file-store.ts'
import { isFileHash, isOfficeId, LARGEST_FILE, plainFileName } from './file-store.ts'
import { judgedType } from './judged-type.ts'
import { PictureDrawer } from './picture-drawer.ts'
import { SmallFiles } from './small-files.ts'
import { withoutPlace } from './without-place.ts'

/** The part of `node:fs/promises` that writes; tests put a full disk in its place. */
export type WritingDisk = Pick<typeof disk, 'open' | 'rename' | 'mkdir' | 'rm'>

export interface FolderFileStoreOptions {
  readonly folder: string
  /** Bytes; 20 MB when absent. */
  readonly largest?: number
  readonly writingDisk?: WritingDisk
  /** Draws small pictures; the process has one for all its stores when absent. */
  readonly drawer?: PictureDrawer
}

const sharedDrawer = new PictureDrawer()

const INCOMING = '.incoming'
const STALE_AFTER_MS = 24 * 3_600_000

/**
 * `<folder>/<office>/<first two digits>/<sha256>`, beside it `<sha256>.json` with name and type, and
 * `<sha256>.small.jpg` once somebody asked for it small. A file appears whole or
 * not at all: it is written aside, synced, then renamed.
 */
export async function openFolderFileStore(options: FolderFileStoreOptions): Promise<FileStore> {
  const { folder } = options
  const largest = options.largest ?? LARGEST_FILE
  const writing = options.writingDisk ?? disk
  await writing.mkdir(join(folder, INCOMING), { recursive: true, mode: 0o700 })
  await dropStale(join(folder, INCOMING))

  const homeOf = (office: string, hash: string): string => join(folder, office, hash.slice(0, 2))

  async function look(office: string, hash: string): Promise<KnownFile | undefined> {
    if (!isOfficeId(office) || !isFileHash(hash)) return undefined
    try {
      const file = await disk.stat(join(homeOf(office, hash), hash))
      const about: unknown = JSON.parse(await disk.readFile(join(homeOf(office, hash), `${hash}.json`), 'utf8'))
      return isAbout(about)
        ? { hash, size: file.size, mediaType: about.mediaType, name: about.name, by: about.by ?? [] }
        : undefined
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  }

  async function find(office: string, hash: string): Promise<StoredFile | undefined> {
    const known = await look(office, hash)
    if (known === undefined) return undefined
    const { by: _, ...file } = known
    return file
  }

  async function keep(office: string, given: Buffer, { name, by, keepPlace = false }: AboutFile): Promise<StoredFile> {
    const mediaType = await judgedType(given, name)
    const content = keepPlace ? given : withoutPlace(given, mediaType)
    // Of what is kept, not of what was sent.
    const hash = createHash('sha256').update(content).digest('hex')
    const known = await look(office, hash)
    if (known !== undefined) {
      if (by !== undefined && !known.by.includes(by)) await describe(office, { ...known, by: [...known.by, by] })
      const { by: _, ...file } = known
      return { ...file, name }
    }
    const home = homeOf(office, hash)
    await writing.mkdir(home, { recursive: true, mode: 0o700 })
    // The content comes last: where it is, the words about it are already there.
    await describe(office, { hash, mediaType, name, by: by === undefined ? [] : [by] })
    await writeWhole(join(home, hash), content)
    await syncFolder(home)
    return { hash, size: content.byteLength, mediaType, name }
  }

  async function describe(office: string, { hash, mediaType, name, by }: Omit<KnownFile, 'size'>): Promise<void> {
    const about = JSON.stringify({ mediaType, name, by })
    await writeWhole(join(homeOf(office, hash), `${hash}.json`), Buffer.from(about))
  }

  async function writeWhole(target: string, content: Uint8Array): Promise<void> {
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

  const smalls = new SmallFiles(options.drawer ?? sharedDrawer, writeWhole)

  return {
    async put(office, content, about) {
      if (!isOfficeId(office)) throw new TypeError('not an office id')
      const name = plainFileName(about.name)
      const whole = await collect(content, largest)
      if (whole.byteLength === 0) throw fileError('FILE_EMPTY', { name })
      try {
        return await keep(office, whole, { ...about, name })
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
    async openSmall(office, hash) {
      const file = await find(office, hash)
      if (file === undefined) return undefined
      const content = await smalls.of(join(homeOf(office, hash), hash), file.mediaType)
      // It is another kind of picture than its name may say.
      const name = `${file.name.replace(/\.[A-Za-z0-9]{1,8}$/, '')}.jpg`
      return content === undefined ? undefined : { content, mediaType: 'image/jpeg', name }
    },
    find,
    async isFrom(office, hash, subject) {
      return (await look(office, hash))?.by.includes(subject) === true
    },
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

interface KnownFile extends StoredFile {
  /** Who handed it in; nobody is known of files from before that was written down. */
  readonly by: readonly string[]
}

function isAbout(value: unknown): value is { mediaType: string; name: string; by?: string[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'mediaType' in value &&
    'name' in value &&
    typeof value.mediaType === 'string' &&
    typeof value.name === 'string' &&
    (!('by' in value) || Array.isArray(value.by))
  )
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
