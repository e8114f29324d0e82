import { type RuleReference, type RuleVersion, referenceTo } from '@dulian/dated-rules'
import { inspectionsError } from '../errors.ts'
import type { Person } from '../visit/events.ts'
import type { CampaignEvent, CampaignPlan, CampaignSchool, TeamMember } from './events.ts'
import type { Campaign, SentSchool } from './state.ts'
import { requireFreeTeam, type TeamTies } from './team-ties.ts'

/** A member of the team as the registry told us. */
export interface TeamSupervisor extends TeamMember {
  readonly termFrom: string
  readonly termTo: string
}

export interface PlanCampaign extends Omit<CampaignPlan, 'team' | 'teamRule' | 'teamOverride'> {
  readonly team: readonly TeamSupervisor[]
  /** How many 督学 the team must have on the first day. */
  readonly rule: RuleVersion<{ readonly minimum: number }>
  readonly teamOverride: string | null
  readonly ties: TeamTies
  readonly by: Person
}

/**
 * Errors: `CAMPAIGN_PERIOD_INVALID`, `CAMPAIGN_TEAM_TOO_SMALL`, `CAMPAIGN_TEAM_TERM_NOT_RUNNING`, `CAMPAIGN_TEAM_RECUSED`,
 * `CAMPAIGN_ALREADY_PLANNED`.
 */
export function planCampaign(command: PlanCampaign, state: Campaign): CampaignEvent[] {
  if (state.stage !== 'none') throw inspectionsError('CAMPAIGN_ALREADY_PLANNED', { title: state.plan.title })
  return [{ type: 'CampaignPlanned', data: { ...checkedPlan(command), plannedBy: command.by } }]
}

/** Errors: those of planning, and `CAMPAIGN_ALREADY_OPENED`. */
export function replanCampaign(command: PlanCampaign, state: Campaign): CampaignEvent[] {
  const { plan } = requirePlanned(state)
  const changed = checkedPlan(command)
  if (JSON.stringify(withoutNames(plan)) === JSON.stringify(changed)) return []
  return [{ type: 'CampaignReplanned', data: { ...changed, replannedBy: command.by } }]
}

export interface OpenCampaign {
  /** The schools in its scope as looked up, each with the supervisor posted there. */
  readonly schools: readonly CampaignSchool[]
  /** Of the team as planned, with those schools: what was declared since, and schools that came into reach. */
  readonly ties: TeamTies
  readonly by: Person
  /** Calendar day in China. */
  readonly today: string
}

/** What one event holds without growing beyond what every event store takes. */
const MOST_SCHOOLS = 2_000

/** Errors: `CAMPAIGN_WITHOUT_SCHOOLS`, `CAMPAIGN_SCOPE_TOO_WIDE`, `CAMPAIGN_PERIOD_OVER`, `CAMPAIGN_TEAM_RECUSED`, `CAMPAIGN_ALREADY_OPENED`. */
export function openCampaign({ schools, ties, by, today }: OpenCampaign, state: Campaign): CampaignEvent[] {
  if (state.stage === 'opened') return []
  const { plan } = requirePlanned(state)
  if (plan.to < today) throw inspectionsError('CAMPAIGN_PERIOD_OVER', { title: plan.title, to: plan.to, today })
  if (schools.length === 0) throw inspectionsError('CAMPAIGN_WITHOUT_SCHOOLS', { title: plan.title })
  if (schools.length > MOST_SCHOOLS) {
    throw inspectionsError('CAMPAIGN_SCOPE_TOO_WIDE', { schools: schools.length, most: MOST_SCHOOLS })
  }
  requireFreeTeam(plan.team, ties, plan)
  return [{ type: 'CampaignOpened', data: { openedOn: today, openedBy: by, schools: [...schools] } }]
}

export interface AssignCampaignVisit {
  readonly schoolId: string
  readonly supervisor: TeamMember
  /** What the school's visit has come to so far; absent while nobody was sent. */
  readonly visit: 'scheduled' | 'started' | 'recorded' | 'cancelled' | 'missed' | undefined
  readonly by: Person
  readonly today: string
}

/** Errors: `CAMPAIGN_NOT_OPEN`, `CAMPAIGN_SCHOOL_NOT_FOUND`, `CAMPAIGN_VISIT_UNDER_WAY`. */
export function assignCampaignVisit(command: AssignCampaignVisit, state: Campaign): CampaignEvent[] {
  const { schools } = requireOpened(state)
  const school = schools.get(command.schoolId)
  if (school === undefined) throw inspectionsError('CAMPAIGN_SCHOOL_NOT_FOUND')
  const underWay = command.visit === 'started' || command.visit === 'recorded'
  if (underWay) throw inspectionsError('CAMPAIGN_VISIT_UNDER_WAY', { school: school.schoolName })
  const { supervisorId, name } = command.supervisor
  if (school.supervisorId === supervisorId && command.visit === 'scheduled') return []
  return [
    {
      type: 'CampaignVisitAssigned',
      data: {
        schoolId: command.schoolId,
        supervisorId,
        supervisorName: name,
        attempt: school.attempt + 1,
        assignedOn: command.today,
        assignedBy: command.by,
      },
    },
  ]
}

/** By the policy: the visit of this attempt was refused. An older attempt's refusal changes nothing any more. */
export function refuseCampaignVisit(
  command: { readonly schoolId: string; readonly attempt: number; readonly code: string; readonly reason: string },
  state: Campaign,
): CampaignEvent[] {
  if (state.stage !== 'opened') return []
  const { schoolId, attempt, code, reason } = command
  const school = state.schools.get(schoolId)
  if (school === undefined || school.attempt !== attempt || school.supervisorId === null) return []
  const { supervisorId } = school
  return [{ type: 'CampaignVisitRefused', data: { schoolId, supervisorId, attempt, code, reason } }]
}

export interface CloseCampaign {
  /** Schools with a record, as looked up. */
  readonly visited: ReadonlySet<string>
  /** School → why nobody was there. */
  readonly reasons: ReadonlyMap<string, string>
  readonly conclusion: string
  readonly by: Person
  readonly today: string
}

/** Errors: `CAMPAIGN_NOT_OPEN`, `CAMPAIGN_NOTHING_VISITED`, `CAMPAIGN_UNVISITED_WITHOUT_REASON`. */
export function closeCampaign(command: CloseCampaign, state: Campaign): CampaignEvent[] {
  if (state.stage === 'closed') return []
  const { plan, schools } = requireOpened(state)
  const all = [...schools.values()]
  const unvisited = all.filter(({ schoolId }) => !command.visited.has(schoolId))
  if (unvisited.length === all.length) throw inspectionsError('CAMPAIGN_NOTHING_VISITED', { title: plan.title })
  const silent = unvisited.filter(({ schoolId }) => (command.reasons.get(schoolId)?.trim() ?? '') === '')
  if (silent.length > 0) throw unexplained(silent)
  const { title, type, season, year, taskId } = plan
  return [
    {
      type: 'CampaignClosed',
      data: {
        title,
        type,
        season,
        year,
        taskId,
        closedOn: command.today,
        closedBy: command.by,
        conclusion: command.conclusion,
        schools: all.length,
        visited: all.length - unvisited.length,
        unvisited: unvisited.map(({ schoolId, schoolName, supervisorName }) => ({
          schoolId,
          schoolName,
          supervisorName,
          reason: command.reasons.get(schoolId)?.trim() ?? '',
        })),
      },
    },
  ]
}

export function cancelCampaign(
  command: { readonly reason: string; readonly by: Person },
  state: Campaign,
): CampaignEvent[] {
  switch (state.stage) {
    case 'planned':
    case 'opened':
      return [{ type: 'CampaignCancelled', data: { reason: command.reason, cancelledBy: command.by } }]
    case 'cancelled':
      return []
    case 'closed':
      throw inspectionsError('CAMPAIGN_IS_CLOSED', { title: state.plan.title, closedOn: state.closedOn })
    case 'none':
      throw inspectionsError('CAMPAIGN_NOT_FOUND')
    default: {
      const unknown: never = state
      return unknown
    }
  }
}

function checkedPlan(command: PlanCampaign): CampaignPlan {
  const { from, to, team, rule, teamOverride } = command
  if (to < from) throw inspectionsError('CAMPAIGN_PERIOD_INVALID', { from, to }, { pointer: '/to' })
  const members = new Map(team.map((member) => [member.supervisorId, member]))
  for (const [place, { supervisorId, name, termFrom, termTo }] of team.entries()) {
    if (members.get(supervisorId) !== team[place]) {
      throw inspectionsError('CAMPAIGN_TEAM_NAMED_TWICE', { name }, { pointer: `/team/${place}` })
    }
    if (from < termFrom || from > termTo) {
      throw inspectionsError(
        'CAMPAIGN_TEAM_TERM_NOT_RUNNING',
        { name, termFrom, termTo, on: from },
        { pointer: `/team/${place}` },
      )
    }
  }
  const { minimum } = rule.value
  if (team.length < minimum && teamOverride === null) {
    const found = { members: team.length, minimum, source: rule.source, rule: referenceTo(rule) }
    throw inspectionsError('CAMPAIGN_TEAM_TOO_SMALL', found, { pointer: '/team' })
  }
  requireFreeTeam(team, command.ties, { from, to })
  const { title, topic, type, season, year, scope, checklist, taskId } = command
  const teamRule: RuleReference = referenceTo(rule)
  return {
    title,
    topic,
    type,
    season,
    year,
    scope,
    from,
    to,
    checklist,
    taskId,
    team: team.map(({ supervisorId, name }) => ({ supervisorId, name })),
    teamRule,
    teamOverride: team.length < minimum ? teamOverride : null,
  }
}

/** The plan itself, without who planned it. */
function withoutNames(plan: CampaignPlan & { readonly plannedBy?: Person; readonly replannedBy?: Person }) {
  const { plannedBy: _, replannedBy: __, ...rest } = plan
  return rest
}

function unexplained(silent: readonly SentSchool[]) {
  const names = silent.map(({ schoolName, supervisorName }) => `${schoolName}（${supervisorName ?? '未派督学'}）`)
  const schools = silent.map(({ schoolId, schoolName, supervisorName }) => ({ schoolId, schoolName, supervisorName }))
  const named = `${names.slice(0, 10).join('、')}${names.length > 10 ? '等' : ''}`
  return inspectionsError(
    'CAMPAIGN_UNVISITED_WITHOUT_REASON',
    { count: silent.length, named, schools },
    { pointer: '/reasons' },
  )
}

type Opened = Extract<Campaign, { stage: 'opened' }>
type Planned = Extract<Campaign, { stage: 'planned' }>

function requirePlanned(state: Campaign): Planned {
  if (state.stage === 'planned') return state
  throw state.stage === 'opened'
    ? inspectionsError('CAMPAIGN_ALREADY_OPENED', { title: state.plan.title })
    : over(state)
}

function requireOpened(state: Campaign): Opened {
  if (state.stage === 'opened') return state
  throw state.stage === 'planned' ? inspectionsError('CAMPAIGN_NOT_OPEN', { title: state.plan.title }) : over(state)
}

function over(state: Exclude<Campaign, Opened | Planned>) {
  switch (state.stage) {
    case 'none':
      return inspectionsError('CAMPAIGN_NOT_FOUND')
    case 'closed':
      return inspectionsError('CAMPAIGN_IS_CLOSED', { title: state.plan.title, closedOn: state.closedOn })
    case 'cancelled':
      return inspectionsError('CAMPAIGN_IS_CANCELLED', { title: state.plan.title, reason: state.reason })
    default: {
      const unknown: never = state
      return unknown
    }
  }
}
