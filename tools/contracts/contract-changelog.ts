import type { AllowedChange } from './contract-changes.ts'

const heading = '## Unreleased'

/** The entries about what comes with the next release; undefined when the changelog has no place for them. */
export function unreleasedNotes(changelog: string): readonly string[] | undefined {
  const lines = changelog.split('\n')
  const start = lines.indexOf(heading)
  if (start < 0) return undefined
  const end = lines.findIndex((line, at) => at > start && line.startsWith('## '))
  const text = lines.slice(start + 1, end < 0 ? lines.length : end).join('\n')
  return text.split(/\n(?=- )/).filter((entry) => entry.trim() !== '')
}

/** Without the prefix that all of them share: `office.task-assigned.v1`. */
export function shortType(type: string): string {
  return type.replace(/^cn\.dulian\./, '')
}

/** Changes that no entry tells of: an entry names the type and each new member, both as code. */
export function unnotedChanges(notes: readonly string[], changes: readonly AllowedChange[]): readonly AllowedChange[] {
  return changes.filter(({ type, members }) => {
    const about = notes.filter((entry) => entry.includes(`\`${shortType(type)}\``)).join('\n')
    return about === '' || !members.every((member) => about.includes(`\`${member}\``))
  })
}

/** Gives the notes the release's name, and makes room for the next ones. */
export function closeChangelog(changelog: string, version: string, date: string): string {
  return changelog.replace(heading, `${heading}\n\n## ${version} · ${date}`)
}
