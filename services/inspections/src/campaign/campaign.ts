import { defineStream, deterministicId } from '@dulian/event-sourcing'
import { campaignEvents } from './events.ts'
import { evolveCampaign, initialCampaign } from './state.ts'

/** 专项督导、综合督导: planned, opened with a visit per school, closed. */
export const campaignStream = defineStream({
  category: 'campaign',
  events: campaignEvents,
  initial: initialCampaign,
  evolve: evolveCampaign,
})

/** The visit of a school in a campaign; a further attempt is a further visit. */
export function campaignVisitId(campaignId: string, schoolId: string, attempt: number): string {
  return deterministicId('campaign-visit', campaignId, schoolId, String(attempt))
}
