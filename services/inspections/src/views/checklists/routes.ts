import { chinaDate } from '@dulian/calendar'
import { freshnessAt, LookBackQuery, pageWithPast, type ViewsOverTime, viewAt } from '@dulian/history/http'
import { PageQuery, query, versioned } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AppliesTo, type ChecklistEdition, ChecklistItem } from '../../checklist/checklist-item.ts'
import { inspectionsError } from '../../errors.ts'
import { standingChecklistAt } from '../../rules/standing-checklist.ts'
import { topicSetsAt } from '../../rules/topic-sets.ts'
import type { ListedChecklist } from './projection.ts'

const Wording = z.object({ title: z.string(), appliesTo: AppliesTo, items: z.array(ChecklistItem) })

export const Checklist = z.object({
  checklistId: z.string(),
  office: z.string(),
  title: z.string(),
  state: z.enum(['draft', 'published']),
  edition: z.number().int(),
  appliesTo: AppliesTo,
  items: z.array(ChecklistItem),
  draft: Wording.nullable(),
  publishedAt: z.string().nullable(),
  /** True for the dated monthly lists that serve while the office has published none of its own. */
  standing: z.boolean(),
  /** Where it comes from: the monthly list, a list by topics, or written by the office. */
  origin: z.enum(['monthly', 'topics', 'office']),
  /** The plan or regulation that a list brought along rests on. */
  source: z.string().nullable(),
  version: z.number().int(),
})
type Checklist = z.infer<typeof Checklist>

export function checklistViewRoutes(app: FastifyInstance, past: ViewsOverTime) {
  const { live, clock } = past

  query(app, {
    url: '/checklists',
    permission: 'visit.read',
    summary: '督查清单',
    tags: ['督导检查'],
    query: z.object({ ...PageQuery.shape, ...LookBackQuery, state: z.enum(['draft', 'published']).optional() }),
    answer: pageWithPast(Checklist),
    freshness: ({ query: days }) => freshnessAt(past, days),
    handle: async ({ query: { state, limit, cursor, ...days }, identity }) => {
      const { view, day, lookedBack } = viewAt(past, days)
      const page = await view.find<ListedChecklist>('checklists', {
        where: { office: identity.office, ...(state === undefined ? {} : { state }) },
        sort: [['title', 'asc']],
        limit,
        cursor,
      })
      const items = page.items.map(({ document }) => shown(document))
      if (cursor === undefined && state !== 'draft') items.unshift(...broughtAlong(identity.office, day))
      return { items, nextCursor: page.nextCursor, lookedBack }
    },
  })

  query(app, {
    url: '/checklists/:id',
    permission: 'visit.read',
    summary: '一份督查清单',
    tags: ['督导检查'],
    params: z.object({ id: z.uuid() }),
    answer: Checklist,
    freshness: () => live,
    handle: async ({ params, identity }) => {
      const dated = broughtAlong(identity.office, chinaDate(clock.now())).find(
        ({ checklistId }) => checklistId === params.id,
      )
      if (dated !== undefined) return versioned(dated, dated.version)
      const found = await live.get<ListedChecklist>('checklists', params.id)
      if (found?.document.office !== identity.office) throw inspectionsError('CHECKLIST_NOT_FOUND')
      return versioned(shown(found.document), found.document.version)
    },
  })
}

function shown(listed: ListedChecklist): Checklist {
  const { draft } = listed
  return {
    ...listed,
    items: [...listed.items],
    draft: draft === null ? null : { ...draft, items: [...draft.items] },
    standing: false,
    origin: 'office',
    source: null,
  }
}

/** The dated lists of an office: every month's, for schools and for 幼儿园, then those by topics. */
function broughtAlong(office: string, today: string): Checklist[] {
  const monthly = [standingChecklistAt(office, today), standingChecklistAt(office, today, 'kindergarten')]
  return [
    ...monthly.map((list) => dated(office, list, { origin: 'monthly', source: null })),
    ...topicSetsAt(office, today).map((list) => dated(office, list, { origin: 'topics', source: list.source })),
  ]
}

function dated(
  office: string,
  { checklistId, title, edition, appliesTo, items }: ChecklistEdition,
  from: Pick<Checklist, 'origin' | 'source'>,
): Checklist {
  return {
    checklistId,
    office,
    title,
    state: 'published',
    edition,
    appliesTo,
    items,
    draft: null,
    publishedAt: null,
    standing: from.origin === 'monthly',
    ...from,
    version: edition,
  }
}
