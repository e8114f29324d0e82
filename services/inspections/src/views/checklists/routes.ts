import { chinaDate } from '@dulian/calendar'
import { freshnessAt, LookBackQuery, pageWithPast, type ViewsOverTime, viewAt } from '@dulian/history/http'
import { PageQuery, query, versioned } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ChecklistItem } from '../../checklist/checklist-item.ts'
import { inspectionsError } from '../../errors.ts'
import { standingChecklistAt } from '../../rules/standing-checklist.ts'
import type { ListedChecklist } from './projection.ts'

const Wording = z.object({ title: z.string(), items: z.array(ChecklistItem) })

export const Checklist = z.object({
  checklistId: z.string(),
  office: z.string(),
  title: z.string(),
  state: z.enum(['draft', 'published']),
  edition: z.number().int(),
  items: z.array(ChecklistItem),
  draft: Wording.nullable(),
  publishedAt: z.string().nullable(),
  /** True for the dated list that serves while the office has published none of its own. */
  standing: z.boolean(),
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
      if (cursor === undefined && state !== 'draft') items.unshift(standing(identity.office, day))
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
      const dated = standing(identity.office, chinaDate(clock.now()))
      if (dated.checklistId === params.id) return versioned(dated, dated.version)
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
    draft: draft === null ? null : { title: draft.title, items: [...draft.items] },
    standing: false,
  }
}

function standing(office: string, day: string): Checklist {
  const edition = standingChecklistAt(office, day)
  return {
    checklistId: edition.checklistId,
    office,
    title: edition.title,
    state: 'published',
    edition: edition.edition,
    items: edition.items,
    draft: null,
    publishedAt: null,
    standing: true,
    version: edition.edition,
  }
}
