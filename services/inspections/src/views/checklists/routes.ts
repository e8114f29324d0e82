import { chinaDate } from '@dulian/calendar'
import type { Clock } from '@dulian/event-sourcing'
import { PageQuery, pageOf, query, versioned } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
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

export function checklistViewRoutes(app: FastifyInstance, { view, clock }: { view: ViewReader; clock: Clock }) {
  query(app, {
    url: '/checklists',
    permission: 'visit.read',
    summary: '督查清单',
    tags: ['督导检查'],
    query: z.object({ ...PageQuery.shape, state: z.enum(['draft', 'published']).optional() }),
    answer: pageOf(Checklist),
    freshness: () => view,
    handle: async ({ query: { state, limit, cursor }, identity }) => {
      const page = await view.find<ListedChecklist>('checklists', {
        where: { office: identity.office, ...(state === undefined ? {} : { state }) },
        sort: [['title', 'asc']],
        limit,
        cursor,
      })
      const items = page.items.map(({ document }) => shown(document))
      if (cursor === undefined && state !== 'draft') items.unshift(standing(identity.office, clock))
      return { items, nextCursor: page.nextCursor }
    },
  })

  query(app, {
    url: '/checklists/:id',
    permission: 'visit.read',
    summary: '一份督查清单',
    tags: ['督导检查'],
    params: z.object({ id: z.uuid() }),
    answer: Checklist,
    freshness: () => view,
    handle: async ({ params, identity }) => {
      const dated = standing(identity.office, clock)
      if (dated.checklistId === params.id) return versioned(dated, dated.version)
      const found = await view.get<ListedChecklist>('checklists', params.id)
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

function standing(office: string, clock: Clock): Checklist {
  const edition = standingChecklistAt(office, chinaDate(clock.now()))
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
