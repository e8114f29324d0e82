import type { CollectionDefinition } from '@dulian/views'

/** The indexes every collection of problems has: all lists and boards ask the same questions, of now and of a past day. */
export const problemIndexes: CollectionDefinition['indexes'] = {
  byDue: ['office', 'sortDue'],
  byOpened: ['office', 'openedOn'],
  byState: ['office', 'state', 'sortDue'],
  byOpen: ['office', 'open', 'sortDue'],
  byRunning: ['office', 'running', 'sortDue'],
  bySchool: ['office', 'schoolId', 'sortDue'],
  byZone: ['office', 'zoneId', 'sortDue'],
  bySupervisor: ['office', 'supervisorId', 'sortDue'],
  byBody: ['office', 'body', 'sortDue'],
  bySource: ['office', 'sourceKind', 'sourceYear', 'sortDue'],
  bySourceTitle: ['office', 'sourceTitle', 'sourceYear', 'sortDue'],
  byYear: ['office', 'sourceYear', 'sortDue'],
  byLevel: ['office', 'sourceLevel', 'sortDue'],
  bySourceDocument: ['office', 'sourceKind', 'sourceLevel', 'sourceYear', 'sourceTitle'],
  bySchoolItem: ['office', 'schoolId', 'groundItem', 'cancelledOn'],
  bySchoolClause: ['office', 'schoolId', 'groundClause', 'cancelledOn'],
  byItem: ['office', 'groundItem', 'sortDue'],
  byFeedback: ['office', 'feedbackId', 'sortDue'],
  byReCheck: ['office', 'reCheckOpen', 'reCheckDueOn'],
  byReCheckDay: ['office', 'reCheckDueOn'],
  byReCheckFrom: ['office', 'reCheckOpen', 'reCheckFrom'],
  byEffect: ['office', 'effectOpen', 'reCheckDueOn'],
  byRebounds: ['office', 'rebounds', 'sortDue'],
  bySeverity: ['office', 'severity', 'sortDue'],
  byTask: ['office', 'taskId', 'sortDue'],
  byNumber: ['office', 'number'],
  // Only what some index has may be counted by: the board beyond its tiles, by unit and zone.
  bySchoolName: ['office', 'schoolId', 'schoolName'],
  byZoneName: ['office', 'zoneId', 'zoneName'],
}
