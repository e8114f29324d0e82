import {
  type Decoded,
  defineProjection,
  on,
  onEvery,
  parseStreamName,
  type StreamName,
  streamOf,
  type UnitOfWork,
} from '@dulian/event-sourcing'
import { campaignVisitId } from '../../campaign/campaign.ts'
import { type CampaignEvent, type CampaignPlan, type CampaignSchool, campaignEvents } from '../../campaign/events.ts'
import type { Answer } from '../../visit/events.ts'
import { visitEvents } from '../../visit/events.ts'

export type CampaignTimelineEntry = {
  readonly event: string
  readonly title: string
  readonly at: string
  readonly actor: string
  readonly actorName: string | null
  readonly note: string | null
}

export type CampaignDocument = Omit<CampaignPlan, 'teamRule'> & {
  readonly office: string
  readonly campaignId: string
  readonly stage: 'planned' | 'opened' | 'closed' | 'cancelled'
  readonly openedOn: string | null
  readonly closedOn: string | null
  readonly conclusion: string | null
  readonly timeline: readonly CampaignTimelineEntry[]
  readonly version: number
}

/** One school of an opened campaign and what became of its visit. `waiting`: nobody is sent, or the visit is being made. */
export type CampaignSchoolDocument = CampaignSchool & {
  readonly office: string
  readonly campaignId: string
  readonly attempt: number
  readonly visitId: string
  readonly state: 'waiting' | 'scheduled' | 'started' | 'recorded' | 'cancelled' | 'missed'
  readonly visitedOn: string | null
  readonly negatives: number
  /** What was answered, for the comparison by group. */
  readonly answers: readonly { readonly code: string; readonly answer: Answer['answer'] }[]
  /** Why the visit could not be scheduled. */
  readonly refusal: string | null
  /** Why nobody was there, as said at the close. */
  readonly unvisitedReason: string | null
}

/** The school that a visit belongs to. */
type VisitPlace = { readonly rowId: string }

export const CAMPAIGNS = 'campaigns'
export const SCHOOLS = 'schools'
const VISITS = 'visits'

/** 专项督导、综合督导 with their schools, how far each is, and what was answered there. */
export const campaignsProjection = defineProjection(
  {
    name: 'campaigns',
    revision: 1,
    collections: {
      [CAMPAIGNS]: {
        indexes: {
          byDay: ['office', 'from'],
          byStage: ['office', 'stage', 'from'],
          byTask: ['office', 'taskId', 'from'],
          byYear: ['office', 'year', 'season', 'from'],
          byType: ['office', 'type', 'from'],
          byTopic: ['office', 'topic', 'from'],
          byId: ['office', 'campaignId', 'from'],
        },
      },
      [SCHOOLS]: {
        indexes: {
          byName: ['office', 'schoolName'],
          byZone: ['office', 'zoneId', 'schoolName'],
          bySupervisor: ['office', 'supervisorId', 'schoolName'],
          byCampaign: ['office', 'campaignId', 'schoolName'],
          byState: ['office', 'campaignId', 'state', 'schoolName'],
          scopeZone: ['office', 'zoneId', 'campaignId', 'schoolName'],
          scopeSupervisor: ['office', 'supervisorId', 'campaignId', 'schoolName'],
          scopeSchool: ['office', 'schoolId', 'schoolName'],
        },
      },
      [VISITS]: { indexes: {} },
    },
  },
  [
    onEvery(campaignEvents, keepCampaign),
    on(visitEvents, {
      VisitScheduled: ({ data, envelope }, unit) =>
        changeVisit(unit, envelope.stream, {
          state: 'scheduled',
          supervisorId: data.supervisorId,
          supervisorName: data.supervisorName,
        }),
      VisitStarted: ({ envelope }, unit) => changeVisit(unit, envelope.stream, { state: 'started' }),
      VisitRecorded: ({ data, envelope }, unit) =>
        changeVisit(unit, envelope.stream, {
          state: 'recorded',
          visitedOn: data.visitedOn,
          negatives: data.findings.length,
          answers: data.answers.map(({ code, answer }) => ({ code, answer })),
        }),
      VisitCancelled: ({ envelope }, unit) => changeVisit(unit, envelope.stream, { state: 'cancelled' }),
      VisitMissed: ({ envelope }, unit) => changeVisit(unit, envelope.stream, { state: 'missed' }),
    }),
  ],
)

async function keepCampaign(event: Decoded<CampaignEvent>, unit: UnitOfWork): Promise<void> {
  const { office, id: campaignId } = streamOf(event)
  const known = await unit.get<CampaignDocument>(CAMPAIGNS, campaignId)
  const put = (title: string, who: { actorName?: string; note?: string }, document: CampaignDocument) => {
    const { time, meta, version } = event.envelope
    const entry = {
      event: event.type,
      title,
      at: time,
      actor: meta.actor,
      actorName: who.actorName ?? null,
      note: who.note ?? null,
    }
    unit.put(CAMPAIGNS, campaignId, { ...document, timeline: [...document.timeline, entry], version })
  }
  if (event.type === 'CampaignPlanned') {
    const { plannedBy, teamRule: _, ...plan } = event.data
    const none = { openedOn: null, closedOn: null, conclusion: null, timeline: [], version: 0 }
    put('已拟定督导方案', noted(plannedBy.name, plan.teamOverride), {
      ...plan,
      office,
      campaignId,
      stage: 'planned',
      ...none,
    })
    return
  }
  if (known === undefined) return
  switch (event.type) {
    case 'CampaignReplanned': {
      const { replannedBy, teamRule: _, ...plan } = event.data
      put('已修改督导方案', noted(replannedBy.name, plan.teamOverride), { ...known, ...plan })
      return
    }
    case 'CampaignOpened': {
      const { openedOn, openedBy, schools } = event.data
      put(`已启动，共 ${schools.length} 所学校`, { actorName: openedBy.name }, { ...known, stage: 'opened', openedOn })
      for (const school of schools) putSchool(unit, known, school)
      return
    }
    case 'CampaignVisitAssigned': {
      const { schoolId, supervisorId, supervisorName, attempt, assignedBy } = event.data
      const school = await unit.get<CampaignSchoolDocument>(SCHOOLS, rowOf(campaignId, schoolId))
      put(`已派${supervisorName}到${school?.schoolName ?? ''}`, { actorName: assignedBy.name }, known)
      if (school !== undefined) putSchool(unit, known, { ...school, supervisorId, supervisorName }, attempt)
      return
    }
    case 'CampaignVisitRefused': {
      const { schoolId, reason } = event.data
      const school = await unit.get<CampaignSchoolDocument>(SCHOOLS, rowOf(campaignId, schoolId))
      put(`没有派成：${school?.schoolName ?? ''}`, { note: reason }, known)
      if (school === undefined) return
      const nobody = { supervisorId: null, supervisorName: null, refusal: reason, state: 'waiting' as const }
      unit.put(SCHOOLS, rowOf(campaignId, schoolId), { ...school, ...nobody })
      return
    }
    case 'CampaignClosed': {
      const { closedOn, closedBy, conclusion, visited, schools, unvisited } = event.data
      const title = `已结束，督查 ${visited}/${schools} 所`
      put(title, { actorName: closedBy.name, note: conclusion }, { ...known, stage: 'closed', closedOn, conclusion })
      for (const { schoolId, reason } of unvisited) {
        const school = await unit.get<CampaignSchoolDocument>(SCHOOLS, rowOf(campaignId, schoolId))
        if (school !== undefined) unit.put(SCHOOLS, rowOf(campaignId, schoolId), { ...school, unvisitedReason: reason })
      }
      return
    }
    case 'CampaignCancelled': {
      const { reason, cancelledBy } = event.data
      put('已取消', { actorName: cancelledBy.name, note: reason }, { ...known, stage: 'cancelled' })
      return
    }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

function noted(actorName: string, override: string | null): { actorName: string; note?: string } {
  return override === null ? { actorName } : { actorName, note: `督导小组人数不足的理由：${override}` }
}

function putSchool(
  unit: UnitOfWork,
  { office, campaignId }: Pick<CampaignDocument, 'office' | 'campaignId'>,
  { schoolId, schoolName, zoneId, zoneName, supervisorId, supervisorName }: CampaignSchool,
  attempt = 1,
): void {
  const visitId = campaignVisitId(campaignId, schoolId, attempt)
  unit.put(VISITS, visitId, { rowId: rowOf(campaignId, schoolId) } satisfies VisitPlace)
  unit.put(SCHOOLS, rowOf(campaignId, schoolId), {
    office,
    campaignId,
    schoolId,
    schoolName,
    zoneId,
    zoneName,
    supervisorId,
    supervisorName,
    attempt,
    visitId,
    state: 'waiting',
    visitedOn: null,
    negatives: 0,
    answers: [],
    refusal: null,
    unvisitedReason: null,
  } satisfies CampaignSchoolDocument)
}

/** What happens to a visit of an earlier attempt no longer matters to its school. */
async function changeVisit(unit: UnitOfWork, stream: StreamName, to: Partial<CampaignSchoolDocument>): Promise<void> {
  const { id: visitId } = parseStreamName(stream)
  const place = await unit.get<VisitPlace>(VISITS, visitId)
  if (place === undefined) return
  const school = await unit.get<CampaignSchoolDocument>(SCHOOLS, place.rowId)
  if (school?.visitId === visitId) unit.put(SCHOOLS, place.rowId, { ...school, ...to })
}

function rowOf(campaignId: string, schoolId: string): string {
  return `${campaignId}:${schoolId}`
}
