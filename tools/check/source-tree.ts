import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A text file of the repository. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

const binary = /\.(png|jpe?g|gif|ico|webp|pdf|docx|xlsx|zip|gz|sqlite)$/

/**
 * Every file that is, or would be, tracked by git: files someone has just written count, ignored ones do not.
 * Paths only; sorted.
 */
export async function listFiles(root: string): Promise<string[]> {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const { stdout } = await run('git', list, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
  return [...new Set(stdout.split('\0'))].filter((path) => path !== '').sort()
}

/** The text files among `paths`; one that vanished meanwhile is left out. */
export async function readSources(root: string, paths: readonly string[]): Promise<SourceFile[]> {
  const texts = await Promise.all(
    paths
      .filter((path) => !binary.test(path))
      .map(async (path) => {
        const text = await readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT' || error.code === 'EISDIR') return undefined
          throw error
        })
        return text === undefined || text.includes('\0') ? [] : [{ path, text }]
      }),
  )
  return texts.flat()
}

/** The file is TypeScript or JavaScript that people write. */
export function isCode(path: string): boolean {
  return /\.(tsx?|mjs|cjs|js)$/.test(path) && !/(^|\/)(generated|fixtures)\//.test(path)
}

/** The file serves tests or measurements only and never runs in the product. */
export function isTestCode(path: string): boolean {
  return (
    /\.test\.tsx?$/.test(path) ||
    /(^|\/)(testing|test|bench)\//.test(path) ||
    /^packages\/(test-engines|test-issuer|kurrentdb-test-server)\//.test(path)
  )
}
