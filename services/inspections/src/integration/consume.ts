import {
  postingChanged,
  problemCancelled,
  problemOpened,
  problemRebounded,
  recusalFactChanged,
  schoolChanged,
  schoolClosed,
  schoolRegistered,
  supervisorAppointed,
  supervisorDismissed,
  taskAssigned,
} from '@dulian/contracts'
import { inboxCatalogue } from '@dulian/service-host'

const contracts = {
  SchoolRegistered: schoolRegistered,
  SchoolChanged: schoolChanged,
  SchoolClosed: schoolClosed,
  SupervisorAppointed: supervisorAppointed,
  SupervisorDismissed: supervisorDismissed,
  PostingChanged: postingChanged,
  TaskAssigned: taskAssigned,
  ProblemOpened: problemOpened,
  ProblemCancelled: problemCancelled,
  ProblemRebounded: problemRebounded,
  RecusalFactChanged: recusalFactChanged,
} as const

/** What other services tell this one. */
export const consumes = Object.values(contracts)
export const inbox = inboxCatalogue(contracts)
