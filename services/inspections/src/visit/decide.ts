import type { Fact, RecusalRule } from '@dulian/conflict-of-interest'
import type { FindingSeverity } from '@dulian/contracts'
import type { ChecklistEdition } from '../checklist/checklist-item.ts'
import { inspectionsError } from '../errors.ts'
import type { Person, VisitEvent, VisitParties } from './events.ts'
import { checkedRecord, isSameRecord, type RecordVisit } from './record.ts'
import { requireNoRecusal } from './require-no-recusal.ts'
import type { Finding, Visit } from './state.ts'

/** A supervisor as the registry told us. */
export interface SupervisorTerm {
  readonly supervisorId: string
  readonly name: string
  readonly termFrom: string
  readonly termTo: string
}

export interface SchoolFacts {
  readonly schoolId: string
  readonly name: string
  readonly zoneId: string | null
  readonly zoneName: string | null
  /** Set once the school is closed. */
  readonly closedOn: string | null
}

export interface ScheduleVisit {
  readonly school: SchoolFacts
  readonly supervisor: SupervisorTerm
  readonly scheduledFor: string
  readonly checklist: ChecklistEdition
  readonly taskId: string | null
  readonly by: Person
  /** Calendar day in China. */
  readonly today: string
  /** What is known between this supervisor and this school; nothing when absent. */
  readonly recusals?: readonly Fact[]
  /** By which rules they are judged; those for answering for a school when absent. */
  readonly recusalRules?: readonly RecusalRule[]
}

/**
 * Errors: `VISIT_IN_PAST`, `SCHOOL_IS_CLOSED`, `VISIT_SUPERVISOR_TERM_NOT_RUNNING`, `VISIT_SUPERVISOR_RECUSED`,
 * `VISIT_ALREADY_SCHEDULED`.
 */
export function scheduleVisit(command: ScheduleVisit, state: Visit): VisitEvent[] {
  if (state.stage !== 'none') throw inspectionsError('VISIT_ALREADY_SCHEDULED', { stage: state.stage })
  if (command.scheduledFor < command.today) {
    throw inspectionsError(
      'VISIT_IN_PAST',
      { scheduledFor: command.scheduledFor, today: command.today },
      { pointer: '/scheduledFor' },
    )
  }
  const { supervisor, school, scheduledFor, recusals: facts = [] } = command
  requireNoRecusal({
    supervisor,
    school,
    day: scheduledFor,
    facts,
    pointer: '/supervisorId',
    ...(command.recusalRules === undefined ? {} : { rules: command.recusalRules }),
  })
  return [scheduled(command)]
}

export function startVisit(command: { readonly at: string }, state: Visit): VisitEvent[] {
  switch (state.stage) {
    case 'scheduled':
      return [{ type: 'VisitStarted', data: { startedAt: command.at } }]
    case 'started':
    case 'recorded':
      return []
    default:
      throw closedStage(state)
  }
}

/** The whole record at once. Sent again with the same content it changes nothing. */
export function recordVisit(
  command: RecordVisit & { readonly recusals?: readonly Fact[] },
  state: Visit,
): VisitEvent[] {
  if (state.stage === 'recorded') {
    if (isSameRecord(command, state.record)) return []
    throw inspectionsError('VISIT_ALREADY_RECORDED', { visitedOn: state.record.visitedOn })
  }
  // The phone may have been without a network over the month's end: the visit itself did take place in time.
  const madeInTime = state.stage === 'missed' && command.visitedOn.slice(0, 7) === state.month
  if (state.stage !== 'scheduled' && state.stage !== 'started' && !madeInTime) throw closedStage(state)
  const { supervisorId, supervisorName, schoolId, schoolName } = state.plan
  requireNoRecusal({
    supervisor: { supervisorId, name: supervisorName },
    school: { schoolId, name: schoolName },
    day: command.visitedOn,
    facts: command.recusals ?? [],
  })
  return [{ type: 'VisitRecorded', data: checkedRecord(command, state.plan) }]
}

/** Who answers for a school from a day on, in the order of their days. */
export interface Posting {
  readonly supervisorId: string | null
  readonly from: string
}

/** An unscheduled visit as the phone made it, by the supervisor posted that day: scheduled, started and recorded in one append. */
export function recordQuickVisit(
  command: RecordVisit &
    Omit<ScheduleVisit, 'scheduledFor'> & { readonly startedAt: string; readonly postings: readonly Posting[] },
  state: Visit,
): VisitEvent[] {
  if (state.stage === 'recorded' && state.plan.supervisorId === command.supervisor.supervisorId) {
    if (isSameRecord(command, state.record)) return []
    throw inspectionsError('VISIT_ALREADY_RECORDED', { visitedOn: state.record.visitedOn })
  }
  if (state.stage !== 'none') throw inspectionsError('VISIT_ALREADY_SCHEDULED', { stage: state.stage })
  const { school, supervisor, visitedOn } = command
  const posted = command.postings.findLast(({ from }) => from <= visitedOn)
  if (posted?.supervisorId !== supervisor.supervisorId) {
    throw inspectionsError(
      'VISIT_SUPERVISOR_NOT_POSTED',
      { supervisor: supervisor.name, school: school.name, on: visitedOn },
      { pointer: '/schoolId' },
    )
  }
  requireNoRecusal({ supervisor, school, day: visitedOn, facts: command.recusals ?? [], pointer: '/schoolId' })
  const plan = scheduled({ ...command, scheduledFor: visitedOn })
  return [
    plan,
    { type: 'VisitStarted', data: { startedAt: command.startedAt } },
    { type: 'VisitRecorded', data: checkedRecord(command, plan.data) },
  ]
}

export interface ConfirmFinding {
  readonly findingId: string
  readonly severity: FindingSeverity
  /** Replaces the supervisor's note in the problem; the note itself stays in the record. */
  readonly description: string | null
  readonly at: string
  readonly by: Person
}

export function confirmFinding(command: ConfirmFinding, state: Visit): VisitEvent[] {
  const { finding, visit } = getFinding(command.findingId, state)
  const { proposed } = finding
  if (finding.state === 'confirmed') return []
  if (finding.state === 'dismissed') {
    throw inspectionsError('FINDING_ALREADY_DISMISSED', { title: proposed.itemTitle })
  }
  return [
    {
      type: 'FindingConfirmed',
      data: {
        ...partiesOf(visit.record),
        findingId: proposed.findingId,
        itemCode: proposed.itemCode,
        itemTitle: proposed.itemTitle,
        clause: proposed.clause,
        description: command.description ?? proposed.description,
        severity: command.severity,
        evidence: proposed.evidence,
        foundOn: visit.record.visitedOn,
        taskId: visit.record.taskId,
        confirmedAt: command.at,
        confirmedBy: command.by,
      },
    },
  ]
}

export function dismissFinding(
  command: { readonly findingId: string; readonly reason: string; readonly by: Person },
  state: Visit,
): VisitEvent[] {
  const { finding } = getFinding(command.findingId, state)
  if (finding.state === 'dismissed') return []
  if (finding.state === 'confirmed') {
    throw inspectionsError('FINDING_ALREADY_CONFIRMED', { title: finding.proposed.itemTitle })
  }
  const { findingId, reason, by } = command
  return [{ type: 'FindingDismissed', data: { findingId, reason, dismissedBy: by } }]
}

export function cancelVisit(command: { readonly reason: string; readonly by: Person }, state: Visit): VisitEvent[] {
  switch (state.stage) {
    case 'scheduled':
    case 'started':
      return [{ type: 'VisitCancelled', data: { reason: command.reason, cancelledBy: command.by } }]
    case 'cancelled':
      return []
    default:
      throw closedStage(state)
  }
}

/** By the clock: the month it was scheduled for is over and nothing was recorded. Anything else stays as it is. */
export function missVisit(command: { readonly date: string }, state: Visit): VisitEvent[] {
  if (state.stage !== 'scheduled' && state.stage !== 'started') return []
  const month = state.plan.scheduledFor.slice(0, 7)
  if (month >= command.date.slice(0, 7)) return []
  return [{ type: 'VisitMissed', data: { month, noticedOn: command.date } }]
}

/** The people and places of a visit, without its content. */
export function partiesOf(visit: VisitParties): VisitParties {
  const { schoolId, schoolName, zoneId, zoneName, supervisorId, supervisorName } = visit
  return { schoolId, schoolName, zoneId, zoneName, supervisorId, supervisorName }
}

function scheduled(command: Omit<ScheduleVisit, 'today'>): Extract<VisitEvent, { type: 'VisitScheduled' }> {
  const { school, supervisor, scheduledFor } = command
  if (school.closedOn !== null && school.closedOn < scheduledFor) {
    throw inspectionsError(
      'SCHOOL_IS_CLOSED',
      { school: school.name, closedOn: school.closedOn },
      { pointer: '/schoolId' },
    )
  }
  if (scheduledFor < supervisor.termFrom || scheduledFor > supervisor.termTo) {
    throw inspectionsError('VISIT_SUPERVISOR_TERM_NOT_RUNNING', {
      supervisor: supervisor.name,
      termFrom: supervisor.termFrom,
      termTo: supervisor.termTo,
      on: scheduledFor,
    })
  }
  return {
    type: 'VisitScheduled',
    data: {
      schoolId: school.schoolId,
      schoolName: school.name,
      zoneId: school.zoneId,
      zoneName: school.zoneName,
      supervisorId: supervisor.supervisorId,
      supervisorName: supervisor.name,
      scheduledFor,
      checklist: command.checklist,
      taskId: command.taskId,
      scheduledBy: command.by,
    },
  }
}

function getFinding(
  findingId: string,
  state: Visit,
): { readonly finding: Finding; readonly visit: Extract<Visit, { stage: 'recorded' }> } {
  if (state.stage === 'none') throw inspectionsError('VISIT_NOT_FOUND')
  if (state.stage !== 'recorded') throw inspectionsError('VISIT_NOT_RECORDED', { stage: state.stage })
  const finding = state.findings.get(findingId)
  if (finding === undefined) throw inspectionsError('FINDING_NOT_FOUND')
  return { finding, visit: state }
}

function closedStage(state: Visit) {
  switch (state.stage) {
    case 'none':
      return inspectionsError('VISIT_NOT_FOUND')
    case 'cancelled':
      return inspectionsError('VISIT_IS_CANCELLED')
    case 'missed':
      return inspectionsError('VISIT_IS_MISSED', { month: state.month })
    case 'recorded':
      return inspectionsError('VISIT_ALREADY_RECORDED', { visitedOn: state.record.visitedOn })
    case 'scheduled':
    case 'started':
      return inspectionsError('VISIT_ALREADY_SCHEDULED', { stage: state.stage })
    default: {
      const unknown: never = state
      return unknown
    }
  }
}
