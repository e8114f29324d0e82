import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SourceMissing } from './generator.ts'

/** Imports a module of the repository by its path and takes one export of it. */
export async function loadExport(root: string, path: string, name: string): Promise<unknown> {
  const file = join(root, path)
  if (!existsSync(file)) throw new SourceMissing(path)
  const module: Record<string, unknown> = await import(pathToFileURL(file).href)
  if (module[name] === undefined) throw new SourceMissing(`export ${name} of ${path}`)
  return module[name]
}
