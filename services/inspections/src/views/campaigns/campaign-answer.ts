import { LookedBack } from '@dulian/history/http'
import { z } from 'zod'
import { CampaignScope, CampaignType, Season, TeamMember } from '../../campaign/events.ts'
import { ChecklistEdition } from '../../checklist/checklist-item.ts'
import type { CampaignDocument, CampaignSchoolDocument } from './projection.ts'
import type { CampaignProgress } from './queries.ts'

export const CampaignStage = z.enum(['planned', 'opened', 'closed', 'cancelled'])
export const CampaignSchoolState = z.enum(['waiting', 'scheduled', 'started', 'recorded', 'cancelled', 'missed'])

const summary = {
  campaignId: z.string(),
  office: z.string(),
  title: z.string(),
  topic: z.string(),
  type: CampaignType,
  season: Season.nullable(),
  year: z.number().int(),
  stage: CampaignStage,
  from: z.string(),
  to: z.string(),
  openedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  taskId: z.string().nullable(),
  checklistId: z.string(),
  checklistTitle: z.string(),
  checklistEdition: z.number().int(),
  /** As far as the asker sees; 0 before it is opened. */
  schools: z.number().int(),
  visited: z.number().int(),
  /** Schools that nobody is sent to. */
  waiting: z.number().int(),
  version: z.number().int(),
}

export const CampaignSummary = z.object(summary)

export const CampaignDetail = z.object({
  ...summary,
  scope: CampaignScope,
  checklist: ChecklistEdition,
  team: z.array(TeamMember),
  teamOverride: z.string().nullable(),
  conclusion: z.string().nullable(),
  timeline: z.array(
    z.object({
      event: z.string(),
      title: z.string(),
      at: z.string(),
      actor: z.string(),
      actorName: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
})

export const CampaignSchoolAnswer = z.object({
  campaignId: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  zoneId: z.string().nullable(),
  zoneName: z.string().nullable(),
  supervisorId: z.string().nullable(),
  supervisorName: z.string().nullable(),
  /** Null until the campaign is opened. */
  visitId: z.string().nullable(),
  state: CampaignSchoolState,
  visitedOn: z.string().nullable(),
  negatives: z.number().int(),
  refusal: z.string().nullable(),
  unvisitedReason: z.string().nullable(),
})

const GroupResult = z.object({
  schools: z.number().int(),
  answers: z.number().int(),
  negatives: z.number().int(),
  share: z.number().nullable(),
})
const ChangedSchool = z.object({
  schoolId: z.string(),
  schoolName: z.string(),
  before: z.number().int(),
  after: z.number().int(),
})

export const Comparison = z.object({
  lookedBack: LookedBack.optional(),
  first: CampaignSummary,
  second: CampaignSummary,
  groups: z.array(
    z.object({
      group: z.string().nullable(),
      first: GroupResult,
      second: GroupResult,
      improved: z.array(ChangedSchool),
      worsened: z.array(ChangedSchool),
    }),
  ),
})

const nothingYet: CampaignProgress = { schools: 0, visited: 0, waiting: 0 }

export function summaryOf(campaign: CampaignDocument, progress = nothingYet): z.infer<typeof CampaignSummary> {
  const { campaignId, office, title, topic, type, season, year, stage, from, to, checklist } = campaign
  return {
    campaignId,
    office,
    title,
    topic,
    type,
    season,
    year,
    stage,
    from,
    to,
    openedOn: campaign.openedOn,
    closedOn: campaign.closedOn,
    taskId: campaign.taskId,
    checklistId: checklist.checklistId,
    checklistTitle: checklist.title,
    checklistEdition: checklist.edition,
    ...progress,
    version: campaign.version,
  }
}

export function detailOf(campaign: CampaignDocument, progress = nothingYet): z.infer<typeof CampaignDetail> {
  const { scope, checklist, team, teamOverride, conclusion, timeline } = campaign
  return {
    ...summaryOf(campaign, progress),
    scope,
    checklist,
    team,
    teamOverride,
    conclusion,
    timeline: [...timeline],
  }
}

export function schoolAnswerOf(school: CampaignSchoolDocument): z.infer<typeof CampaignSchoolAnswer> {
  const { campaignId, schoolId, schoolName, zoneId, zoneName, supervisorId, supervisorName, visitId, state } = school
  const { visitedOn, negatives, refusal, unvisitedReason } = school
  return {
    campaignId,
    schoolId,
    schoolName,
    zoneId,
    zoneName,
    supervisorId,
    supervisorName,
    visitId: visitId === '' ? null : visitId,
    state,
    visitedOn,
    negatives,
    refusal,
    unvisitedReason,
  }
}
