import { deterministicId } from '@dulian/event-sourcing'
import type { ChecklistEdition, ChecklistItem } from '../checklist/checklist-item.ts'
import { inspectionsError } from '../errors.ts'
import type { Answer, ProposedFinding, VisitRecorded, VisitScheduled } from './events.ts'

/** An answer as it comes in: the choice may still be open. */
export interface GivenAnswer extends Omit<Answer, 'answer'> {
  readonly answer: Answer['answer'] | null
}

export interface RecordVisit {
  readonly visitId: string
  readonly visitedOn: string
  readonly answers: readonly GivenAnswer[]
  readonly signatures: VisitRecorded['signatures']
  /** Calendar day in China. */
  readonly today: string
}

/**
 * The record against its checklist: every item answered exactly once, every negative explained; each negative proposes
 * one finding. Errors: `VISIT_IN_FUTURE`, `VISIT_ITEM_UNKNOWN`, `VISIT_ITEM_ANSWERED_TWICE`, `VISIT_ITEM_UNANSWERED`, `VISIT_NOTE_MISSING`, `VISIT_EVIDENCE_MISSING`.
 */
export function checkedRecord(command: RecordVisit, plan: VisitScheduled): VisitRecorded {
  if (command.visitedOn > command.today) {
    const dates = { visitedOn: command.visitedOn, today: command.today }
    throw inspectionsError('VISIT_IN_FUTURE', dates, { pointer: '/visitedOn' })
  }
  const answers = checkedAnswers(command.answers, plan.checklist)
  const byCode = new Map(answers.map((answer) => [answer.code, answer]))
  const findings: ProposedFinding[] = []
  for (const item of plan.checklist.items) {
    const answer = byCode.get(item.code)
    if (answer?.answer === 'no') findings.push(proposedFinding(command.visitId, item, answer))
  }
  return {
    schoolId: plan.schoolId,
    schoolName: plan.schoolName,
    zoneId: plan.zoneId,
    zoneName: plan.zoneName,
    supervisorId: plan.supervisorId,
    supervisorName: plan.supervisorName,
    visitedOn: command.visitedOn,
    taskId: plan.taskId,
    answers,
    signatures: command.signatures,
    findings,
  }
}

/** Whether a record sent again says the same as the one kept. */
export function isSameRecord(command: RecordVisit, record: VisitRecorded): boolean {
  const fingerprint = (visitedOn: string, answers: readonly GivenAnswer[]): string =>
    JSON.stringify([
      visitedOn,
      answers
        .map(({ code, answer, note, evidence }) => [
          code,
          answer,
          note?.trim() || null,
          evidence.map(({ hash }) => hash),
        ])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ])
  return fingerprint(command.visitedOn, command.answers) === fingerprint(record.visitedOn, record.answers)
}

/** Every item of the list answered exactly once, every negative explained. Errors: those of `checkedRecord`. */
export function checkedAnswers(given: readonly GivenAnswer[], checklist: ChecklistEdition): Answer[] {
  const { items, edition } = checklist
  const listed = new Map(items.map((item) => [item.code, item]))
  const places = new Map<string, number>()
  for (const [place, { code }] of given.entries()) {
    const pointer = `/answers/${place}/code`
    if (!listed.has(code)) throw inspectionsError('VISIT_ITEM_UNKNOWN', { code, edition }, { pointer })
    if (places.has(code)) throw inspectionsError('VISIT_ITEM_ANSWERED_TWICE', { code }, { pointer })
    places.set(code, place)
  }
  const open = items.filter(({ code }) => (given[places.get(code) ?? -1]?.answer ?? null) === null)
  const [first] = open
  if (first !== undefined) {
    const place = places.get(first.code)
    throw inspectionsError(
      'VISIT_ITEM_UNANSWERED',
      { code: first.code, title: first.title, missing: open.length, codes: open.map(({ code }) => code) },
      // `-` is JSON Pointer's place behind an array's last element: the answer that is not there.
      { pointer: place === undefined ? '/answers/-' : `/answers/${place}/answer` },
    )
  }
  return given.map(({ code, answer, note, evidence }, place) => {
    const kept = note?.trim() || null
    if (answer === 'no' && kept === null) {
      const details = { code, title: listed.get(code)?.title }
      throw inspectionsError('VISIT_NOTE_MISSING', details, { pointer: `/answers/${place}/note` })
    }
    const item = listed.get(code)
    if (item !== undefined && needsEvidence(item, answer) && evidence.length === 0) {
      const details = { code, title: item.title }
      throw inspectionsError('VISIT_EVIDENCE_MISSING', details, { pointer: `/answers/${place}/evidence` })
    }
    return { code, answer: answer ?? 'not-applicable', note: kept, evidence: [...evidence] }
  })
}

function needsEvidence({ evidence }: ChecklistItem, answer: GivenAnswer['answer']): boolean {
  return evidence === 'always' ? answer !== 'not-applicable' : evidence === 'on-negative' && answer === 'no'
}

function proposedFinding(visitId: string, item: ChecklistItem, answer: Answer): ProposedFinding {
  return {
    findingId: deterministicId('finding', visitId, item.code),
    itemCode: item.code,
    itemTitle: item.title,
    clause: item.clause,
    description: answer.note ?? item.title,
    severity: item.severity,
    evidence: answer.evidence,
  }
}
