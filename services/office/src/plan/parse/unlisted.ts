import type { Reading } from './reading.ts'
import type { TaskRow } from './task-table.ts'

const contents = /^目录$/
const leader = /(?:[.…·]{3,}|……)\d{1,4}$|^[^\t]+\t+\d{1,4}$/
const attachments = /^附(?:件|表)?:/

/**
 * Dense positions at which no marker may begin: a table of contents, a list of attachments ("附件：1．… 2．…"), and the
 * cells of task tables.
 */
export function findUnlisted(reading: Reading, rows: readonly TaskRow[]): { has(position: number): boolean } {
  const blocked = new Uint8Array(reading.text.length + 1)
  let inContents = false
  let nextAttachment = 0
  for (const line of reading.lines) {
    const text = reading.text.slice(line.start, Math.min(line.end, line.start + 200))
    const raw = reading.source.slice(line.from, Math.min(line.to, line.from + 400)).trim()
    const hasLeader = leader.test(raw) || leader.test(text)
    if (contents.test(text)) inContents = true
    else if (!hasLeader) inContents = false
    if (inContents || (hasLeader && /[.…·]{3,}\d{1,4}$/.test(text))) blocked.fill(1, line.start, line.end)
    const listed = /^(\d{1,2})[.、]/.exec(text)?.[1]
    if (attachments.test(text)) {
      blocked.fill(1, line.start, line.end)
      nextAttachment = Number(/^附(?:件|表)?:(\d{1,2})/.exec(text)?.[1] ?? 0) + 1
    } else if (nextAttachment > 0 && Number(listed) === nextAttachment && !/。/.test(text)) {
      blocked.fill(1, line.start, line.end)
      nextAttachment++
    } else nextAttachment = 0
  }
  for (const row of rows) blocked.fill(1, row.marker.start, row.end)
  return { has: (position) => blocked[position] === 1 }
}
