import type { EvidenceRef } from '@dulian/contracts'
import type { Person, ProblemOrigin } from '../../problem/events.ts'
import type { ProblemStage } from '../../problem/state.ts'

/** Whose turn it is [N16]. `body`: the department that was asked. */
export type Party = 'school' | 'office' | 'supervisor' | 'body'

/** A stretch of days in which everything waited for one party; `to: null` while it still does. */
export type Wait = { readonly party: Party; readonly from: string; readonly to: string | null }

export type TimelineEntry = {
  readonly event: string
  readonly title: string
  readonly at: string
  readonly actor: string
  readonly actorName: string | null
  /** Whether the actor belongs to the school; a school sees names of its own people only. */
  readonly bySchool: boolean
  readonly note: string | null
  readonly evidence: readonly EvidenceRef[]
  readonly documentNumber: string | null
  /** `office`: not for the school's eyes. */
  readonly audience: 'all' | 'office'
}

export type ReportEntry = {
  readonly text: string
  readonly evidence: readonly EvidenceRef[]
  readonly reportedOn: string
  readonly reportedBy: Person
  readonly outcome: 'waiting' | 'returned' | 'verified'
  readonly outcomeNote: string | null
}

export type DecisionEntry = {
  readonly decisionId: string
  readonly documentNumber: string
  readonly receivedOn: string | null
}

/** Whose school, zone and supervisor a problem is filed under; follows the registry. */
export type ProblemLabels = {
  readonly schoolName: string
  readonly zoneId: string | null
  readonly zoneName: string | null
  readonly supervisorId: string | null
  readonly supervisorName: string | null
}

/** What lists, the board and the history know of a problem: flat, so that every filter is a field. */
export type ProblemFacts = ProblemLabels & {
  readonly office: string
  readonly problemId: string
  readonly number: string
  readonly title: string
  readonly description: string
  readonly severity: 'ordinary' | 'serious' | 'urgent'
  readonly schoolId: string
  readonly body: string | null
  readonly sourceKind: string
  readonly sourceTitle: string
  readonly sourceLevel: string
  readonly sourceYear: number
  readonly sourceDocument: string | null
  /** Checklist line and clause it fails; `groundItem` is both parts of the line, by which it is recognised [N9]. */
  readonly itemCode: string | null
  readonly itemTitle: string | null
  readonly groundItem: string | null
  readonly groundClause: string | null
  readonly feedbackId: string | null
  readonly state: ProblemStage
  /** Everything but cancelled. */
  readonly open: boolean
  /** The school's deadline is counting. */
  readonly running: boolean
  readonly demand: string | null
  readonly dueOn: string | null
  readonly originalDueOn: string | null
  /** `dueOn`, and a day after all days where there is none: what lists are sorted by. */
  readonly sortDue: string
  readonly urgings: number
  /** 督办级别 it has reached; 0 while none. */
  readonly urgingLevel: number
  /** How often it has come back. */
  readonly rebounds: number
  /** The department whose reply is waited for, and until when. */
  readonly askedBody: string | null
  readonly replyDueOn: string | null
  /** 回头看: first and last day, and when it was done. */
  readonly reCheckFrom: string | null
  readonly reCheckDueOn: string | null
  readonly reCheckedOn: string | null
  readonly effectConfirmedOn: string | null
  /** Cancelled and not yet re-checked. */
  readonly reCheckOpen: boolean
  /** Cancelled, and nobody has confirmed yet that it lasts [X9]. */
  readonly effectOpen: boolean
  readonly evidenceCount: number
  readonly foundOn: string | null
  readonly openedOn: string
  readonly cancelledOn: string | null
  readonly decisionId: string | null
  readonly documentNumber: string | null
  readonly findingId: string | null
  readonly visitId: string | null
  readonly taskId: string | null
  readonly waits: readonly Wait[]
  readonly words: readonly string[]
  /** Version of the problem's stream. */
  readonly version: number
}

/** The whole problem, with the story of how it came and went. */
export type ProblemDocument = ProblemFacts & {
  readonly origin: ProblemOrigin | null
  readonly evidence: readonly EvidenceRef[]
  readonly timeline: readonly TimelineEntry[]
  readonly reports: readonly ReportEntry[]
  readonly decisions: readonly DecisionEntry[]
  readonly notices: readonly {
    readonly noticeId: string
    readonly documentNumber: string
    readonly issuedOn: string
    readonly newDueOn: string
    readonly levelName: string
    readonly receivedOn: string | null
  }[]
}

/** Sorts behind every date. */
export const NO_DATE = '9999-12-31'
