import { campaignClosed, problemCancelled, problemOpened, visitRecorded } from '@dulian/contracts'
import { inboxCatalogue } from '@dulian/service-host'

/** What other services tell of work that was done for a task. */
export const consumes = [visitRecorded, campaignClosed, problemOpened, problemCancelled]

export const inbox = inboxCatalogue({
  VisitRecorded: visitRecorded,
  CampaignClosed: campaignClosed,
  ProblemOpened: problemOpened,
  ProblemCancelled: problemCancelled,
})
