import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkContracts } from '../contracts/check-contracts.ts'
import { checkCode } from './code-rules.ts'
import { checkImports } from './import-rules.ts'
import type { Problem } from './problem.ts'
import { runCommand } from './run-command.ts'
import { listFiles, readSources, type SourceFile } from './source-tree.ts'
import { checkStoredFixtures } from './stored-fixtures.ts'
import { checkFileKinds, checkTexts } from './text-rules.ts'

/** The repository as the checks see it. */
export interface Repository {
  readonly root: string
  readonly paths: readonly string[]
  readonly sources: readonly SourceFile[]
}

export interface Check {
  readonly name: string
  find(repository: Repository): Problem[] | Promise<Problem[]>
}

const home = join(import.meta.dirname, '..', '..')

/** Reads the repository once for all checks. */
export async function openRepository(root: string): Promise<Repository> {
  const paths = await listFiles(root)
  return { root, paths, sources: await readSources(root, paths) }
}

export const checks: readonly Check[] = [
  { name: 'types', find: ({ root }) => runCommand(home, root, 'tsc', ['-p', '.', '--noEmit', '--pretty', 'false']) },
  {
    name: 'web types',
    find: ({ root }) => {
      const web = 'services/portal/web'
      if (!existsSync(join(root, web, 'tsconfig.json'))) return []
      return runCommand(home, root, 'tsc', ['-p', web, '--noEmit', '--pretty', 'false'])
    },
  },
  {
    name: 'lint and format',
    find: ({ root }) => runCommand(home, root, 'biome', ['check', '--error-on-warnings', '--max-diagnostics=50', '.']),
  },
  { name: 'imports', find: ({ sources }) => checkImports(sources) },
  { name: 'code rules', find: ({ sources }) => checkCode(sources) },
  { name: 'texts', find: ({ sources, paths }) => [...checkTexts(sources), ...checkFileKinds(paths)] },
  { name: 'contracts', find: ({ root, sources }) => checkContracts(root, sources) },
  { name: 'golden files', find: ({ sources }) => checkStoredFixtures(sources) },
  {
    name: 'generated files',
    find: ({ root }) =>
      runCommand(home, root, process.execPath, [join(home, 'tools', 'generate', 'run.ts'), '--check', '--root', root]),
  },
]
