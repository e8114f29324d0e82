import type { CampaignEvent, CampaignPlan, CampaignSchool } from './events.ts'

/** A school of an opened campaign, with how often somebody was sent there. */
export type SentSchool = CampaignSchool & { readonly attempt: number }

export type Campaign =
  | { readonly stage: 'none' }
  | { readonly stage: 'planned'; readonly plan: CampaignPlan }
  | {
      readonly stage: 'opened'
      readonly plan: CampaignPlan
      readonly openedOn: string
      readonly schools: ReadonlyMap<string, SentSchool>
    }
  | {
      readonly stage: 'closed'
      readonly plan: CampaignPlan
      readonly closedOn: string
      readonly schools: ReadonlyMap<string, SentSchool>
    }
  | {
      readonly stage: 'cancelled'
      readonly plan: CampaignPlan
      readonly reason: string
      readonly schools: ReadonlyMap<string, SentSchool>
    }

export const initialCampaign: Campaign = { stage: 'none' }

export function evolveCampaign(state: Campaign, event: CampaignEvent): Campaign {
  switch (event.type) {
    case 'CampaignPlanned':
    case 'CampaignReplanned':
      return { stage: 'planned', plan: event.data }
    case 'CampaignOpened': {
      if (state.stage !== 'planned') return state
      const { openedOn, schools } = event.data
      const sent = schools.map((school) => [school.schoolId, { ...school, attempt: 1 }] as const)
      return { stage: 'opened', plan: state.plan, openedOn, schools: new Map(sent) }
    }
    case 'CampaignVisitAssigned': {
      const { schoolId, supervisorId, supervisorName, attempt } = event.data
      return withSchool(state, schoolId, { supervisorId, supervisorName, attempt })
    }
    case 'CampaignVisitRefused':
      return withSchool(state, event.data.schoolId, { supervisorId: null, supervisorName: null })
    case 'CampaignClosed':
      if (state.stage !== 'opened') return state
      return { stage: 'closed', plan: state.plan, closedOn: event.data.closedOn, schools: state.schools }
    case 'CampaignCancelled': {
      if (state.stage !== 'planned' && state.stage !== 'opened') return state
      const schools = state.stage === 'opened' ? state.schools : new Map<string, SentSchool>()
      return { stage: 'cancelled', plan: state.plan, reason: event.data.reason, schools }
    }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

function withSchool(state: Campaign, schoolId: string, change: Partial<SentSchool>): Campaign {
  if (state.stage !== 'opened') return state
  const school = state.schools.get(schoolId)
  if (school === undefined) return state
  return { ...state, schools: new Map(state.schools).set(schoolId, { ...school, ...change }) }
}
