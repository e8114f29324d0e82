import { z } from 'zod'
import type { ImportDocument } from '../views/imports/projection.ts'
import type { ImportJob } from './import-jobs.ts'
import { importKinds, type JudgedRow, type Table } from './import-kind.ts'
import type { Import } from './state.ts'

export const ProblemAnswer = z.object({
  row: z.number().int(),
  column: z.string().nullable(),
  value: z.string(),
  code: z.string(),
  reason: z.string(),
  advice: z.string(),
})

const counts = {
  created: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
}

export const CheckAnswer = z.object({
  kind: z.enum(importKinds),
  fileName: z.string(),
  fileHash: z.string(),
  sheet: z.string(),
  rows: z.number().int(),
  ...counts,
  /** Headers of columns that are not read. */
  ignored: z.array(z.string()),
  /** In the order of the file; `moreProblems` further ones stand in the file of errors only. */
  problems: z.array(ProblemAnswer),
  moreProblems: z.number().int(),
  /** The first rows that would change something. */
  lines: z.array(
    z.object({
      row: z.number().int(),
      title: z.string(),
      outcome: z.enum(['new', 'changed']),
      changes: z.array(z.string()),
      note: z.string().nullable(),
    }),
  ),
})
export type CheckAnswer = z.infer<typeof CheckAnswer>

const MOST_PROBLEMS = 500
const MOST_LINES = 200

export function checkAnswer(
  table: Table,
  file: { readonly fileName: string; readonly fileHash: string },
  rows: readonly JudgedRow[],
): CheckAnswer {
  const of = (wanted: JudgedRow['outcome']): number => rows.filter(({ outcome }) => outcome === wanted).length
  const problems = rows.flatMap((row) => row.problems)
  // What is to be looked at comes first.
  const lines = rows
    .flatMap(({ row, title, outcome, changes, note }) =>
      outcome === 'new' || outcome === 'changed' ? [{ row, title, outcome, changes: [...changes], note }] : [],
    )
    .toSorted((one, other) => weightOf(one) - weightOf(other) || one.row - other.row)
  return {
    kind: table.kind,
    fileName: file.fileName,
    fileHash: file.fileHash,
    sheet: table.sheet,
    rows: rows.length,
    created: of('new'),
    changed: of('changed'),
    unchanged: of('unchanged'),
    refused: of('refused'),
    ignored: [...table.ignored],
    problems: problems.slice(0, MOST_PROBLEMS),
    moreProblems: Math.max(0, problems.length - MOST_PROBLEMS),
    lines: lines.slice(0, MOST_LINES),
  }
}

function weightOf({ note, outcome }: { readonly note: string | null; readonly outcome: string }): number {
  if (note !== null) return 0
  return outcome === 'changed' ? 1 : 2
}

export const JobAnswer = z.object({
  importId: z.string(),
  kind: z.enum(importKinds),
  fileName: z.string(),
  /** `interrupted`: the service stopped meanwhile; what was stored stays, the same file can be imported again. */
  state: z.enum(['running', 'finished', 'cancelled', 'failed', 'interrupted']),
  total: z.number().int(),
  done: z.number().int(),
  ...counts,
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Rows a second so far, and how many seconds it will take at that; null while nothing can be said. */
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Of this process's memory: empty after a restart. */
  problems: z.array(ProblemAnswer),
  moreProblems: z.number().int(),
})
export type JobAnswer = z.infer<typeof JobAnswer>

export function runningAnswer(job: ImportJob, now: number): JobAnswer {
  const { id, kind, fileName, state, total, done, created, changed, unchanged, refused, problems } = job
  const seconds = ((job.endedAt ?? now) - job.startedAt) / 1_000
  const perSecond = seconds > 0 && done > 0 ? Math.round((done / seconds) * 10) / 10 : null
  const isRunning = state === 'running' && perSecond !== null
  return {
    ...{ importId: id, kind, fileName, state, total, done, created, changed, unchanged, refused },
    startedAt: new Date(job.startedAt).toISOString(),
    endedAt: job.endedAt === null ? null : new Date(job.endedAt).toISOString(),
    perSecond,
    secondsLeft: isRunning ? Math.ceil((total - done) / perSecond) : null,
    problems: [...problems],
    moreProblems: Math.max(0, refused - new Set(problems.map(({ row }) => row)).size),
  }
}

/** What the store alone says of an import that this process does not remember. */
export function storedAnswer(importId: string, state: Exclude<Import, { stage: 'unknown' }>): JobAnswer {
  const { kind, fileName, rows, at } = state.begun
  const ended = state.stage === 'ended' ? state.ended : undefined
  const { created = 0, changed = 0, unchanged = 0, refused = 0 } = ended ?? {}
  return {
    ...{ importId, kind, fileName, state: ended?.outcome ?? 'interrupted', total: rows },
    done: created + changed + unchanged + refused,
    ...{ created, changed, unchanged, refused },
    startedAt: at,
    endedAt: ended?.at ?? null,
    perSecond: null,
    secondsLeft: null,
    problems: [],
    moreProblems: refused,
  }
}

export const PastImportAnswer = z.object({
  importId: z.string(),
  kind: z.enum(importKinds),
  fileName: z.string(),
  rows: z.number().int(),
  /** Name; null in what was stored before names were. */
  startedBy: z.string().nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** As of a single import. `interrupted`: not finished, and nobody is at it; the same file brings the rest. */
  state: JobAnswer.shape.state,
  /** Of an interrupted import it is not known how far it came. */
  counts: z.object(counts).nullable(),
})
export type PastImportAnswer = z.infer<typeof PastImportAnswer>

/** A line of the list: from the view and, while the import runs in this process, as far as it is. */
export function pastAnswer(
  { office: _, fileHash: __, ended, ...stored }: ImportDocument,
  job: ImportJob | undefined,
  now: number,
): PastImportAnswer {
  if (ended !== null) {
    const { outcome, at, ...numbers } = ended
    return { ...stored, endedAt: at, state: outcome, counts: numbers }
  }
  if (job === undefined) return { ...stored, endedAt: null, state: 'interrupted', counts: null }
  const { state, endedAt, created, changed, unchanged, refused } = runningAnswer(job, now)
  return { ...stored, endedAt, state, counts: { created, changed, unchanged, refused } }
}
