import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type OnProgress, PhaseProgress } from './progress.ts'

export interface FilesReport {
  /** Files of evidence in the source, and their bytes. */
  readonly files: number
  readonly bytes: number
  readonly copied: number
  /** `<office>/<two digits>/<sha256>` whose content is not what its name says, already in the source; copied as they are. */
  readonly damaged: readonly string[]
  /** Missing in the target, or something else there. */
  readonly differing: readonly string[]
}

export const noFiles: FilesReport = { files: 0, bytes: 0, copied: 0, damaged: [], differing: [] }

const CONTENT = /^[0-9a-f]{64}$/

/**
 * Copies a service's evidence from folder to folder and reads back what is there, by the SHA-256 of the content, which is a
 * file's name too. What is there already is not written again. With `verifyOnly` nothing is written at all.
 */
export async function copyFiles(options: {
  readonly service: string
  readonly source: string
  readonly target: string
  readonly verifyOnly: boolean
  readonly progress: OnProgress
}): Promise<FilesReport> {
  const { source, target, verifyOnly } = options
  const paths = await evidenceIn(source)
  const progress = new PhaseProgress(options.service, 'files', options.progress)
  const damaged: string[] = []
  const differing: string[] = []
  let bytes = 0
  let copied = 0
  for (const [index, path] of paths.entries()) {
    const about = `${path}.json`
    bytes += (await stat(join(source, path))).size
    const hash = await hashOf(join(source, path))
    if (hash === undefined || !path.endsWith(hash)) damaged.push(path)
    if (!verifyOnly && (await hashOf(join(target, path))) !== hash) {
      // The words about it come first, as when it was kept: where the content is, they are there.
      await copyWhole(join(source, about), join(target, about))
      await copyWhole(join(source, path), join(target, path))
      copied += 1
    }
    const isThere = (await hashOf(join(target, path))) === hash
    if (!isThere || (await hashOf(join(target, about))) !== (await hashOf(join(source, about)))) differing.push(path)
    progress.reached(index + 1, paths.length)
  }
  return { files: paths.length, bytes, copied, damaged, differing }
}

async function evidenceIn(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const office of await folderNames(folder)) {
    for (const part of await folderNames(join(folder, office))) {
      const names = await readdir(join(folder, office, part))
      found.push(...names.filter((name) => CONTENT.test(name)).map((name) => `${office}/${part}/${name}`))
    }
  }
  return found.sort()
}

/** Without what is still coming in, which begins with a dot. */
async function folderNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(undefinedIfMissing)
  return (entries ?? []).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
}

async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
  } catch (error) {
    return undefinedIfMissing(error)
  }
  return hash.digest('hex')
}

/** Aside first, then renamed: whatever happens, a file is there whole or not at all. */
async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const aside = `${to}.${randomUUID()}`
  try {
    await copyFile(from, aside)
    const file = await open(aside, 'r+')
    await file.sync().finally(() => file.close())
    await rename(aside, to)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

function undefinedIfMissing(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
  throw error
}
