import { referenceTo, ruleAt } from '@dulian/dated-rules'
import type { CommandContext, Streams } from '@dulian/event-sourcing'
import type { ChecklistEdition } from '../checklist/checklist-item.ts'
import { selfCheckTerm } from '../rules/routine-supervision.ts'
import type { KnownSchool } from '../views/known-schools/known-school.ts'
import type { Person } from '../visit/events.ts'
import { openSelfCheck } from './decide.ts'
import type { SelfCheckEvent } from './events.ts'
import { selfCheckIdOf } from './self-check.ts'
import type { SelfCheck } from './state.ts'

export interface OpenSelfChecks {
  readonly period: string
  readonly schools: readonly KnownSchool[]
  /** For a school of this kind. */
  readonly checklistFor: (kind: string) => ChecklistEdition
  readonly openedOn: string
  readonly by: Person | null
}

/** Asks every one of these schools for its self-check of the month, each once. Answers how many were asked now, and where that stands. */
export async function openSelfChecks(
  streams: Streams<SelfCheck, SelfCheckEvent>,
  context: CommandContext,
  { period, schools, checklistFor, openedOn, by }: OpenSelfChecks,
): Promise<{ readonly opened: number; readonly position: string | undefined }> {
  const term = ruleAt(selfCheckTerm, openedOn)
  const dueOn = dueDayOf(period, term.value.dueDay)
  const asked = {
    period,
    openedOn,
    dueOn: dueOn < openedOn ? openedOn : dueOn,
    rule: referenceTo(term),
  }
  let opened = 0
  let position: string | undefined
  for (const school of schools) {
    const { office, schoolId, name, kind, zoneId, zoneName, closedOn } = school
    const { checklistId, edition, title } = checklistFor(kind)
    const checklist = { checklistId, edition, title }
    const facts = { schoolId, name, kind, zoneId, zoneName, closedOn }
    const done = await streams.execute(
      selfCheckIdOf(schoolId, period),
      { ...context, office },
      {
        decide: (state) => {
          const events = openSelfCheck({ ...asked, checklist, school: facts, by }, state)
          opened += events.length
          return events
        },
      },
    )
    position = done.position
  }
  return { opened, position }
}

/** The rule's day of that month; its last day where the month is shorter. */
export function dueDayOf(period: string, day: number): string {
  const [year = 1970, month = 1] = period.split('-').map(Number)
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return `${period}-${String(Math.min(day, last)).padStart(2, '0')}`
}
