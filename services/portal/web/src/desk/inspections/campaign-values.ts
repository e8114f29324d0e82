import type { CommandBodyOf } from '../../api/client.ts'
import type { CampaignRecord } from '../../api/types.ts'

type Body = CommandBodyOf<'/api/inspections/campaigns'>
type Scope = NonNullable<Body['scope']>

/** A campaign while it is being planned. */
export interface CampaignValues extends Record<string, unknown> {
  title: string
  topic: string
  type: Body['type']
  season?: NonNullable<Body['season']>
  from: string
  to: string
  checklistId: string
  taskId?: string
  team?: string[]
  teamOverride?: string
  kinds?: Scope['kinds']
  stages?: Scope['stages']
  ownerships?: Scope['ownerships']
  zoneIds?: string[]
  schoolIds?: string[]
}

/** What is filled in as the command wants it. */
export function campaignBody(values: CampaignValues): Body {
  const { kinds, stages, ownerships, zoneIds, schoolIds, taskId, season, teamOverride, team, ...rest } = values
  const { title, topic, type, from, to, checklistId } = rest
  const override = teamOverride?.trim() ?? ''
  return {
    title,
    topic,
    type,
    from,
    to,
    checklistId,
    ...(season === undefined ? {} : { season }),
    ...(taskId === undefined ? {} : { taskId }),
    team: team ?? [],
    ...(override === '' ? {} : { teamOverride: override }),
    scope: {
      kinds: kinds ?? [],
      stages: stages ?? [],
      ownerships: ownerships ?? [],
      zoneIds: zoneIds ?? [],
      schoolIds: schoolIds ?? [],
    },
  }
}

/** A planned campaign as the form shows it. */
export function campaignValues(campaign: CampaignRecord): CampaignValues {
  const { title, topic, type, season, from, to, checklistId, taskId, team, teamOverride, scope } = campaign
  return {
    title,
    topic,
    type,
    from,
    to,
    checklistId,
    team: team.map(({ supervisorId }) => supervisorId),
    ...scope,
    ...(season === null ? {} : { season }),
    ...(taskId === null ? {} : { taskId }),
    ...(teamOverride === null ? {} : { teamOverride }),
  }
}
