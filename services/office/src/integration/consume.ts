import { campaignClosed, problemCancelled, problemOpened, problemRebounded, visitRecorded } from '@dulian/contracts'
import { inboxCatalogue } from '@dulian/service-host'

/** What other services tell of work that was done for a task. */
export const consumes = [visitRecorded, campaignClosed, problemOpened, problemCancelled, problemRebounded]

export const inbox = inboxCatalogue({
  VisitRecorded: visitRecorded,
  CampaignClosed: campaignClosed,
  ProblemOpened: problemOpened,
  ProblemCancelled: problemCancelled,
  ProblemRebounded: problemRebounded,
})
