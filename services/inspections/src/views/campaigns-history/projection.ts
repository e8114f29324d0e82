import { defineHistory } from '@dulian/history'
import type { Document } from '@dulian/views'
import { CAMPAIGNS, campaignsProjection, SCHOOLS } from '../campaigns/projection.ts'
import { campaignDating, visitDating } from '../dating.ts'

/** 专项督导、综合督导 and how far each school of theirs was, on any past day [N10]. */
export const campaignsHistory = defineHistory({
  name: 'campaigns-history',
  revision: 1,
  of: campaignsProjection,
  collections: { [CAMPAIGNS]: { lean: listedCampaign }, [SCHOOLS]: { lean: listedCampaignSchool } },
  dated: [campaignDating, visitDating],
})

/** A campaign as lists show it, and with what says which schools it is for. */
export function listedCampaign(campaign: Document): Document {
  return { ...campaign, checklist: { ...Object(campaign.checklist), items: [] }, conclusion: null, timeline: [] }
}

/** A visit's answers do not change once they are recorded: the comparison takes them from the live view. */
export function listedCampaignSchool(school: Document): Document {
  return { ...school, answers: [] }
}
