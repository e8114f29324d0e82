import type { Problem } from '../check/problem.ts'
import type { SourceFile } from '../check/source-tree.ts'
import { readPublished } from '../generate/asyncapi.ts'
import { shortType, unnotedChanges, unreleasedNotes } from './contract-changelog.ts'
import { allowedChanges, breakingChanges } from './contract-changes.ts'
import { changelogFile, readReleases, releasedFolder } from './contract-release.ts'

const source = 'contracts/src'

/** Holds the contracts of now against every release of them, and the changelog against what has changed since the last. */
export async function checkContracts(root: string, sources: readonly SourceFile[]): Promise<Problem[]> {
  if (!sources.some(({ path }) => path === `${source}/index.ts`)) return []
  const releases = readReleases(sources)
  if (releases.length === 0) return [{ file: releasedFolder, message: 'no contract was ever released here' }]
  const events = await readPublished(root)
  const broken = breakingChanges(releases, events)
  const changelog = sources.find(({ path }) => path === changelogFile)?.text
  const notes = changelog === undefined ? undefined : unreleasedNotes(changelog)
  if (notes === undefined) return [{ file: changelogFile, message: 'has no section “## Unreleased”' }]
  return [
    ...broken.map(({ type, what }) => ({ file: source, message: `${type} ${what}. ${instead(type)}` })),
    ...unnotedChanges(notes, allowedChanges(releases.at(-1), events)).map(({ type, what, members }) => ({
      file: changelogFile,
      message: `${type} ${what}: say so under “## Unreleased”, naming ${[shortType(type), ...members].map((name) => `\`${name}\``).join(' and ')}`,
    })),
  ]
}

function instead(type: string): string {
  const next = type.replace(/\d+$/, (version) => String(Number(version) + 1))
  return `Leave it as it was released; declare ${next} beside it, send both, give its hearers an upcaster, and note it in ${changelogFile}.`
}
