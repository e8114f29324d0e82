import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { storeIn } from './back-up.ts'
import { copySynced, fingerprintOf, isDiskFull, syncFolder } from './copied-file.ts'
import { backupError } from './errors.ts'
import { type BackedUpFile, type Manifest, readManifest } from './manifest.ts'

export interface RestoreOptions {
  readonly backup: string
  /** The data folder to be; must not exist, or be empty. */
  readonly target: string
  /** First all files of the backup are looked through, then they are copied: twice as many steps as files. */
  readonly progress?: (done: number, total: number) => void
}

/**
 * Brings a backup back: looks through all of it first, copies it aside, reads the copy back, compares every store's events with
 * what the backup noted, and only then gives the folder its name. Throws `BACKUP_UNREADABLE`, `BACKUP_DAMAGED`, `RESTORE_*`.
 */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const backup = resolve(options.backup)
  const target = resolve(options.target)
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw backupError('RESTORE_TARGET_NOT_EMPTY', { folder: target })
  }
  const manifest = await readManifest(backup)
  let done = 0
  const step = (): void => options.progress?.(++done, manifest.files.length * 2)
  for (const file of manifest.files) {
    await requireSame(backup, file)
    step()
  }
  const aside = `${target}.restoring`
  await rm(aside, { recursive: true, force: true })
  try {
    await mkdir(aside, { recursive: true, mode: 0o700 })
    for (const file of manifest.files) {
      await copySynced(join(backup, file.path), join(aside, file.path))
      await requireSame(aside, file)
      step()
    }
    for (const noted of manifest.stores) {
      const found = await storeIn(join(aside, noted.store, 'events.db'), noted.store)
      if (found.content !== noted.content || found.order !== noted.order || found.events !== noted.events) {
        throw backupError('RESTORE_DIFFERS', { store: noted.store })
      }
    }
    if (existsSync(target)) await rmdir(target)
    await rename(aside, target)
    await syncFolder(dirname(target))
    return manifest
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    if (isDiskFull(error)) throw backupError('RESTORE_DISK_FULL', { folder: target }, { cause: error })
    throw error
  }
}

async function requireSame(folder: string, { path, bytes, sha256 }: BackedUpFile): Promise<void> {
  if (!existsSync(join(folder, path))) throw backupError('BACKUP_DAMAGED', { file: path, found: '不见了' })
  const found = await fingerprintOf(join(folder, path))
  if (found.bytes === bytes && found.sha256 === sha256) return
  throw backupError('BACKUP_DAMAGED', {
    file: path,
    found: found.bytes === bytes ? '的内容与备份时的校验值不符' : `应有 ${bytes} 字节，现有 ${found.bytes} 字节`,
  })
}
