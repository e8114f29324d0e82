import type { DataScope, PageQuery } from '@dulian/http-kit'
import { scopeWhere } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import { findAll, type Page, type Where } from '@dulian/views'
import { CAMPAIGNS, type CampaignDocument, type CampaignSchoolDocument, SCHOOLS } from './projection.ts'

export interface CampaignProgress {
  readonly schools: number
  readonly visited: number
  /** Nobody is sent there. */
  readonly waiting: number
}

const none: CampaignProgress = { schools: 0, visited: 0, waiting: 0 }

/** The schools of a campaign that match, by name. */
export async function listCampaignSchools(view: ViewReader, where: Where): Promise<CampaignSchoolDocument[]> {
  return await findAll<CampaignSchoolDocument>(view, SCHOOLS, { where, sort: [['schoolName', 'asc']] })
}

/** The schools of campaigns that somebody sees. A school sees none: when it is visited is not announced this way. */
export function campaignSchoolsWithin(scope: DataScope): Where {
  return scope.kind === 'school' ? { office: scope.office, campaignId: { in: [] } } : scopeWhere(scope)
}

/** Newest first. Those with a narrower scope see the campaigns that reach schools of theirs, once opened; a school none. */
export async function pageOfCampaigns(
  view: ViewReader,
  scope: DataScope,
  filters: Where,
  { limit, cursor }: PageQuery,
): Promise<Page<CampaignDocument>> {
  const reached = await reachedCampaigns(view, scope)
  const page = await view.find<CampaignDocument>(CAMPAIGNS, {
    where: {
      office: scope.office,
      ...filters,
      ...(reached === undefined ? {} : { campaignId: { in: reached } }),
    },
    sort: [['from', 'desc']],
    limit,
    cursor,
  })
  return { items: page.items.map(({ document }) => document), nextCursor: page.nextCursor }
}

/** One campaign, if it exists for this person. */
export async function findCampaign(
  view: ViewReader,
  scope: DataScope,
  campaignId: string,
): Promise<CampaignDocument | undefined> {
  const found = await view.get<CampaignDocument>(CAMPAIGNS, campaignId)
  if (found?.document.office !== scope.office) return undefined
  const reached = await reachedCampaigns(view, scope)
  return reached === undefined || reached.includes(campaignId) ? found.document : undefined
}

/** The run before it with the same topic that was not given up, if there is one. */
export async function findFormer(
  view: ViewReader,
  scope: DataScope,
  { campaignId, topic, from }: CampaignDocument,
): Promise<CampaignDocument | undefined> {
  const { items } = await pageOfCampaigns(view, scope, { topic }, { limit: 200 })
  return items.find((one) => one.campaignId !== campaignId && one.stage !== 'cancelled' && one.from <= from)
}

/** How far campaigns are, as far as this person sees. */
export async function progressOf(
  view: ViewReader,
  scope: DataScope,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, CampaignProgress>> {
  if (campaignIds.length === 0) return new Map()
  const where = { ...scopeWhere(scope), campaignId: { in: campaignIds } }
  const progress = new Map<string, CampaignProgress>()
  for (const { key, count } of await view.group(SCHOOLS, ['campaignId', 'state'], where)) {
    const [campaignId, state] = key.map(String)
    if (campaignId === undefined) continue
    const { schools, visited, waiting } = progress.get(campaignId) ?? none
    progress.set(campaignId, {
      schools: schools + count,
      visited: visited + (state === 'recorded' ? count : 0),
      waiting: waiting + (state === 'waiting' ? count : 0),
    })
  }
  return progress
}

/** The ids of the campaigns that a narrower scope reaches; `undefined` for the whole office. */
export async function reachedCampaigns(view: ViewReader, scope: DataScope): Promise<string[] | undefined> {
  if (scope.kind === 'office') return undefined
  if (scope.kind !== 'zone' && scope.kind !== 'supervisor') return []
  const groups = await view.group(SCHOOLS, ['campaignId'], scopeWhere(scope))
  return groups.map(({ key }) => String(key[0]))
}
