import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { fingerprintStore } from '@dulian/migration'
import { copySynced, fingerprintOf, isDiskFull, syncFolder } from './copied-file.ts'
import { dataFilesIn } from './data-files.ts'
import { backupError } from './errors.ts'
import { type BackedUpFile, type BackedUpStore, MANIFEST, type Manifest, manifestText } from './manifest.ts'
import { takeSnapshot } from './snapshot.ts'

export interface BackupOptions {
  readonly dataFolder: string
  /** Must not exist, or be empty. */
  readonly target: string
  /** Version of the product. */
  readonly version: string
  readonly now: () => number
  readonly progress?: (done: number, total: number) => void
  /** Called when the moment is fixed and nothing has been copied yet. */
  readonly onSnapshot?: () => void
}

/** A file of events: of a service, or the audit trail. */
const EVENTS = /^([^/]+)\/events\.db$/
const EVIDENCE = /^[^/]+\/files\/.*\/([0-9a-f]{64})$/

/**
 * Copies an instance whose engines are all embedded, also while it runs. Everything is written aside and gets its name when it is whole:
 * there is no half backup that looks like one. Throws `BACKUP_*`.
 */
export async function backUp(options: BackupOptions): Promise<Manifest> {
  const source = resolve(options.dataFolder)
  const target = resolve(options.target)
  refuseTarget(source, target)
  if (!existsSync(source) || !dataFilesIn(source).databases.some((path) => EVENTS.test(path))) {
    throw backupError('BACKUP_SOURCE_MISSING', { folder: source })
  }
  const partial = `${target}.partial`
  await rm(partial, { recursive: true, force: true })
  try {
    await mkdir(partial, { recursive: true, mode: 0o700 })
    const manifest = await copyAll(source, partial, options)
    await writeSynced(join(partial, MANIFEST), manifestText(manifest))
    if (existsSync(target)) await rmdir(target)
    await rename(partial, target)
    await syncFolder(dirname(target))
    return manifest
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    if (isDiskFull(error)) throw backupError('BACKUP_DISK_FULL', { folder: options.target }, { cause: error })
    throw error
  }
}

function refuseTarget(source: string, target: string): void {
  const home = existsSync(source) ? realpathSync(source) : source
  const parent = dirname(target)
  const place = join(existsSync(parent) ? realpathSync(parent) : parent, basename(target))
  if (place === home || place.startsWith(`${home}${sep}`)) throw backupError('BACKUP_TARGET_INSIDE', { folder: target })
  if (existsSync(target) && readdirSync(target).length > 0)
    throw backupError('BACKUP_TARGET_EXISTS', { folder: target })
}

async function copyAll(source: string, partial: string, options: BackupOptions): Promise<Manifest> {
  const snapshot = takeSnapshot(source, () => dataFilesIn(source).databases)
  const takenAt = new Date(options.now()).toISOString()
  const files: BackedUpFile[] = []
  const stores: BackedUpStore[] = []
  const damagedEvidence: string[] = []
  try {
    options.onSnapshot?.()
    // Evidence is there before the event that names it, and never changes: what is listed now has all that the moment needs.
    const { others } = dataFilesIn(source)
    const total = snapshot.files.length + others.length
    for (const path of snapshot.files) {
      const copy = join(partial, path)
      await mkdir(dirname(copy), { recursive: true, mode: 0o700 })
      await snapshot.copy(path, copy)
      const store = EVENTS.exec(path)?.[1]
      if (store !== undefined) stores.push(await storeIn(copy, store))
      files.push({ path, ...(await fingerprintOf(copy)) })
      options.progress?.(files.length, total)
    }
    for (const path of others) {
      await copySynced(join(source, path), join(partial, path))
      const file = { path, ...(await fingerprintOf(join(partial, path))) }
      const name = EVIDENCE.exec(path)?.[1]
      if (name !== undefined && name !== file.sha256) damagedEvidence.push(path)
      files.push(file)
      options.progress?.(files.length, total)
    }
  } finally {
    snapshot.close()
  }
  return { format: 1, product: 'dulian', version: options.version, takenAt, files, stores, damagedEvidence }
}

/** What the events of a copied file come down to. */
export async function storeIn(file: string, store: string): Promise<BackedUpStore> {
  const events = openSqliteEvents({ file, readOnly: true })
  try {
    return { store, ...(await fingerprintStore(events)) }
  } finally {
    await events.close()
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}
