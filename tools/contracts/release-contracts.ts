import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { printProblem } from '../check/problem.ts'
import { listFiles, readSources } from '../check/source-tree.ts'
import { readPublished } from '../generate/asyncapi.ts'
import { checkContracts } from './check-contracts.ts'
import { closeChangelog } from './contract-changelog.ts'
import {
  changelogFile,
  compareVersions,
  makeRelease,
  readReleases,
  releasedFolder,
  releaseFile,
} from './contract-release.ts'

const usage = 'npm run release-contracts -- <version>, such as 0.2.0; it must be newer than every release before'

/** Keeps the contracts as they are now under a version that is never edited. Answers the exit code. */
export async function releaseContracts(args: string[], today: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { root: { type: 'string', default: join(import.meta.dirname, '..', '..') } },
  })
  const [version = ''] = positionals
  const root = resolve(values.root)
  const sources = await readSources(
    root,
    (await listFiles(root)).filter((path) => path.startsWith('contracts/')),
  )
  const last = readReleases(sources).at(-1)
  if (!/^\d+\.\d+\.\d+$/.test(version) || (last !== undefined && compareVersions(version, last.version) <= 0)) {
    console.error(`“${version}” cannot be released; the last release is ${last?.version ?? 'none yet'}.\n${usage}`)
    return 2
  }
  const problems = last === undefined ? [] : await checkContracts(root, sources)
  if (problems.length > 0) {
    console.error(problems.map(printProblem).join('\n'))
    return 1
  }
  const release = makeRelease(version, today, await readPublished(root))
  const changelog = await readFile(join(root, changelogFile), 'utf8')
  await mkdir(join(root, releasedFolder), { recursive: true })
  await writeFile(join(root, releaseFile(version)), `${JSON.stringify(release, null, 2)}\n`, { flag: 'wx' })
  await writeFile(join(root, changelogFile), closeChangelog(changelog, version, today))
  console.log(`${releaseFile(version)}: ${Object.keys(release.events).length} events; now run npm run generate`)
  return 0
}
