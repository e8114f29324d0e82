import type { Calendar } from '@dulian/calendar'
import { EvidenceRef, FindingSeverity } from '@dulian/contracts'
import { z } from 'zod'
import { ProblemOrigin, SourceKind, SourceLevel } from '../../problem/events.ts'
import { lamps, standingOn } from './lamp.ts'
import { nextStepForSchool, nextStepOf } from './next-step.ts'
import type { ProblemDocument, ProblemFacts, TimelineEntry } from './problem-document.ts'
import { reCheckOn, reCheckStates } from './re-check.ts'
import { waitingOf } from './waiting.ts'

export const ProblemState = z.enum(['opened', 'rebounded', 'demanded', 'reported', 'returned', 'verified', 'cancelled'])
export const PartyName = z.enum(['school', 'office', 'supervisor', 'body'])

/** A problem in a list. */
export const ProblemAnswer = z.object({
  problemId: z.string(),
  office: z.string(),
  number: z.string(),
  title: z.string(),
  description: z.string(),
  severity: FindingSeverity,
  schoolId: z.string(),
  schoolName: z.string(),
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.string().nullable(),
  supervisorName: z.string().nullable(),
  body: z.string().nullable(),
  source: z.object({
    kind: SourceKind,
    title: z.string(),
    level: SourceLevel,
    year: z.number().int(),
    documentNumber: z.string().nullable(),
  }),
  itemCode: z.string().nullable(),
  itemTitle: z.string().nullable(),
  clause: z.string().nullable(),
  feedbackId: z.string().nullable(),
  state: ProblemState,
  lamp: z.enum(lamps),
  demand: z.string().nullable(),
  dueOn: z.string().nullable(),
  originalDueOn: z.string().nullable(),
  overdue: z.boolean(),
  workingDaysLeft: z.number().int().nullable(),
  urgings: z.number().int(),
  urgingLevel: z.number().int(),
  rebounds: z.number().int(),
  askedBody: z.string().nullable(),
  /** 回头看, once it is cancelled. */
  reCheck: z
    .object({
      state: z.enum(reCheckStates),
      from: z.string().nullable(),
      dueOn: z.string().nullable(),
      checkedOn: z.string().nullable(),
    })
    .nullable(),
  /** 整改成效: null while the problem is open. */
  effect: z.enum(['unconfirmed', 'confirmed']).nullable(),
  evidence: z.number().int(),
  foundOn: z.string().nullable(),
  openedOn: z.string(),
  cancelledOn: z.string().nullable(),
  documentNumber: z.string().nullable(),
  findingId: z.string().nullable(),
  visitId: z.string().nullable(),
  taskId: z.string().nullable(),
  nextStep: z.object({ role: PartyName, action: z.string(), by: z.string().nullable() }).nullable(),
  version: z.number().int(),
})
export type ProblemAnswer = z.infer<typeof ProblemAnswer>

const TimelineAnswer = z.object({
  event: z.string(),
  title: z.string(),
  /** An instant, or a day of which no hour is known. */
  at: z.string(),
  actor: z.string(),
  actorName: z.string().nullable(),
  note: z.string().nullable(),
  evidence: z.array(EvidenceRef),
  documentNumber: z.string().nullable(),
})

/** A problem with its whole story. */
export const ProblemDetail = ProblemAnswer.extend({
  origin: ProblemOrigin.nullable(),
  originEvidence: z.array(EvidenceRef),
  timeline: z.array(TimelineAnswer),
  reports: z.array(
    z.object({
      text: z.string(),
      evidence: z.array(EvidenceRef),
      reportedOn: z.string(),
      reportedBy: z.string(),
      outcome: z.enum(['waiting', 'returned', 'verified']),
      outcomeNote: z.string().nullable(),
    }),
  ),
  decisions: z.array(
    z.object({ decisionId: z.string(), documentNumber: z.string(), receivedOn: z.string().nullable() }),
  ),
  notices: z.array(
    z.object({
      noticeId: z.string(),
      documentNumber: z.string(),
      issuedOn: z.string(),
      newDueOn: z.string(),
      levelName: z.string(),
      receivedOn: z.string().nullable(),
    }),
  ),
  /** Working days spent waiting, in all and by party. Empty for the school. */
  waiting: z.object({
    total: z.number().int(),
    parties: z.array(z.object({ party: PartyName, workingDays: z.number().int() })),
  }),
})
export type ProblemDetail = z.infer<typeof ProblemDetail>

/** For whom and when: a school sees only its own step. */
export interface AnswerFor {
  readonly day: string
  readonly calendar: Calendar
  readonly school: boolean
}

export function problemAnswer(problem: ProblemFacts, { day, calendar, school }: AnswerFor): ProblemAnswer {
  const nextStep = school ? nextStepForSchool(problem) : nextStepOf(problem)
  return {
    problemId: problem.problemId,
    office: problem.office,
    number: problem.number,
    title: problem.title,
    description: problem.description,
    severity: problem.severity,
    schoolId: problem.schoolId,
    schoolName: problem.schoolName,
    zoneId: problem.zoneId,
    zoneName: problem.zoneName,
    supervisorId: problem.supervisorId,
    supervisorName: problem.supervisorName,
    body: problem.body,
    source: {
      kind: SourceKind.parse(problem.sourceKind),
      title: problem.sourceTitle,
      level: SourceLevel.parse(problem.sourceLevel),
      year: problem.sourceYear,
      documentNumber: problem.sourceDocument,
    },
    itemCode: problem.itemCode,
    itemTitle: problem.itemTitle,
    clause: problem.groundClause,
    feedbackId: problem.feedbackId,
    state: problem.state,
    ...standingOn(problem, day, calendar),
    demand: problem.demand,
    dueOn: problem.dueOn,
    originalDueOn: problem.originalDueOn,
    urgings: problem.urgings,
    urgingLevel: problem.urgingLevel,
    rebounds: problem.rebounds,
    askedBody: school ? null : problem.askedBody,
    reCheck: school ? null : reCheckOn(problem, day),
    effect: problem.open ? null : problem.effectOpen ? 'unconfirmed' : 'confirmed',
    evidence: problem.evidenceCount,
    foundOn: problem.foundOn,
    openedOn: problem.openedOn,
    cancelledOn: problem.cancelledOn,
    documentNumber: problem.documentNumber,
    findingId: problem.findingId,
    visitId: problem.visitId,
    taskId: problem.taskId,
    nextStep,
    version: problem.version,
  }
}

export function problemDetail(problem: ProblemDocument, viewer: AnswerFor): ProblemDetail {
  const { school, day, calendar } = viewer
  const timeline = problem.timeline.filter((entry) => !school || entry.audience === 'all')
  return {
    ...problemAnswer(problem, viewer),
    origin: problem.origin,
    originEvidence: [...problem.evidence],
    timeline: timeline.map((entry) => entryAnswer(entry, school)),
    reports: problem.reports.map(({ reportedBy, evidence, ...report }) => ({
      ...report,
      evidence: [...evidence],
      reportedBy: reportedBy.name,
    })),
    decisions: [...problem.decisions],
    notices: [...problem.notices],
    waiting: school ? { total: 0, parties: [] } : waitingOf(problem.waits, day, calendar),
  }
}

function entryAnswer(entry: TimelineEntry, school: boolean): z.infer<typeof TimelineAnswer> {
  const { event, title, at, note, documentNumber } = entry
  const hidden = school && !entry.bySchool
  return {
    event,
    title,
    at,
    actor: hidden ? 'office' : entry.actor,
    actorName: hidden ? '督导室' : entry.actorName,
    note,
    evidence: [...entry.evidence],
    documentNumber,
  }
}
