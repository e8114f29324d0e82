import type { UnitOfWork } from '@dulian/event-sourcing'
import type { CollectionDefinition } from '@dulian/views'
import type { ProblemDocument, ProblemFacts } from './problem-document.ts'

/** An open problem as the board shows and counts it: a tenth of the whole, for a wall of hundreds is read at once. */
export type ProblemTile = Pick<
  ProblemFacts,
  | 'office'
  | 'problemId'
  | 'number'
  | 'title'
  | 'severity'
  | 'schoolId'
  | 'schoolName'
  | 'zoneId'
  | 'zoneName'
  | 'supervisorId'
  | 'body'
  | 'sourceKind'
  | 'state'
  | 'open'
  | 'running'
  | 'dueOn'
  | 'sortDue'
  | 'urgings'
  | 'openedOn'
>

/** By whom and from where: what the board is filtered by. Other filters read the whole problems. */
export const tileIndexes: CollectionDefinition['indexes'] = {
  byDue: ['office', 'sortDue'],
  bySchool: ['office', 'schoolId', 'sortDue'],
  byZone: ['office', 'zoneId', 'sortDue'],
  bySupervisor: ['office', 'supervisorId', 'sortDue'],
  byBody: ['office', 'body', 'sortDue'],
  bySource: ['office', 'sourceKind', 'sortDue'],
}

const filters: ReadonlySet<string> = new Set(['office', 'schoolId', 'zoneId', 'supervisorId', 'body', 'sourceKind'])

/** Whether tiles know all fields of a condition. */
export function isTileFilter(where: object): boolean {
  return Object.keys(where).every((field) => filters.has(field))
}

/** The problem, and its tile as long as it is open. */
export function putProblem(unit: UnitOfWork, problem: ProblemDocument): void {
  unit.put('problems', problem.problemId, problem)
  if (problem.open) unit.put('tiles', problem.problemId, tileOf(problem))
  else unit.remove('tiles', problem.problemId)
}

function tileOf(problem: ProblemDocument): ProblemTile {
  const { office, problemId, number, title, severity, schoolId, schoolName, zoneId, zoneName, supervisorId } = problem
  const { body, sourceKind, state, open, running, dueOn, sortDue, urgings, openedOn } = problem
  return {
    ...{ office, problemId, number, title, severity, schoolId, schoolName, zoneId, zoneName, supervisorId },
    ...{ body, sourceKind, state, open, running, dueOn, sortDue, urgings, openedOn },
  }
}
