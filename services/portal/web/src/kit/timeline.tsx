import type { ReactNode } from 'react'
import type { HistoryEntry } from '../api/types.ts'
import { chineseDates, moment } from '../words/format.ts'
import { EvidenceList } from './evidence-list.tsx'
import './timeline.css'

interface TimelineProps {
  readonly entries: readonly HistoryEntry[]
  /** What comes next, shown open at the end. */
  readonly next?: ReactNode
  /** Newest first, for histories; a process reads from its beginning. */
  readonly newestFirst?: boolean
}

const warnings = new Set(['DeadlinePassed', 'RectificationReturned', 'UrgingNoticeIssued', 'VisitMissed', 'TermEnded'])

/** Who did what and when, with notes, document numbers and evidence. The one timeline of the product. */
export function Timeline({ entries, next, newestFirst = false }: TimelineProps) {
  const ordered = newestFirst ? [...entries].reverse() : entries
  return (
    <ol className="timeline">
      {newestFirst && next !== undefined && <NextEntry>{next}</NextEntry>}
      {ordered.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a history only grows, and two entries may share their instant
        <li className="timeline-entry" key={`${entry.at}-${entry.event}-${index}`}>
          <span
            className={`timeline-mark ${warnings.has(entry.event) ? 'timeline-mark-warn' : 'timeline-mark-done'}`}
            aria-hidden="true"
          />
          <div className="timeline-head">
            <span className="timeline-title">{chineseDates(entry.title)}</span>
            <time className="timeline-time tabular" dateTime={entry.at}>
              {moment(entry.at)}
            </time>
          </div>
          {entry.actorName !== undefined && entry.actorName !== null && (
            <div className="timeline-actor">{entry.actorName}</div>
          )}
          {entry.documentNumber !== undefined && entry.documentNumber !== null && (
            <div>
              <span className="timeline-number">{entry.documentNumber}</span>
            </div>
          )}
          {entry.note !== null && entry.note !== '' && <p className="timeline-note">{chineseDates(entry.note)}</p>}
          <EvidenceList files={entry.evidence ?? []} />
        </li>
      ))}
      {!newestFirst && next !== undefined && <NextEntry>{next}</NextEntry>}
    </ol>
  )
}

function NextEntry({ children }: { children: ReactNode }) {
  return (
    <li className="timeline-entry">
      <span className="timeline-mark timeline-mark-next" aria-hidden="true" />
      <div className="timeline-actor">下一步</div>
      <div>{children}</div>
    </li>
  )
}
